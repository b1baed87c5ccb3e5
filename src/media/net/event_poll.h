#pragma once

#include <sys/epoll.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <span>

namespace amer::media {

// What a media thread sleeps in: its sockets, a periodic timer and a bell that other threads ring.
// Sockets are level-triggered and leave by being closed.
class EventPoll {
public:
    static constexpr std::uint64_t kTimer = ~std::uint64_t{0};
    static constexpr std::uint64_t kBell = kTimer - 1;

    explicit EventPoll(std::chrono::microseconds period);
    ~EventPoll();
    EventPoll(const EventPoll&) = delete;
    EventPoll& operator=(const EventPoll&) = delete;

    void watch(int descriptor, std::uint64_t name) noexcept;
    void ring() noexcept;  // any thread

    std::span<const epoll_event> wait() noexcept;
    // Periods passed since the last call.
    std::uint64_t take_timer() noexcept;
    void take_bell() noexcept;

private:
    int poll_;
    int timer_;
    int bell_;
    std::array<epoll_event, 256> events_{};
};

}  // namespace amer::media

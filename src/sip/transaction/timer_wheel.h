#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/instant.h"

namespace amer::sip {

// What a timer means when it goes off; `subject` names the transaction, call or record it is for.
enum class AlarmKind : std::uint8_t {
    client_again,    // timers A and E of RFC 3261
    client_silent,   // B and F
    client_over,     // D, K and M
    server_again,    // G
    server_over,     // H, I, J and L
    ok_again,        // our 2xx goes out once more (section 13.3.1.4)
    ok_unheard,      // and nobody acknowledged it
    ring_again,      // a long ringing is repeated (section 13.3.1.1)
    offer_again,     // after 491 (section 14.1)
    cancel_unheard,  // 64*T1 after our CANCEL (section 9.1)
    call_doomed,     // an invitation that never got onto the wire
    binding_over,    // a registration ran out
    lookup_over,     // a name server kept silent
};

struct Alarm {
    AlarmKind kind = AlarmKind::client_again;
    std::uint64_t subject = 0;
};

// Names one running timer; stays harmless after the timer has gone off.
struct TimerId {
    std::uint32_t node = 0;
    std::uint32_t generation = 0;

    explicit operator bool() const { return node != 0; }
};

// Timers in slots of 10 ms: setting, cancelling and firing cost the same however many wait.
// A timer never goes off early and at most one slot late.
class TimerWheel {
public:
    static constexpr Duration kSlot = std::chrono::milliseconds{10};

    TimerWheel();

    TimerId set(MonotonicInstant now, MonotonicInstant at, Alarm alarm);
    void cancel(TimerId& timer);
    // The next due timer, taken out; nothing when none is due at `now`. Call until empty.
    std::optional<Alarm> take_due(MonotonicInstant now);
    // Not later than the first timer; may be earlier for timers more than 40 s away.
    std::optional<MonotonicInstant> next() const;
    std::size_t size() const { return size_; }

private:
    static constexpr std::size_t kSlots = 4096;
    static constexpr std::size_t kDue = kSlots;  // the list of those to be handed out

    struct Node {
        std::uint32_t before = 0;
        std::uint32_t after = 0;
        std::uint32_t generation = 0;
        std::uint32_t list = 0;
        std::int64_t tick = 0;
        Alarm alarm;
    };
    struct List {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
    };

    void append(std::size_t list, std::uint32_t index);
    void unlink(std::uint32_t index);
    void release(std::uint32_t index);
    void collect_slot();
    std::optional<std::int64_t> next_occupied_tick() const;

    std::vector<Node> nodes_;
    std::vector<std::uint32_t> free_;
    std::vector<List> lists_;
    std::array<std::uint64_t, kSlots / 64> occupied_{};
    std::int64_t tick_ = 0;  // every slot up to this one has been collected
    std::size_t size_ = 0;
};

}  // namespace amer::sip

#pragma once

#include <atomic>
#include <cstdint>

#include "media/plane.h"

namespace amer::media {

// A number that one thread writes and others may read at any time, without a lock.
class Counter {
public:
    void add(std::uint64_t amount = 1) noexcept { set(get() + amount); }
    void set(std::uint64_t value) noexcept { value_.store(value, std::memory_order_relaxed); }
    std::uint64_t get() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

// What a leg tells the control thread about itself.
struct LegCounters {
    Counter packets_received, packets_sent, packets_strange, packets_bad, packets_lost, jitter_us,
        round_trip_us;
};

}  // namespace amer::media

#include "core/agent/occupancy.h"

#include <algorithm>

namespace amer::agent {

namespace {

std::int64_t slot_of(Instant instant) {
    return std::chrono::floor<std::chrono::minutes>(instant).time_since_epoch().count() /
           Occupancy::kSlot.count();
}

Instant begin_of(std::int64_t slot) { return Instant{Occupancy::kSlot * slot}; }

}  // namespace

void Occupancy::add(Instant from, Instant until, Spent how) {
    if (until <= from) return;
    const std::int64_t oldest = slot_of(until) - kSlots + 1;
    from = std::max(from, begin_of(oldest));
    const auto is_old = [&](const Slot& slot) { return slot.number < oldest; };
    slots.erase(slots.begin(), std::find_if_not(slots.begin(), slots.end(), is_old));
    for (std::int64_t number = slot_of(from); number <= slot_of(until); ++number) {
        const Instant begin = std::max(from, begin_of(number));
        const Instant end = std::min(until, begin_of(number + 1));
        if (end <= begin) continue;
        if (slots.empty() || slots.back().number < number) slots.push_back(Slot{number, 0, 0});
        Slot& slot = slots.back();
        (how == Spent::busy ? slot.busy_us : slot.ready_us) += (end - begin).count();
    }
}

std::int64_t Occupancy::share(Instant now, Instant ready_since) const {
    constexpr std::int64_t kWhole = 10'000;
    const std::int64_t oldest = slot_of(now) - kSlots + 1;
    std::int64_t busy = 0;
    std::int64_t ready =
        std::max<std::int64_t>(0, (now - std::max(ready_since, begin_of(oldest))).count());
    for (const Slot& slot : slots) {
        if (slot.number < oldest) continue;
        busy += slot.busy_us;
        ready += slot.ready_us;
    }
    return busy + ready == 0 ? 0 : busy * kWhole / (busy + ready);
}

}  // namespace amer::agent

#include "core/queue/recent.h"

#include <algorithm>

namespace amer::queue {

namespace {

std::int64_t slot_of(Instant instant) {
    return std::chrono::floor<std::chrono::minutes>(instant).time_since_epoch() / Recent::kSlot;
}

std::int64_t milliseconds(Duration duration) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

}  // namespace

Recent::Slot& Recent::slot_at(Instant at) {
    const std::int64_t number = slot_of(at);
    std::erase_if(slots, [&](const Slot& slot) { return slot.number <= number - kSlots; });
    // A clock that stepped back counts into the newest slot.
    if (slots.empty() || slots.back().number < number) slots.push_back(Slot{number, 0, 0, 0, 0});
    return slots.back();
}

void Recent::add_handled(Instant at, Duration held) {
    Slot& slot = slot_at(at);
    slot.handled += 1;
    slot.handled_ms += milliseconds(held);
}

void Recent::add_left(Instant at, Duration waited, bool has_abandoned) {
    Slot& slot = slot_at(at);
    slot.waited_ms += milliseconds(waited);
    if (has_abandoned) slot.abandoned += 1;
}

Recent::Slot Recent::sum(Instant now) const {
    Slot sum;
    sum.number = slot_of(now);
    for (const Slot& slot : slots) {
        if (slot.number <= sum.number - kSlots) continue;
        sum.handled += slot.handled;
        sum.handled_ms += slot.handled_ms;
        sum.abandoned += slot.abandoned;
        sum.waited_ms += slot.waited_ms;
    }
    return sum;
}

}  // namespace amer::queue

#pragma once

#include <cstdint>
#include <vector>

#include "base/fields.h"
#include "core/terms/terms.h"

namespace amer::queue {

// What a queue saw in the last hour, in slots of ten minutes: all that an expected wait is reckoned
// from (acd.md 6.5). Older slots are dropped when something is added.
struct Recent {
    static constexpr Duration kSlot = std::chrono::minutes{10};
    static constexpr std::int64_t kSlots = 6;

    struct Slot {
        std::int64_t number = 0;      // since the epoch
        std::int64_t handled = 0;     // contacts whose agent is free again
        std::int64_t handled_ms = 0;  // ringing, talk and wrap-up of those
        std::int64_t abandoned = 0;
        std::int64_t waited_ms = 0;  // by everybody who left the queue, whatever the way

        AMER_FIELDS(Slot, number, handled, handled_ms, abandoned, waited_ms)
    };

    std::vector<Slot> slots;  // oldest first

    void add_handled(Instant at, Duration held);
    void add_left(Instant at, Duration waited, bool has_abandoned);
    // All slots of the hour before `now`, as one.
    Slot sum(Instant now) const;

    AMER_FIELDS(Recent, slots)

private:
    Slot& slot_at(Instant at);
};

}  // namespace amer::queue

#pragma once

#include <cstdint>
#include <vector>

#include "base/fields.h"
#include "core/terms/terms.h"

namespace amer::agent {

// How busy an agent was lately: talk and wrap-up against being ready, in slots of five minutes of
// which the last six count. Reserved, ringing and not ready count on neither side (acd.md 6.2).
struct Occupancy {
    struct Slot {
        std::int64_t number = 0;  // five-minute spans since 1970
        std::int64_t busy_us = 0;
        std::int64_t ready_us = 0;

        AMER_FIELDS(Slot, number, busy_us, ready_us)
    };

    std::vector<Slot> slots;  // ordered, at most kSlots

    static constexpr std::chrono::minutes kSlot{5};
    static constexpr std::int64_t kSlots = 6;

    enum class Spent : std::uint8_t { busy, ready };
    void add(Instant from, Instant until, Spent how);
    // Busy parts of ten thousand; `ready_since`: he is ready since then, not added yet.
    std::int64_t share(Instant now, Instant ready_since) const;

    AMER_FIELDS(Occupancy, slots)
};

}  // namespace amer::agent

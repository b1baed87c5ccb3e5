#pragma once

#include <algorithm>
#include <chrono>

#include "base/instant.h"

namespace amer::engine {

// How a clock that may jump is made one that never goes back. Pure: given what the machine's wall
// clock and its monotonic clock say.
struct Drift {
    Instant shown;        // what was last said
    MonotonicInstant at;  // when
    Duration offset{};    // of the clock shown from the machine's wall clock

    Instant show(Instant wall, MonotonicInstant monotonic) {
        const Instant wanted = wall + offset;
        const Duration passed = std::max(monotonic - at, Duration{0});
        shown = std::max(wanted, shown + passed / 2);
        // Half microseconds are not lost: a reader who asks often would stop the clock.
        if (wanted == shown || passed.count() % 2 == 0) {
            at = std::max(at, monotonic);
        } else {
            at = monotonic - Duration{1};
        }
        return shown;
    }

    void not_before(Instant floor) { shown = std::max(shown, floor); }
};

}  // namespace amer::engine

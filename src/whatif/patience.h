#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/terms/terms.h"

namespace amer::whatif {

// How long callers wait before they give up, as a day showed it: those who were answered before say
// only "at least so long" (Kaplan and Meier 1958). Floating point, the same on every machine that
// has IEEE 754.
class Patience {
public:
    struct Wait {
        Duration lasted{0};
        bool has_given_up = false;
    };

    explicit Patience(std::vector<Wait> waits);

    // The part of all callers who are still there after so long.
    double still_there(Duration after) const;
    // When one who was still there after `waited` gives up; `draw` in [0, 1). Nothing: not within
    // anything the day has shown.
    std::optional<Duration> gives_up(Duration waited, double draw) const;

private:
    struct Step {
        Duration at{0};
        double after = 1;  // still there from then on
    };
    std::vector<Step> steps_;  // in order
};

}  // namespace amer::whatif

#pragma once

#include <map>
#include <vector>

#include "core/flow/flow.h"

namespace amer::flow {

// What the centre surely knows of a caller: only that can be spoken in a prompt's placeholder.
struct Known {
    bool has_promise = false;     // its reference, its day and time
    bool has_number = false;      // where he can be called back
    bool has_department = false;  // whose agents he waits for, or talked with

    bool operator==(const Known&) const = default;
};

// One way out of a step, and what is known of whoever goes it.
struct Way {
    StepId to;
    Known known;
};
std::vector<Way> ways_from(const StepBody& body, const Known& at_step);

// For every step that is reached: what is known whichever way the caller came to it.
std::map<StepId, Known> known_at_steps(const Flow& flow, const Known& at_first);

}  // namespace amer::flow

#pragma once

#include <string>
#include <vector>

#include "core/centre/command.h"
#include "core/centre/event.h"
#include "core/centre/state.h"

namespace amer::centre {

// Applies the events of a decision, one after the other, and gives as sentences what may never be:
// invariants.h asks it of a state, these laws ask it of the step from one state to the next
// (acd.md 6.1 and 6.4). They hold whatever came before. For tests and simulation.
std::vector<std::string> apply_and_judge(State& state, const Command& command,
                                         const std::vector<Event>& events, Instant now);

}  // namespace amer::centre

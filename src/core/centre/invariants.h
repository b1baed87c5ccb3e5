#pragma once

#include <string>
#include <vector>

#include "core/centre/state.h"

namespace amer::centre {

// What must be true after every decision (acd.md 6.1: I1, I2, I5, I7, I8, and that nobody and
// nothing is forgotten). Each broken one as a sentence; for tests and simulation, it looks at
// everything.
std::vector<std::string> broken_invariants(const State& state);

// Could this agent be offered this contact where it stands? Asked of the rows, not of the indexes.
bool may_serve(const State& state, const AgentRow& agent, const contact::Contact& contact);

}  // namespace amer::centre

#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/flow/flow.h"

namespace amer::flow {

// One mistake in a flow: the step (empty: the flow itself) and what was expected there.
struct Flaw {
    StepId step;
    std::string expected;

    bool operator==(const Flaw&) const = default;
};

// The steps it leads to, whatever the caller does; and those it leads to if he does nothing.
std::vector<StepId> targets_of(const StepBody& body);
std::vector<StepId> targets_in_silence(const StepBody& body);

// A whole flow: every target exists, every prompt has a name, every step is reached, from
// each the call comes to an agent or an end, and nobody is led in circles without pressing a key.
std::vector<Flaw> check(const Flow& flow, const std::set<QueueId>& queues);

}  // namespace amer::flow

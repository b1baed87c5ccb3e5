#pragma once

#include "core/centre/configuration.h"
#include "draws.h"

namespace amer::sim {

inline constexpr const char* kAgents[] = {"amal", "basim", "carla", "dana", "eman", "faris"};

// A configuration as a ministry might publish it: any of the strategies, steps, tiers, skills, a
// queue or agents that are gone, another calendar. Always a correct one.
centre::Configuration draw_rules(Draws& draws);

}  // namespace amer::sim

#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/centre/command.h"
#include "core/centre/event.h"
#include "core/centre/state.h"

namespace amer::centre {

// Those of laws.h that are about talks of more than two, between the rows before a step and the
// state after it: parties, transfers, and recordings that pause (acd.md 6.4, 11, 12, 17, 26-29).
std::vector<std::string> broken_laws_of_talks(const std::map<ContactId, contact::Contact>& contacts,
                                              const std::map<AgentId, agent::Agent>& agents,
                                              const Command& command,
                                              const std::vector<Event>& events, const State& after,
                                              Instant now);

}  // namespace amer::centre

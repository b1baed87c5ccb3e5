#include "core/agent/agent.h"

namespace amer::agent {

void enter(Agent& agent, AgentState state, const std::string& reason, std::optional<Instant> until,
           ContactId contact, Instant at) {
    const bool ends_work = agent.state == AgentState::talking || agent.state == AgentState::wrap_up;
    const bool logs_in = agent.state == AgentState::logged_out && state != AgentState::logged_out;
    if (ends_work || logs_in) agent.idle_since = at;
    if (agent.state != state) agent.since = at;
    agent.state = state;
    agent.reason = reason;
    agent.until = until;
    agent.contact = contact;
    if (!is_rung(state)) agent.offer = OfferId{};
    if (!is_busy(state)) agent.deferred.reset();
}

}  // namespace amer::agent

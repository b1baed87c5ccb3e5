#include "core/centre/rules.h"
#include "core/centre/wordings.h"

namespace amer::centre {

namespace {

using agent::AgentState;
using contact::Contact;
using Stage = contact::Contact::Stage;

std::optional<Rejection> unless_known_reason(const Configuration& configuration,
                                             const std::string& reason) {
    const std::vector<NotReadyReason>& reasons = configuration.agent_plan.reasons;
    if (reasons.empty()) return std::nullopt;
    std::string known;
    for (const NotReadyReason& row : reasons) {
        if (row.id == reason) return std::nullopt;
        known += (known.empty() ? "" : ", ") + row.id;
    }
    return Rejection{RejectionReason::unknown_reason,
                     fmt::format("'{}' is no reason of this centre: one of {}", reason, known)};
}

bool has_lost_phone(const agent::Agent& agent) {
    if (agent.deferred) return agent.deferred->reason == agent::kUnregistered;
    return agent.state == AgentState::logged_out && !agent::is_logged_out_by_choice(agent);
}

}  // namespace

void change_agent(Deciding& deciding, const AgentId& agent, AgentState state,
                  const std::string& reason, std::optional<Instant> until, ContactId contact) {
    deciding.add(AgentStateChanged{AgentId{agent}, state, reason, until, contact});
}

void free_agent(Deciding& deciding, const AgentId& id) {
    const agent::Agent* agent = deciding.world().find(id);
    if (agent == nullptr) return;
    if (deciding.world().agent_row(id) == nullptr) {
        change_agent(deciding, id, AgentState::logged_out, agent::kRemoved);
        return;
    }
    const agent::Deferred next = agent::state_when_free(*agent);
    change_agent(deciding, id, next.state, next.reason);
}

void start_wrap_up(Deciding& deciding, const AgentId& id, ContactId contact,
                   std::optional<Duration> longest) {
    const agent::Agent* agent = deciding.world().find(id);
    if (agent == nullptr || agent->state != AgentState::talking) return;
    const AgentRow* row = deciding.world().agent_row(id);
    Duration wrap_up{0};
    if (row != nullptr) wrap_up = std::chrono::milliseconds{row->wrap_up_ms};
    if (longest) wrap_up = std::min(wrap_up, *longest);
    if (wrap_up <= Duration{0}) {
        free_agent(deciding, id);
    } else {
        change_agent(deciding, id, AgentState::wrap_up, "", deciding.now() + wrap_up, contact);
    }
}

std::optional<Rejection> decide_set_ready(Deciding& deciding, const AgentId& id) {
    const agent::Agent& agent = *deciding.world().find(id);
    if (has_lost_phone(agent)) return not_now("his phone is not registered");
    switch (agent.state) {
        case AgentState::ready: return std::nullopt;
        case AgentState::logged_out:
        case AgentState::not_ready:
            change_agent(deciding, id, AgentState::ready);
            return std::nullopt;
        case AgentState::wrap_up:
            if (deciding.world().agent_row(id) == nullptr) {
                free_agent(deciding, id);
            } else {
                change_agent(deciding, id, AgentState::ready);
            }
            return std::nullopt;
        case AgentState::reserved:
        case AgentState::ringing:
        case AgentState::talking:
            // He takes back what he asked for meanwhile.
            if (agent.deferred) deciding.add(AgentChangeDeferred{id, AgentState::ready, ""});
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Rejection> decide_set_not_ready(Deciding& deciding, const AgentId& id,
                                              const std::string& reason) {
    const agent::Agent& agent = *deciding.world().find(id);
    if (has_lost_phone(agent) || agent.state == AgentState::logged_out) {
        return not_now("he is not logged in");
    }
    if (const auto rejection = unless_known_reason(deciding.world().configuration(), reason)) {
        return rejection;
    }
    if (agent::is_busy(agent.state)) {
        const agent::Deferred wanted{AgentState::not_ready, reason};
        if (agent.deferred == wanted) return std::nullopt;
        deciding.add(AgentChangeDeferred{id, wanted.state, wanted.reason});
        return std::nullopt;
    }
    const bool is_so_already = agent.state == AgentState::not_ready && agent.reason == reason;
    if (is_so_already && !agent.until) return std::nullopt;
    change_agent(deciding, id, AgentState::not_ready, reason);
    return std::nullopt;
}

void decide_log_out(Deciding& deciding, const AgentId& id) {
    const agent::Agent& agent = *deciding.world().find(id);
    if (agent.state == AgentState::logged_out) return;
    if (!agent::is_busy(agent.state)) {
        change_agent(deciding, id, AgentState::logged_out, agent::kLoggedOut);
        return;
    }
    const bool is_asked = agent.deferred && agent.deferred->state == AgentState::logged_out;
    if (is_asked) return;
    deciding.add(AgentChangeDeferred{id, AgentState::logged_out, agent::kLoggedOut});
}

void decide_register(Deciding& deciding, const AgentId& id) {
    const agent::Agent& agent = *deciding.world().find(id);
    const AgentRow* row = deciding.world().agent_row(id);
    if (row == nullptr) return;
    if (agent.state == AgentState::logged_out) {
        if (agent::is_logged_out_by_choice(agent)) return;
        const bool is_ready = row->ready_on_register;
        change_agent(deciding, id, is_ready ? AgentState::ready : AgentState::not_ready);
    } else if (agent.state == AgentState::not_ready && agent.reason == agent::kUnreachable) {
        change_agent(deciding, id, AgentState::ready);
    } else if (agent.deferred && agent.deferred->reason == agent::kUnregistered) {
        deciding.add(AgentChangeDeferred{id, AgentState::ready, ""});
    }
}

void decide_unregister(Deciding& deciding, const AgentId& id) {
    const agent::Agent& agent = *deciding.world().find(id);
    if (agent::is_busy(agent.state)) {
        const bool is_asked = agent.deferred && agent.deferred->reason == agent::kUnregistered;
        if (is_asked) return;
        deciding.add(AgentChangeDeferred{id, AgentState::logged_out, agent::kUnregistered});
        return;
    }
    const bool is_gone =
        agent.state == AgentState::logged_out && !agent::is_logged_out_by_choice(agent);
    if (!is_gone) change_agent(deciding, id, AgentState::logged_out, agent::kUnregistered);
}

void decide_wrap_up_over(Deciding& deciding, const AgentId& id) {
    const agent::Agent& agent = *deciding.world().find(id);
    if (agent.state == AgentState::wrap_up) free_agent(deciding, id);
}

std::optional<Rejection> decide_extend_wrap_up(Deciding& deciding, const AgentId& id,
                                               std::int32_t by_ms) {
    const agent::Agent agent = *deciding.world().find(id);
    if (agent.state != AgentState::wrap_up || !agent.until) return not_now("he is not in wrap-up");
    if (by_ms <= 0) return not_now("a wrap-up is extended by more than nothing");
    const std::chrono::milliseconds longest{
        deciding.world().configuration().agent_plan.longest_wrap_up_ms};
    const Instant wanted = *agent.until + std::chrono::milliseconds{by_ms};
    const Instant until = std::min(wanted, agent.since + longest);
    if (until <= *agent.until) return not_now("this wrap-up is as long as it may be");
    change_agent(deciding, id, AgentState::wrap_up, agent.reason, until, agent.contact);
    return std::nullopt;
}

void decide_phone_use(Deciding& deciding, const AgentId& id, bool is_in_use) {
    const agent::Agent* agent = deciding.world().find(id);
    if (agent->is_phone_in_use != is_in_use) deciding.add(PhoneUseChanged{id, is_in_use});
}

void decide_agent_timeout(Deciding& deciding, const AgentId& id) {
    const agent::Agent* agent = deciding.world().find(id);
    if (agent == nullptr || !agent->until || *agent->until > deciding.now()) return;
    free_agent(deciding, id);
}

namespace {

// The caller is told, keeps his first place and comes before others.
void return_caller(Deciding& deciding, const Contact& contact) {
    go_on_recording(deciding, contact.id, ResumeReason::next_agent);
    part_from_all(deciding, contact.id, PartyEnd::talk_ended);
    deciding.add(ContactReturned{contact.id, contact.agent});
    const QueueId queue = deciding.world().queue_in_force(contact.queue);
    join_queue(deciding, contact.id, queue, contact.priority, true);
    join_other_queues_again(deciding, contact.id);
    start_prompt(deciding, contact.id, sayings_for(deciding, contact.id, {wordings::kAgentLost}),
                 false);
}

}  // namespace

// The agent is unreachable, which is not his fault (acd.md 6.4, 12).
void decide_lose_agent(Deciding& deciding, ContactId id, const AgentId& agent) {
    if (leave_talk(deciding, id, agent)) return;
    const Contact* found = deciding.world().find(id);
    if (found == nullptr || found->agent != agent) return;
    const Contact contact = *found;
    if (contact.stage != Stage::connected) return decide_agent_left(deciding, id, agent);
    if (!go_on_with_party(deciding, id)) {
        if (contact.is_callback) return decide_agent_left(deciding, id, agent);
        return_caller(deciding, contact);
    }
    const std::chrono::milliseconds away{
        deciding.world().configuration().agent_plan.unreachable_ms};
    const agent::Agent* lost = deciding.world().find(agent);
    if (lost->deferred) return free_agent(deciding, agent);
    change_agent(deciding, agent, AgentState::not_ready, agent::kUnreachable,
                 deciding.now() + away);
}

namespace {

// The agent has hung up. A caller whom he had set aside to ask a colleague has not heard goodbye:
// he is not left in silence (acd.md 6.4, 29).
void end_talk(Deciding& deciding, ContactId id) {
    if (go_on_with_party(deciding, id)) return;
    const Contact contact = *deciding.world().find(id);
    if (contact.is_caller_aside() && !contact.is_callback) {
        return return_caller(deciding, contact);
    }
    part_from_all(deciding, id, PartyEnd::talk_ended);
    if (go_on_after_agent(deciding, id)) return;
    deciding.add(ContactEnded{id, ContactEnd::completed});
}

}  // namespace

void decide_agent_left(Deciding& deciding, ContactId id, const AgentId& agent) {
    if (leave_talk(deciding, id, agent)) return;
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr || !agent || contact->agent != agent) return;
    switch (contact->stage) {
        case Stage::connected:
            end_talk(deciding, id);
            start_wrap_up(deciding, agent, id);
            return;
        case Stage::briefing:
        case Stage::dialling:
        case Stage::greeting: leave_before_answer(deciding, id); return;
        case Stage::arriving:
        case Stage::in_flow:
        case Stage::queued:
        case Stage::offered: return;
    }
}

}  // namespace amer::centre

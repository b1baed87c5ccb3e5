#include "core/agent/agent.h"

#include <algorithm>

namespace amer::agent {

namespace {

QueueTally& row_of(Agent& agent, const QueueId& queue) {
    for (QueueTally& tally : agent.tallies) {
        if (tally.queue == queue) return tally;
    }
    agent.tallies.push_back(QueueTally{queue, 0, 0, std::nullopt});
    return agent.tallies.back();
}

void count_time(Agent& agent, Instant at) {
    const bool was_working =
        agent.state == AgentState::talking || agent.state == AgentState::wrap_up;
    if (was_working) agent.occupancy.add(agent.since, at, Occupancy::Spent::busy);
    if (agent.state == AgentState::ready) {
        agent.occupancy.add(agent.since, at, Occupancy::Spent::ready);
    }
    if (agent.state != AgentState::talking || !agent.serves) return;
    QueueTally& tally = row_of(agent, agent.serves);
    tally.talk_us += (at - agent.since).count();
    tally.last_end = at;
    agent.serves = QueueId{};
}

}  // namespace

QueueTally tally_of(const Agent& agent, const std::optional<QueueId>& queue) {
    QueueTally sum{queue.value_or(QueueId{}), 0, 0, std::nullopt};
    for (const QueueTally& tally : agent.tallies) {
        if (queue && tally.queue != *queue) continue;
        sum.calls += tally.calls;
        sum.talk_us += tally.talk_us;
        if (tally.last_end && (!sum.last_end || *sum.last_end < *tally.last_end)) {
            sum.last_end = tally.last_end;
        }
    }
    return sum;
}

void count_answer(Agent& agent, const QueueId& queue) {
    agent.serves = queue;
    agent.worked_for = queue;
    row_of(agent, queue).calls += 1;
}

void begin_shift(Agent& agent) {
    for (QueueTally& tally : agent.tallies) {
        tally.calls = 0;
        tally.talk_us = 0;
    }
}

void enter(Agent& agent, AgentState state, const std::string& reason, std::optional<Instant> until,
           ContactId contact, Instant at) {
    const bool ends_work = agent.state == AgentState::talking || agent.state == AgentState::wrap_up;
    const bool logs_in = agent.state == AgentState::logged_out && state != AgentState::logged_out;
    const bool keeps_turn = is_rung(agent.state) || agent.state == AgentState::ready;
    if (agent.state != state) count_time(agent, at);
    if (ends_work || logs_in) agent.idle_since = at;
    if (logs_in) begin_shift(agent);
    if (is_busy(state) && !is_busy(agent.state)) agent.busy_since = at;
    if (!is_busy(state)) agent.worked_for = QueueId{};
    if (state == AgentState::ready && !keeps_turn) agent.ready_since = at;
    if (agent.state != state) agent.since = at;
    agent.state = state;
    agent.reason = reason;
    agent.until = until;
    agent.contact = contact;
    if (!is_rung(state)) agent.offer = OfferId{};
    if (!is_busy(state)) agent.deferred.reset();
}

}  // namespace amer::agent

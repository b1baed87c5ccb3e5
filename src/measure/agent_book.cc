#include "measure/agent_book.h"

#include "core/agent/agent.h"

namespace amer::measure {

namespace {

using agent::AgentState;
using centre::OfferEnd;

std::int64_t* time_in(AgentTime& time, AgentState state) {
    switch (state) {
        case AgentState::ready: return &time.ready_us;
        case AgentState::reserved: return &time.reserved_us;
        case AgentState::ringing: return &time.ringing_us;
        case AgentState::talking: return &time.talking_us;
        case AgentState::wrap_up: return &time.wrap_up_us;
        case AgentState::not_ready: return &time.not_ready_us;
        case AgentState::logged_out: break;
    }
    return nullptr;
}

std::int64_t& end_in(Offers& offers, OfferEnd how) {
    switch (how) {
        case OfferEnd::no_answer: return offers.no_answer;
        case OfferEnd::rejected: return offers.rejected;
        case OfferEnd::busy: return offers.busy;
        case OfferEnd::unreachable: return offers.unreachable;
        case OfferEnd::caller_left: return offers.caller_left;
        case OfferEnd::answered_elsewhere: return offers.answered_elsewhere;
        case OfferEnd::crash: break;
    }
    return offers.crash;
}

}  // namespace

// In three books: the queue's, that of all together, and the agent's own.
template <typename Count>
void AgentBook::count(const Offer& offer, Count count) {
    const Account all{QueueId{}, offer.account.is_callback};
    count(ledger_.figures(offer.made, offer.account).load.offers);
    count(ledger_.figures(offer.made, all).load.offers);
    count(ledger_.agent(offer.made.day, offer.agent).offers);
}

void AgentBook::on(const centre::OfferMade& event, bool is_callback, Instant at) {
    const Offer offer{Account{event.queue, is_callback}, event.agent, ledger_.half_hour_of(at)};
    count(offer, [](Offers& offers) { offers.made += 1; });
    offers_.emplace(event.offer, offer);
}

void AgentBook::on(const centre::OfferAccepted& event) {
    const auto found = offers_.find(event.offer);
    if (found == offers_.end()) return;
    count(found->second, [](Offers& offers) { offers.accepted += 1; });
    agents_[event.agent].serves = found->second.account;
    offers_.erase(found);
}

void AgentBook::on(const centre::OfferEnded& event) {
    const auto found = offers_.find(event.offer);
    if (found == offers_.end()) return;
    count(found->second, [&](Offers& offers) { end_in(offers, event.how) += 1; });
    offers_.erase(found);
}

void AgentBook::on(const centre::PartyJoined& event) { agents_[event.agent].is_party = true; }

void AgentBook::on(const centre::ContactHandedOver& event) {
    Agent& next = agents_[event.to];
    next.serves = agents_[event.from].serves;
    next.is_party = false;
}

void AgentBook::book_work(const AgentId& id, Agent& agent, Instant at) {
    const HalfHour when = ledger_.half_hour_of(at);
    const Handling work{1, agent.talk_us, agent.wrap_up_us};
    add(ledger_.figures(when, agent.serves).load.handling, work);
    const Account all{QueueId{}, agent.serves.is_callback};
    add(ledger_.figures(when, all).load.handling, work);
    ledger_.agent(when.day, id).handled += 1;
    agent.talk_us = 0;
    agent.wrap_up_us = 0;
    agent.has_work = false;
}

void AgentBook::on(const centre::AgentStateChanged& event, Instant at, Instant alive_until) {
    Agent& agent = agents_[event.agent];
    // While no process lived nobody worked for it.
    const bool was_dead = event.reason == agent::kRestart;
    const Instant until = std::max(was_dead ? alive_until : at, agent.since);
    for (const auto& [day, length] : ledger_.by_day(agent.since, until)) {
        std::int64_t* time = time_in(ledger_.agent(day, event.agent), agent.state);
        if (time != nullptr) *time += length.count();
    }
    const std::int64_t spent = (until - agent.since).count();
    if (agent.state == AgentState::talking && agent.is_party) {
        agent.is_party = false;  // he helped; the contact is handled by whose it is
    } else if (agent.state == AgentState::talking) {
        agent.talk_us += spent;
        agent.has_work = true;
    } else if (agent.state == AgentState::wrap_up) {
        agent.wrap_up_us += spent;
    }
    if (agent.has_work && event.state != AgentState::wrap_up) book_work(event.agent, agent, until);
    agent.state = event.state;
    agent.since = at;
}

AgentTime AgentBook::time_of(const AgentId& id, const Span& span, Instant until) const {
    AgentTime time = ledger_.agent_in(span, id);
    const auto found = agents_.find(id);
    if (found == agents_.end()) return time;
    for (const auto& [day, length] : ledger_.by_day(found->second.since, until)) {
        std::int64_t* spent = time_in(time, found->second.state);
        if (spent != nullptr && span.contains(day)) *spent += length.count();
    }
    return time;
}

}  // namespace amer::measure

#include "core/centre/choose_agent.h"
#include "core/centre/rules.h"
#include "core/centre/several_queues.h"

namespace amer::centre {

namespace {

using agent::AgentState;
using contact::Contact;
using Stage = contact::Contact::Stage;

const char* const kOffersDeclined = "offers_declined";

struct Match {
    queue::Place place;
    std::int64_t weight = 1;  // of its queue
    Choice choice;
};

// Is it served before what was found so far?
bool is_better(const Deciding& deciding, const std::optional<Match>& best,
               const queue::Place& place, std::int64_t weight) {
    if (!best) return true;
    if (queue::is_before(place, weight, best->place, best->weight, deciding.now())) return true;
    if (place.contact != best->place.contact) return false;
    if (queue::is_before(best->place, best->weight, place, weight, deciding.now())) return false;
    // Nothing else deciding between two of its queues it is offered through the earlier one.
    const World& world = deciding.world();
    const auto number = [&](const queue::Place& in) {
        return number_in(*world.find(in.contact), world.configuration().queues[in.pool.queue].id);
    };
    return number(place) < number(best->place);
}

// Contacts that are held for an agent who is ready compete with the others for him.
void match_held(Deciding& deciding, const QueueId& queue, const Queue& row,
                std::optional<Match>& best) {
    const World& world = deciding.world();
    for (const Language language : {Language::arabic, Language::english}) {
        const queue::Pool pool{world.queue_number(queue), language, queue::kHeldForAgent};
        for (const queue::Place* place = world.first_place(pool); place != nullptr;
             place = world.next_held(*place)) {
            const AgentId& agent = world.find(place->contact)->held_for;
            const agent::Agent* row_of_agent = world.find(agent);
            if (row_of_agent == nullptr || !agent::is_ready(*row_of_agent)) continue;
            if (world.member(queue, agent) == nullptr) continue;  // he is of another of its queues
            if (is_better(deciding, best, *place, row.weight)) {
                best = Match{*place, row.weight, Choice{AgentId{agent}, 0}};
            }
            break;
        }
    }
}

// The contact to be served first among all that wait where something changed and somebody is free
// for them, and his agent. The contacts of a pool can be served by the same agents, so only the
// first of each is looked at; one whom no free agent can serve holds nobody up.
std::optional<Match> first_match(Deciding& deciding) {
    const World& world = deciding.world();
    std::optional<Match> best;
    for (const QueueId& queue : deciding.touched()) {
        const Queue* row = world.queue_row(queue);
        if (row == nullptr) continue;
        const std::int64_t weight = row->weight;
        const std::int32_t steps = queue::number_of_steps(row->steps);
        if (world.holds_any()) match_held(deciding, queue, *row, best);
        for (const Language language : {Language::arabic, Language::english}) {
            for (std::int32_t step = 0; step < steps; ++step) {
                const queue::Pool pool{world.queue_number(queue), language, step};
                const queue::Place* place = world.first_place(pool);
                if (place == nullptr) continue;
                if (!is_better(deciding, best, *place, weight)) continue;
                const auto choice = choose_agent(world, pool, deciding.new_offer());
                if (choice) best = Match{*place, weight, *choice};
            }
        }
    }
    return best;
}

}  // namespace

void make_offer(Deciding& deciding, ContactId id, const QueueId& through, const AgentId& agent,
                std::uint64_t draw) {
    const World& world = deciding.world();
    const Contact& contact = *world.find(id);
    const Queue& rules = *world.queue_row(through);
    const std::int32_t step = step_in(contact, through);
    const queue::Pool pool{world.queue_number(rules.id), contact.language, step};
    const bool is_meant_for_him = contact.held_until.has_value();
    OfferMade made;
    made.offer = deciding.new_offer();
    made.contact = id;
    made.agent = agent;
    made.queue = rules.id;
    made.ring_until = deciding.now() + std::chrono::milliseconds{rules.ring_ms};
    made.strategy = rules.strategy;
    made.draw = draw;
    made.step = step;
    made.passed_over = passed_over(world, pool, agent, is_meant_for_him);
    deciding.add(std::move(made));
    change_agent(deciding, agent, AgentState::reserved, "", std::nullopt, id);
}

// Work-conserving (acd.md 6.1, I8): after every decision nobody waits whom a free agent could
// serve, and no promise is due that a free agent could return.
void settle(Deciding& deciding) {
    for (;;) {
        release_held(deciding);
        release_customers(deciding);
        while (const std::optional<Match> match = first_match(deciding)) {
            const QueueId& through =
                deciding.world().configuration().queues[match->place.pool.queue].id;
            make_offer(deciding, match->place.contact, through, match->choice.agent,
                       match->choice.draw);
        }
        bool has_begun = false;
        const std::set<QueueId> queues = deciding.touched();
        for (const QueueId& queue : queues) {
            for (const Language language : {Language::arabic, Language::english}) {
                if (begin_due_callback(deciding, queue::Lane{queue, language})) has_begun = true;
            }
        }
        if (!has_begun) return;
    }
}

namespace {

// What an offer that came to nothing costs its agent (acd.md 6.3).
struct Pause {
    const char* reason = "";
    std::int32_t lasts_ms = 0;
    bool ends_by_itself = true;

    bool is_over_at_once() const { return ends_by_itself && lasts_ms == 0; }
};

// Where several phones rang, nobody is blamed for not answering.
Pause pause_after(const AgentPlan& plan, OfferEnd how, bool rang_alone) {
    switch (how) {
        case OfferEnd::no_answer:
            if (!rang_alone) return {agent::kNoAnswer, plan.rejected_ms, true};
            return {agent::kNoAnswer, plan.no_answer_ms, plan.no_answer_ms > 0};
        case OfferEnd::unreachable: return {agent::kUnreachable, plan.unreachable_ms, true};
        case OfferEnd::busy: return {agent::kDeclined, plan.busy_ms, true};
        case OfferEnd::rejected:
        case OfferEnd::caller_left:
        case OfferEnd::answered_elsewhere:
        case OfferEnd::crash: break;
    }
    return {agent::kDeclined, plan.rejected_ms, true};
}

void raise_alarm_when_declined(Deciding& deciding, ContactId id, OfferEnd how) {
    const Contact* contact = deciding.world().find(id);
    const std::int32_t most = deciding.world().configuration().agent_plan.declines_before_alarm;
    if (contact == nullptr || most == 0 || contact->declines == 0) return;
    if (!was_let_pass(how)) return;
    if (contact->declines % most == 0) deciding.add(AlarmRaised{kOffersDeclined, id});
}

}  // namespace

void end_offer(Deciding& deciding, OfferId id, OfferEnd how) {
    const queue::Offer* found = deciding.world().find(id);
    if (found == nullptr) return;
    const queue::Offer offer = *found;
    if (is_invitation(deciding.world(), offer)) return end_invitation(deciding, offer, how);
    deciding.add(OfferEnded{id, offer.contact, offer.agent, how});
    const agent::Agent* agent = deciding.world().find(offer.agent);
    if (agent == nullptr || agent->offer != id) return;
    const Instant now = deciding.now();
    const bool costs_nothing = how == OfferEnd::caller_left || how == OfferEnd::crash ||
                               how == OfferEnd::answered_elsewhere;
    if (costs_nothing || agent->deferred) {
        free_agent(deciding, offer.agent);
    } else {
        const Queue* queue = deciding.world().queue_row(offer.queue);
        const bool rang_alone = queue == nullptr || !queue::rings_several(queue->strategy);
        const AgentPlan& plan = deciding.world().configuration().agent_plan;
        const Pause pause = pause_after(plan, how, rang_alone);
        if (pause.is_over_at_once()) {
            free_agent(deciding, offer.agent);
        } else {
            std::optional<Instant> until;
            if (pause.ends_by_itself) until = now + std::chrono::milliseconds{pause.lasts_ms};
            change_agent(deciding, offer.agent, AgentState::not_ready, pause.reason, until);
        }
    }
    raise_alarm_when_declined(deciding, offer.contact, how);
}

void end_offers(Deciding& deciding, ContactId id, OfferEnd how, OfferId except) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr) return;
    const std::vector<OfferId> offers = contact->offers;
    for (const OfferId offer : offers) {
        if (offer != except) end_offer(deciding, offer, how);
    }
}

void decide_ring_next(Deciding& deciding, ContactId id) { deciding.add(RingingWidened{id}); }

void decide_accept(Deciding& deciding, OfferId id) {
    const queue::Offer* found = deciding.world().find(id);
    if (found == nullptr) return;  // too late: the adapter answers with BYE
    const queue::Offer offer = *found;
    if (is_invitation(deciding.world(), offer)) return join_talk(deciding, offer);
    const Contact* contact = deciding.world().find(offer.contact);
    const bool is_to_dial = contact != nullptr && contact->is_callback && !contact->has_citizen;
    if (is_to_dial && !deciding.may_call(contact->queue)) {  // it closed while his phone rang
        return end_callback_unreached(deciding, offer.contact);
    }
    end_offers(deciding, offer.contact, OfferEnd::answered_elsewhere, id);
    leave_queue(deciding, offer.contact, QueueExit::answered);
    deciding.add(OfferAccepted{id, offer.contact, offer.agent});
    change_agent(deciding, offer.agent, AgentState::talking, "", std::nullopt, offer.contact);
    if (is_to_dial) return brief_agent(deciding, offer.contact, offer.agent);
    connect(deciding, offer.contact, offer.agent);
}

void decide_ringing(Deciding& deciding, OfferId id) {
    const queue::Offer* offer = deciding.world().find(id);
    if (offer == nullptr) return;
    const AgentId agent_id = offer->agent;
    const ContactId contact = offer->contact;
    const agent::Agent* agent = deciding.world().find(agent_id);
    if (agent == nullptr || agent->state != AgentState::reserved) return;  // a second 180
    if (!is_invitation(deciding.world(), *offer)) deciding.add(OfferRang{id});
    change_agent(deciding, agent_id, AgentState::ringing, "", std::nullopt, contact);
}

void decide_decline(Deciding& deciding, OfferId id, DeclineReason reason) {
    const queue::Offer* offer = deciding.world().find(id);
    if (offer == nullptr) return;
    const ContactId contact = offer->contact;
    const OfferEnd how = reason == DeclineReason::rejected ? OfferEnd::rejected
                         : reason == DeclineReason::busy   ? OfferEnd::busy
                                                           : OfferEnd::unreachable;
    end_offer(deciding, id, how);
    return_to_queue(deciding, contact);
}

void decide_ring_time_over(Deciding& deciding, OfferId id) {
    const queue::Offer* offer = deciding.world().find(id);
    if (offer == nullptr) return;
    const ContactId contact = offer->contact;
    end_offer(deciding, id, OfferEnd::no_answer);
    return_to_queue(deciding, contact);
}

}  // namespace amer::centre

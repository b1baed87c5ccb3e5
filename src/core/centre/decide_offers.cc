#include "core/centre/rules.h"
#include "core/queue/match.h"

namespace amer::centre {

namespace {

using agent::AgentState;
using contact::Contact;
using Stage = contact::Contact::Stage;

constexpr std::chrono::seconds kDeclinedFor{5};
constexpr std::chrono::seconds kUnreachableFor{30};
const char* const kWaitAnnouncement = "Q-BUSY";

struct Match {
    queue::Place place;
    AgentId agent;
};

bool speaks(const AgentRow* row, Language language) {
    if (row == nullptr) return false;
    return std::find(row->languages.begin(), row->languages.end(), language) !=
           row->languages.end();
}

// Who was looked at, and why each was not the one.
std::vector<Candidate> candidates(const World& world, const Match& match) {
    const std::vector<AgentId>& agents = world.agents_of(match.place.lane.queue);
    std::vector<Candidate> all;
    all.reserve(agents.size());
    for (const AgentId& id : agents) {
        queue::Seeker seeker;
        if (const agent::Agent* agent = world.find(id)) {
            seeker.is_logged_in = agent->state != AgentState::logged_out;
            seeker.is_busy = agent::is_busy(agent->state);
            seeker.is_ready = agent->state == AgentState::ready;
            seeker.speaks_it =
                seeker.is_ready && speaks(world.agent_row(id), match.place.lane.language);
            seeker.is_chosen = id == match.agent;
        }
        all.push_back(Candidate{id, queue::removed_by(seeker)});
    }
    return all;
}

// The caller to be served first among all that wait where something changed and somebody is free
// for them, and his longest-idle agent.
std::optional<Match> first_match(Deciding& deciding) {
    std::optional<Match> best;
    for (const QueueId& queue : deciding.touched()) {
        for (const Language language : {Language::arabic, Language::english}) {
            const queue::Lane lane{queue, language};
            const queue::Idle* idle = deciding.world().first_idle(lane);
            if (idle == nullptr) continue;
            const queue::Place* place = deciding.world().first_place(lane);
            if (place == nullptr) continue;
            if (!best || queue::is_before(*place, best->place)) best = Match{*place, idle->agent};
        }
    }
    return best;
}

void make_offer(Deciding& deciding, const Match& match) {
    const QueueId& queue = match.place.lane.queue;
    const Queue* row = deciding.world().queue_row(queue);
    const std::int32_t ring_ms = row == nullptr ? Queue{}.ring_ms : row->ring_ms;
    OfferMade made;
    made.offer = deciding.new_offer();
    made.contact = match.place.contact;
    made.agent = match.agent;
    made.queue = queue;
    made.ring_until = deciding.now() + std::chrono::milliseconds{ring_ms};
    made.candidates = candidates(deciding.world(), match);
    deciding.add(std::move(made));
    change_agent(deciding, match.agent, AgentState::reserved, "", std::nullopt,
                 match.place.contact);
}

// A queue that is no longer configured hands its callers over with their places.
void return_to_queue(Deciding& deciding, ContactId id) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr || contact->stage != Stage::queued) return;
    const QueueId queue = deciding.world().queue_in_force(contact->queue);
    if (queue == contact->queue) return;
    move_to_queue(deciding, id, queue);
}

}  // namespace

// Work-conserving (acd.md 6.1, I8): after every decision nobody waits whom a free agent could
// serve, and no promise is due that a free agent could return.
void settle(Deciding& deciding) {
    for (;;) {
        while (const std::optional<Match> match = first_match(deciding)) {
            make_offer(deciding, *match);
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

void join_queue(Deciding& deciding, ContactId id, const QueueId& queue, std::int32_t priority) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr) return;
    const Instant since = contact->queued_since.value_or(deciding.now());
    deciding.add(ContactQueued{id, queue, priority, since});
}

void leave_queue(Deciding& deciding, ContactId id, QueueExit how) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr) return;
    if (contact->stage != Stage::queued && contact->stage != Stage::offered) return;
    deciding.add(QueueLeft{id, QueueId{contact->queue}, how});
}

void move_to_queue(Deciding& deciding, ContactId id, const QueueId& queue) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr) return;
    const std::int32_t priority = contact->priority;
    leave_queue(deciding, id, QueueExit::transfer);
    join_queue(deciding, id, queue, priority);
}

void end_offer(Deciding& deciding, OfferId id, OfferEnd how) {
    const queue::Offer* found = deciding.world().find(id);
    if (found == nullptr) return;
    const queue::Offer offer = *found;
    deciding.add(OfferEnded{id, offer.contact, offer.agent, how});
    const agent::Agent* agent = deciding.world().find(offer.agent);
    if (agent == nullptr || agent->offer != id) return;
    const Instant now = deciding.now();
    if (how == OfferEnd::caller_left || how == OfferEnd::crash || agent->deferred) {
        free_agent(deciding, offer.agent);
    } else if (how == OfferEnd::no_answer) {
        change_agent(deciding, offer.agent, AgentState::not_ready, agent::kNoAnswer);
    } else if (how == OfferEnd::unreachable) {
        change_agent(deciding, offer.agent, AgentState::not_ready, agent::kUnreachable,
                     now + kUnreachableFor);
    } else {
        change_agent(deciding, offer.agent, AgentState::not_ready, agent::kDeclined,
                     now + kDeclinedFor);
    }
}

void decide_accept(Deciding& deciding, OfferId id) {
    const queue::Offer* found = deciding.world().find(id);
    if (found == nullptr) return;  // too late: the adapter answers with BYE
    const queue::Offer offer = *found;
    const Contact* contact = deciding.world().find(offer.contact);
    const bool is_callback = contact != nullptr && contact->is_callback;
    leave_queue(deciding, offer.contact, QueueExit::answered);
    deciding.add(OfferAccepted{id, offer.contact, offer.agent});
    change_agent(deciding, offer.agent, AgentState::talking, "", std::nullopt, offer.contact);
    if (is_callback) {
        start_attempt(deciding, offer.contact, offer.agent);
        return;
    }
    deciding.add(ContactConnected{offer.contact, offer.agent});
    keep_promises(deciding, offer.contact);
}

void decide_ringing(Deciding& deciding, OfferId id) {
    const queue::Offer* offer = deciding.world().find(id);
    if (offer == nullptr) return;
    const AgentId agent_id = offer->agent;
    const ContactId contact = offer->contact;
    const agent::Agent* agent = deciding.world().find(agent_id);
    if (agent == nullptr || agent->state != AgentState::reserved) return;  // a second 180
    deciding.add(OfferRang{id});
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

void decide_waiting(Deciding& deciding, ContactId id) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr || contact->stage != Stage::queued) return;
    if (contact->is_callback) {
        end_callback_unreached(deciding, id, next_try_at(deciding, deciding.now()));
        return;
    }
    const Queue* queue = deciding.world().queue_row(contact->queue);
    const flow::Step* step = deciding.world().step_row(contact->flow, contact->step);
    const auto* enqueue = step == nullptr ? nullptr : std::get_if<flow::Enqueue>(&step->body);
    const std::chrono::milliseconds longest{queue == nullptr ? 0 : queue->longest_wait_ms};
    if (longest.count() > 0 && deciding.now() >= contact->joined_at + longest) {
        if (enqueue != nullptr) {
            leave_queue(deciding, id, QueueExit::timeout);
            enter_step(deciding, id, StepId{enqueue->when_closed});
        } else {  // a new configuration took his step away: he goes on waiting
            move_to_queue(deciding, id, QueueId{contact->queue});
        }
        return;
    }
    start_prompt(deciding, id, sayings_for(deciding, id, {PromptId{kWaitAnnouncement}}), false);
}

}  // namespace amer::centre

#include "core/centre/laws.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "core/calendar/calendar.h"
#include "core/callback/numbers.h"
#include "core/centre/centre.h"
#include "core/centre/invariants.h"
#include "core/centre/laws_of_talks.h"
#include "core/centre/queue_account.h"
#include "core/queue/strategy.h"

namespace amer::centre {

namespace {

using agent::Agent;
using agent::AgentState;
using callback::Promise;
using contact::Contact;
using Stage = contact::Contact::Stage;

const AgentRow* row_of(const State& state, const AgentId& id) {
    const auto found = state.directory.agents.find(id);
    if (found == state.directory.agents.end()) return nullptr;
    return &state.configuration.agents[found->second];
}

const Queue* row_of(const State& state, const QueueId& id) {
    const auto found = state.directory.queues.find(id);
    if (found == state.directory.queues.end()) return nullptr;
    return &state.configuration.queues[found->second.row];
}

std::int32_t tier_of(const AgentRow& agent, const QueueId& queue) {
    for (const Membership& membership : agent.queues) {
        if (membership.queue == queue) return membership.tier;
    }
    return 0;
}

// Not agent::is_ready: a law does not ask the rule that it judges.
bool could_be_rung(const Agent& agent) {
    return agent.state == AgentState::ready && !agent.is_phone_in_use;
}

bool is_away(const Agent& agent) {
    return agent.state == AgentState::not_ready || agent.state == AgentState::logged_out;
}

// Reckoned from what contacts and queues say of themselves, not from the indexes.
bool is_served_before(const State& state, const Contact& one, const Contact& other, Instant now) {
    if (one.is_emergency != other.is_emergency) return one.is_emergency;
    const auto score = [&](const Contact& contact) {
        const Duration waited =
            now - *contact.queued_since + std::chrono::minutes{contact.priority};
        return waited.count() * row_of(state, contact.queue)->weight;
    };
    const auto its = score(one);
    const auto others = score(other);
    if (its != others) return its > others;
    return std::tie(one.is_callback, one.queued_since, one.id) <
           std::tie(other.is_callback, other.queued_since, other.id);
}

// The state before, as far as the laws compare with it.
struct Before {
    explicit Before(const State& state)
        : contacts{state.contacts},
          agents{state.agents},
          offers{state.offers},
          promises{state.promises},
          deadline{next_deadline(state)} {}

    const Contact* find(ContactId id) const {
        const auto found = contacts.find(id);
        return found == contacts.end() ? nullptr : &found->second;
    }

    std::map<ContactId, Contact> contacts;
    std::map<AgentId, Agent> agents;
    std::map<OfferId, queue::Offer> offers;
    std::map<PromiseId, Promise> promises;
    std::optional<Instant> deadline;
};

class Judging {
public:
    Judging(State& state, const Command& command, const std::vector<Event>& events, Instant now)
        : state_{state},
          command_{command},
          events_{events},
          now_{now},
          before_{state},
          account_{state} {}

    std::vector<std::string> run() {
        for (const Event& event : events_) {
            std::visit([&](const auto& happened) { look_at(happened); }, event);
            for (std::string& sentence : account_.take(event)) {
                broken_.push_back(std::move(sentence));
            }
            apply(state_, event, now_);
        }
        expect(account_ == example::QueueAccount{state_}, "the books of the queues agree");  // I4
        look_at_contacts();
        look_at_agents();
        look_at_promises();
        std::visit([&](const auto& asked) { look_at_answer(asked); }, command_);
        for (std::string& sentence : broken_laws_of_talks(before_.contacts, before_.agents,
                                                          command_, events_, state_, now_)) {
            broken_.push_back(std::move(sentence));
        }
        return std::move(broken_);
    }

private:
    void expect(bool is_true, std::string sentence) {
        if (!is_true) broken_.push_back(std::move(sentence));
    }

    template <typename Asked>
    const Asked* asked() const {
        return std::get_if<Asked>(&command_);
    }
    bool is_recovery() const { return asked<RecoverFromCrash>() != nullptr; }

    template <typename Happened, typename Is>
    bool has_happened(Is is) const {
        return std::any_of(events_.begin(), events_.end(), [&](const Event& event) {
            const auto* happened = std::get_if<Happened>(&event);
            return happened != nullptr && is(*happened);
        });
    }

    // Before each event, on the state as those before it left it.

    template <typename Happened>
    void look_at(const Happened&) {}

    void look_at(const OfferMade& made) {  // I7
        const std::string which = fmt::format("offer {}", made.offer.value);
        const auto agent = state_.agents.find(made.agent);
        const auto contact = state_.contacts.find(made.contact);
        const AgentRow* row = row_of(state_, made.agent);
        if (agent == state_.agents.end() || contact == state_.contacts.end() || row == nullptr) {
            return expect(false, which + " is of somebody known to somebody known");
        }
        expect(could_be_rung(agent->second), which + " is made to an agent who is ready");
        const bool is_open = contact->second.stage == Stage::queued || contact->second.rings_on;
        expect(is_open, which + " is of a contact that waits");
        expect(made.ring_until > now_, which + " rings for a while");
        const bool is_assigned = has_happened<ContactAssigned>(
            [&](const ContactAssigned& assigned) { return assigned.contact == made.contact; });
        if (is_assigned) return;
        expect(may_serve(state_, *row, contact->second), which + " is to one who can serve it");
        const bool is_his = contact->second.held_until && contact->second.held_for == made.agent;
        expect(is_his || !contact->second.held_until, which + " is not of one held for another");
        look_at_order(which, contact->second, *row);
        if (!is_his) look_at_turn(which, contact->second, agent->second, *row);
    }

    // The contact to be served first (acd.md 6.2), of those this agent may be offered.
    void look_at_order(const std::string& which, const Contact& chosen, const AgentRow& row) {
        for (const auto& [id, other] : state_.contacts) {
            if (id == chosen.id || (other.stage != Stage::queued && !other.rings_on)) continue;
            if (other.held_until && other.held_for != row.id) continue;
            if (!may_serve(state_, row, other)) continue;
            expect(!is_served_before(state_, other, chosen, now_),
                   fmt::format("{} passes contact {} over", which, id.value));
            const bool is_of_the_lane =
                other.queue == chosen.queue && other.language == chosen.language;
            const bool is_ordinary = !chosen.has_citizen && !chosen.is_emergency;
            expect(!other.has_citizen || !is_of_the_lane || !is_ordinary,
                   fmt::format("{} is of the citizen we rang, contact {}", which, id.value));
        }
    }

    // The lowest tier; of it the longest idle, where that is the rule.
    void look_at_turn(const std::string& which, const Contact& contact, const Agent& chosen,
                      const AgentRow& row) {
        const Queue& queue = *row_of(state_, contact.queue);
        const std::int32_t tier = tier_of(row, queue.id);
        for (const AgentRow& other : state_.configuration.agents) {
            const auto found = state_.agents.find(other.id);
            if (other.id == row.id || found == state_.agents.end()) continue;
            if (!could_be_rung(found->second) || !may_serve(state_, other, contact)) continue;
            const std::int32_t others = tier_of(other, queue.id);
            expect(tier <= others, which + " is to the lowest tier that is there");
            if (queue.strategy != queue::Strategy::longest_idle || tier != others) continue;
            expect(chosen.idle_since <= found->second.idle_since,
                   which + " is to the agent who is idle longest");
        }
    }

    void look_at(const ContactQueued& queued) {  // I6
        const std::string which = fmt::format("contact {}", queued.contact.value);
        const auto found = state_.contacts.find(queued.contact);
        if (found == state_.contacts.end())
            return expect(false, which + " is alive when it queues");
        const Contact& contact = found->second;
        if (contact.queued_since) {
            return expect(queued.since == *contact.queued_since, which + " keeps its first place");
        }
        const auto promise = state_.promises.find(contact.promise);
        if (contact.is_dialled_ahead()) {
            return expect(queued.since == contact.opened_at, which + " waits since it was dialled");
        }
        const bool has_place = promise != state_.promises.end() && promise->second.place;
        const Instant place = has_place ? std::min(*promise->second.place, now_) : now_;
        const bool comes_last = queued.since == now_ && (!has_place || !contact.is_callback);
        expect(queued.since == place || comes_last, which + " has the place it had, or comes last");
    }

    void look_at(const QueueLeft& left) {  // I3: the reason is the true one
        const std::string which = fmt::format("contact {}", left.contact.value);
        const bool is_answered = has_happened<OfferAccepted>(
            [&](const OfferAccepted& accepted) { return accepted.contact == left.contact; });
        const bool is_by_key = asked<PressDigit>() != nullptr;
        const bool is_by_time = asked<Tick>() != nullptr;
        switch (left.how) {
            case QueueExit::answered:
            case QueueExit::answered_elsewhere:
                return expect(is_answered, which + " left answered");
            case QueueExit::abandoned:
                return expect(asked<CallerLeft>() != nullptr, which + " left by itself");
            case QueueExit::key:
            case QueueExit::callback: return expect(is_by_key, which + " left by a key");
            case QueueExit::failed: return expect(is_recovery(), which + " left by a crash");
            case QueueExit::no_agent:
                if (has_nobody_at_work(left.contact)) return;
                [[fallthrough]];
            case QueueExit::timeout: return expect(is_by_time, which + " left when it was time");
            case QueueExit::closing:
            case QueueExit::transfer:
            case QueueExit::elsewhere: return;
        }
    }

    void look_at(const OfferEnded& ended) {
        const std::string which = fmt::format("offer {}", ended.offer.value);
        const auto offer = state_.offers.find(ended.offer);
        if (offer == state_.offers.end()) return expect(false, which + " ends once");
        const bool is_over = offer->second.ring_until <= now_;
        expect(is_over || ended.how != OfferEnd::no_answer, which + " rings its whole time");
    }
    void look_at(const OfferAccepted& accepted) {
        expect(state_.offers.contains(accepted.offer),
               fmt::format("offer {} is answered while it lives", accepted.offer.value));
    }
    void look_at(const ContactEnded& ended) {
        const std::string which = fmt::format("contact {}", ended.contact.value);
        const auto found = state_.contacts.find(ended.contact);
        if (found == state_.contacts.end()) return expect(false, which + " ends once");
        const Contact& contact = found->second;
        const bool is_let_go = contact.has_citizen && contact.stage != Stage::connected &&
                               asked<CallerLeft>() == nullptr && !is_recovery();
        const bool has_heard = contact.stage == Stage::greeting && contact.playback;
        expect(!is_let_go || has_heard, which + " is not cut off without a word");
    }

    void look_at(const ContactOpened& opened) {
        const bool is_callback = opened.kind == ContactKind::callback;
        if (!is_callback) return;
        const auto promise = state_.promises.find(opened.promise);
        if (promise == state_.promises.end()) return expect(false, "a call back is owed");
        expect(may_be_called(promise->second), "a call back begins only when one may call");
        if (!promise->second.place) look_at_share(promise->second);
    }

    // In official hours, and those in which one may call besides.
    bool may_be_called(const Promise& promise) const {
        const calendar::Calendar& calendar = calendar_of(promise);
        const PromisePlan& plan = state_.configuration.promises;
        const std::int32_t minute = calendar::local_time(calendar, now_).minute;
        return calendar::is_open(calendar, now_) && plan.call_from_minute <= minute &&
               minute < plan.call_until_minute;
    }

    const calendar::Calendar& calendar_of(const Promise& promise) const {
        const bool is_known = state_.directory.queues.contains(promise.queue);
        const QueueId& queue = is_known ? promise.queue : state_.configuration.promises.queue;
        return centre::calendar_of(state_.directory, state_.configuration.calendar, queue);
    }

    // Some agents are left for those who ring us.
    void look_at_share(const Promise& promise) {
        if (state_.configuration.promises.share_percent == 100) return;
        std::int64_t served = 0;
        std::int64_t agents = 0;
        for (const auto& [id, contact] : state_.contacts) {
            const bool is_of_the_lane =
                contact.queue == promise.queue && contact.language == promise.language;
            const bool is_nights = contact.is_callback && !contact.keeps_place;
            if (is_of_the_lane && is_nights && contact.stage != Stage::queued) ++served;
        }
        for (const AgentRow& row : state_.configuration.agents) {
            const auto agent = state_.agents.find(row.id);
            const bool is_in =
                agent != state_.agents.end() && agent->second.state != AgentState::logged_out;
            const auto& speaks = row.languages;
            const bool is_understood =
                std::find(speaks.begin(), speaks.end(), promise.language) != speaks.end();
            if (is_in && is_understood && tier_of(row, promise.queue) > 0) ++agents;
        }
        const std::int64_t share = agents * state_.configuration.promises.share_percent / 100;
        expect(served < std::max<std::int64_t>(share, 1),
               fmt::format("promise {} leaves agents for callers", promise.id.value));
    }

    void look_at(const AttemptStarted& started) {
        const std::string which = fmt::format("promise {}", started.promise.value);
        const auto found = state_.promises.find(started.promise);
        if (found == state_.promises.end()) return expect(false, which + " is owed when dialled");
        const Promise& promise = found->second;
        expect(promise.state == Promise::State::offered, which + " is dialled once");
        expect(started.attempt == promise.tries_made + 1, which + " is tried once more");
        expect(promise.number == started.number, which + " is dialled where it was given");
        expect(!state_.contacts.contains(promise.made_in),
               which + " is not dialled while its caller is on the line");
        // An agent's phone that began to ring in time may be answered after it, and he may listen
        // to the message beyond it.
        expect(may_be_called(promise), which + " is not dialled when one may not call");
        if (!started.agent) look_at_pace(which, started.queue, promise);
    }

    struct Count {
        std::int64_t at_work = 0;  // agents
        std::int64_t dialled = 0;  // citizens, ahead of any agent
    };

    bool has_nobody_at_work(ContactId id) const {
        const auto found = state_.contacts.find(id);
        if (found == state_.contacts.end() || !found->second.has_citizen) return false;
        return count_ahead(found->second.queue, found->second.language).at_work == 0;
    }

    // Of one lane, or of all that there are.
    Count count_ahead(std::optional<QueueId> queue, Language language) const {
        Count count;
        for (const AgentRow& row : state_.configuration.agents) {
            const auto agent = state_.agents.find(row.id);
            if (agent == state_.agents.end() || is_away(agent->second)) continue;
            const auto& speaks = row.languages;
            const bool is_understood =
                std::find(speaks.begin(), speaks.end(), language) != speaks.end();
            const bool is_its = is_understood && queue && tier_of(row, *queue) > 0;
            const bool serves_any = !row.queues.empty() && !speaks.empty();
            if (queue ? is_its : serves_any) ++count.at_work;
        }
        for (const auto& [id, contact] : state_.contacts) {
            const bool is_its = !queue || (contact.queue == *queue && contact.language == language);
            const bool is_rung = contact.stage == Stage::dialling ||
                                 contact.stage == Stage::greeting || contact.has_citizen;
            if (is_its && contact.is_callback && !contact.agent && is_rung) ++count.dialled;
        }
        return count;
    }

    // Nobody is dialled ahead of the agents who will be free for him.
    void look_at_pace(const std::string& which, const QueueId& queue, const Promise& promise) {
        const PromisePlan& plan = state_.configuration.promises;
        const bool may_be = plan.mode == callback::DialMode::customer_first && !promise.place &&
                            !promise.was_left_waiting;
        expect(may_be, which + " may be dialled before an agent is asked");
        const Count lane = count_ahead(queue, promise.language);
        const Count all = count_ahead(std::nullopt, promise.language);
        expect(lane.at_work >= plan.agents_per_customer, which + " has enough agents at work");
        expect(lane.dialled < lane.at_work / plan.agents_per_customer &&
                   all.dialled < all.at_work / plan.agents_per_customer,
               which + " is not dialled before an agent can be expected to be free");
    }

    void look_at(const AttemptFailed& failed) {
        const std::string which = fmt::format("promise {}", failed.promise.value);
        const auto found = state_.promises.find(failed.promise);
        if (found == state_.promises.end()) return expect(false, which + " is owed when it fails");
        const PromisePlan& plan = state_.configuration.promises;
        std::int32_t pause_ms = plan.pause_ms;
        // He whom we let wait in vain is called again, however often we tried.
        const bool is_ours = failed.outcome == AttemptOutcome::left_waiting;
        bool is_said = false;
        bool has_tries = found->second.tries_made < plan.tries;
        for (const callback::AttemptRule& rule : plan.outcomes) {
            if (rule.outcome != failed.outcome) continue;
            pause_ms = rule.pause_ms;
            has_tries = !rule.is_last && (has_tries || !rule.counts);
            expect(failed.counts == rule.counts, which + " counts as its end says");
            is_said = true;
        }
        if (!is_said) {
            has_tries = has_tries || is_ours;
            expect(failed.counts != is_ours, which + " counts unless we let him wait");
        }
        if (failed.outcome == AttemptOutcome::unknown) pause_ms = 600'000;
        expect(has_tries == failed.next_try.has_value(), which + " is tried as often as was said");
        if (!failed.next_try) return;
        const std::chrono::milliseconds pause{pause_ms};
        expect(*failed.next_try >= now_ + pause, which + " is not tried again at once");
    }

    void look_at(const PromiseRedated& redated) {
        const std::string which = fmt::format("promise {}", redated.promise.value);
        const auto found = state_.promises.find(redated.promise);
        if (found == state_.promises.end()) return expect(false, which + " is owed when it moves");
        expect(found->second.due == redated.due_before, which + " moves from where it was");
        expect(redated.due != redated.due_before, which + " moves");
        const auto& calendar = calendar_of(found->second);
        const bool is_open_then = calendar::is_open(calendar, redated.due.from);
        expect(is_open_then || !calendar::next_opening(calendar, now_),
               which + " moves to official hours");
    }

    void look_at(const PromiseKept& kept) {
        const auto contact = state_.contacts.find(kept.contact);
        const bool talks =
            contact != state_.contacts.end() && contact->second.stage == Stage::connected;
        expect(talks && state_.promises.contains(kept.promise),
               fmt::format("promise {} is kept by a talk", kept.promise.value));
    }

    void look_at(const PromisePlaced& placed) {
        const bool is_his =
            std::any_of(state_.contacts.begin(), state_.contacts.end(), [&](const auto& row) {
                return row.second.promise == placed.promise &&
                       row.second.queued_since == placed.since;
            });
        expect(is_his, fmt::format("promise {} keeps its caller's place", placed.promise.value));
    }

    void look_at(const HoldEnded& ended) {
        const auto contact = state_.contacts.find(ended.contact);
        const bool is_held = contact != state_.contacts.end() && contact->second.held_until;
        const bool is_over = is_held && *contact->second.held_until <= now_;
        expect(is_held && (is_over || ended.how != HoldEnd::over),
               fmt::format("contact {} is held as long as was said", ended.contact.value));
    }

    // After the decision, against the state before it.

    void look_at_contacts() {
        for (const auto& [id, contact] : before_.contacts) {
            const auto found = state_.contacts.find(id);
            const bool has_ended = has_happened<ContactEnded>(
                [&, which = id](const ContactEnded& ended) { return ended.contact == which; });
            const std::string which = fmt::format("contact {}", id.value);
            expect(has_ended == (found == state_.contacts.end()), which + " is gone when it ended");
            if (found == state_.contacts.end()) continue;
            const bool keeps_place =
                !contact.queued_since || contact.queued_since == found->second.queued_since;
            expect(keeps_place, which + " keeps its place");
        }
        for (const auto& [id, contact] : state_.contacts) {
            if (contact.stage == Stage::queued) look_at_timers(contact);
            if (contact.is_callback) look_at_callback(contact);
        }
    }

    // Whatever ends a wait has a timer (I5).
    void look_at_timers(const Contact& contact) {
        const std::string which = fmt::format("contact {}", contact.id.value);
        const auto is_timed = [&](Instant at) {
            return contact.deadline && *contact.deadline <= at;
        };
        if (contact.held_until) {
            expect(is_timed(*contact.held_until), which + " is held with a live timer");
            const auto agent = state_.agents.find(contact.held_for);
            const bool is_there = agent != state_.agents.end() && !is_away(agent->second);
            expect(is_there || !contact.held_for, which + " is held for one who is there");
        }
        const Queue* queue = row_of(state_, contact.queue);
        if (queue == nullptr) return expect(false, which + " waits in a queue there is");
        const std::chrono::milliseconds longest{queue->longest_wait_ms};
        if (longest.count() > 0 && !contact.is_callback) {
            expect(is_timed(contact.joined_at + longest), which + " waits with a live timer");
        }
        const auto ends_after = queue::ends_after_ms(queue->steps, contact.queue_step);
        if (!ends_after) return;
        expect(is_timed(contact.joined_at + std::chrono::milliseconds{*ends_after}),
               which + " is relaxed by a live timer");
    }

    void look_at_callback(const Contact& contact) {
        const std::string which = fmt::format("contact {}", contact.id.value);
        if (contact.stage == Stage::connected) return;
        const auto promise = state_.promises.find(contact.promise);
        if (promise == state_.promises.end()) {
            return expect(false, which + " is a call back that is still owed");
        }
        const bool is_out = contact.stage == Stage::dialling || contact.stage == Stage::greeting ||
                            contact.has_citizen;
        const auto should_be = is_out ? Promise::State::dialling : Promise::State::offered;
        expect(promise->second.state == should_be, which + " is where its promise says");
    }

    void look_at_agents() {
        for (const auto& [id, was] : before_.agents) {
            const auto found = state_.agents.find(id);
            if (found == state_.agents.end()) continue;  // no longer in the configuration
            if (is_recovery()) continue;                 // look_at_answer
            look_at_idle_clock(was, found->second);
            look_at_presence(was, found->second);
            look_at_wrap_up(was, found->second);
        }
    }

    // An offer that came to nothing neither gives nor costs him his turn (acd.md 6.4, 1 and 4).
    void look_at_idle_clock(const Agent& was, const Agent& is) {
        if (!agent::is_rung(was.state) || is.state == AgentState::talking) return;
        expect(was.idle_since == is.idle_since, "agent " + was.id.value + " keeps his turn");
        const bool is_blameless = has_happened<OfferEnded>([&](const OfferEnded& ended) {
            return ended.offer == was.offer && (ended.how == OfferEnd::caller_left ||
                                                ended.how == OfferEnd::answered_elsewhere);
        });
        if (!is_blameless || was.deferred || row_of(state_, was.id) == nullptr) return;
        const bool is_free = is.state == AgentState::ready || agent::is_rung(is.state);
        expect(is_free, "agent " + was.id.value + " is not blamed for who has left");
    }

    bool is_asked_of(const AgentId& id) const {
        const auto is_of = [&](const auto* command) {
            return command != nullptr && command->agent == id;
        };
        return is_of(asked<SetReady>()) || is_of(asked<RegisterPhone>()) ||
               is_of(asked<FinishWrapUp>());
    }

    // Nobody is made ready but by himself or by time, and nothing he asked for is forgotten.
    void look_at_presence(const Agent& was, const Agent& is) {
        const bool is_time = was.until && *was.until <= now_ && asked<Tick>() != nullptr;
        const bool helps = has_happened<PartyInvited>(  // he may say no
            [&](const PartyInvited& invited) { return invited.agent == was.id; });
        expect(!is_away(was) || is_away(is) || is_time || helps || is_asked_of(was.id),
               "agent " + was.id.value + " is away until he says so");
        const bool is_done = agent::is_busy(was.state) && !agent::is_busy(is.state);
        if (!was.deferred || !is_done || asked<SetReady>() != nullptr) return;
        const bool is_removed = row_of(state_, was.id) == nullptr;
        expect(is_removed || is.state == was.deferred->state,
               "agent " + was.id.value + " does what he put off");
    }

    bool was_party(const Agent& agent) const {
        const Contact* contact = before_.find(agent.contact);
        return contact != nullptr && contact->party(agent.id) != nullptr;
    }

    void look_at_wrap_up(const Agent& was, const Agent& is) {
        const std::string who = "agent " + was.id.value;
        // Who only helped has nothing to write down (acd.md 6.4, 11).
        if (was.state == AgentState::talking && was_party(was)) {
            return expect(is.state != AgentState::wrap_up, who + " wraps up what was his own");
        }
        const AgentRow* row = row_of(state_, was.id);
        if (row == nullptr || row->wrap_up_ms <= 0) return;
        if (was.state == AgentState::wrap_up) {
            const bool is_over = !was.until || *was.until <= now_;
            expect(is.state == AgentState::wrap_up || is_over || is_asked_of(was.id),
                   who + " has his wrap-up to its end");
        }
        if (was.state != AgentState::talking || is.state == AgentState::talking) return;
        if (asked<LoseAgent>() != nullptr) return;
        expect(is.state == AgentState::wrap_up, who + " wraps up what he talked about");
    }

    void look_at_promises() {
        for (const auto& [id, promise] : before_.promises) {
            std::size_t ends = 0;
            for (const Event& event : events_) {
                const auto* kept = std::get_if<PromiseKept>(&event);
                const auto* broken = std::get_if<PromiseBroken>(&event);
                const auto* withdrawn = std::get_if<PromiseWithdrawn>(&event);
                const bool is_end = (kept != nullptr && kept->promise == id) ||
                                    (broken != nullptr && broken->promise == id) ||
                                    (withdrawn != nullptr && withdrawn->promise == id);
                if (is_end) ++ends;
            }
            const bool is_there = state_.promises.contains(id);
            expect(ends == (is_there ? 0U : 1U),
                   fmt::format("promise {} is open until it has one end", id.value));
        }
    }

    // What was asked for is what is true afterwards.

    template <typename Asked>
    void look_at_answer(const Asked&) {}

    void look_at_answer(const Tick&) {
        const bool has_passed = before_.deadline && *before_.deadline <= now_;
        expect(!has_passed || !events_.empty(), "a passed deadline is moved by a Tick");
    }

    void look_at_answer(const CallerLeft& left) {
        const Contact* contact = before_.find(left.contact);
        if (contact == nullptr) return;
        const bool is_yet_to_dial = contact->is_callback && !contact->has_citizen;
        const bool is_briefing = contact->stage == Stage::briefing;
        if (is_yet_to_dial && (contact->waits() || is_briefing)) return;
        expect(!state_.contacts.contains(left.contact),
               fmt::format("contact {} ends when its caller leaves", left.contact.value));
    }

    void look_at_answer(const AcceptOffer& accepted) {
        const auto offer = before_.offers.find(accepted.offer);
        if (offer == before_.offers.end()) {
            return expect(events_.empty(), "an answer that comes too late changes nothing");
        }
        const auto contact = state_.contacts.find(offer->second.contact);
        const bool is_there = contact != state_.contacts.end();
        const contact::Party* party = is_there ? contact->second.party(accepted.offer) : nullptr;
        const bool has_joined = party != nullptr && party->is_here;
        const bool has_him =
            has_joined || (is_there && contact->second.agent == offer->second.agent);
        if (is_in_vain(before_.find(offer->second.contact))) {
            return expect(!is_there, "a call back that may not be made any more is put back");
        }
        expect(has_him, fmt::format("offer {} is won by who answers", accepted.offer.value));
    }

    // It rings at an agent's, and the time to call has passed.
    bool is_in_vain(const Contact* contact) const {
        if (contact == nullptr || !contact->is_callback || contact->has_citizen) return false;
        const auto promise = state_.promises.find(contact->promise);
        const bool rings = contact->stage == Stage::offered;
        return rings && promise != state_.promises.end() && !may_be_called(promise->second);
    }

    void look_at_answer(const DeclineOffer& declined) {
        const auto offer = before_.offers.find(declined.offer);
        if (offer == before_.offers.end()) return;
        const auto contact = state_.contacts.find(offer->second.contact);
        expect(!state_.offers.contains(declined.offer), "a declined phone stops ringing");
        const Contact* before = before_.find(offer->second.contact);
        if (before != nullptr && before->party(declined.offer) != nullptr) return;
        // A citizen on the line does not wait for nobody.
        const bool is_let_go = has_happened<QueueLeft>([&](const QueueLeft& left) {
            return left.contact == offer->second.contact && left.how == QueueExit::no_agent;
        });
        const bool is_there = contact != state_.contacts.end();
        const bool is_told = is_there && contact->second.has_citizen && is_let_go;
        expect(is_told || (is_there && contact->second.waits()),
               fmt::format("contact {} goes on waiting", offer->second.contact.value));
    }

    void look_at_answer(const ReportPhoneUse& used) {
        const auto agent = state_.agents.find(used.agent);
        const bool is_known = agent != state_.agents.end();
        expect(!is_known || agent->second.is_phone_in_use == used.is_in_use,
               "agent " + used.agent.value + "'s phone is in use as was reported");
    }

    // acd.md 6.4, 32 and 33.
    void look_at_answer(const RecoverFromCrash&) {
        expect(state_.contacts.empty() && state_.offers.empty(), "a crash ends what lived");
        for (const auto& [id, is] : state_.agents) {
            expect(is.state == AgentState::logged_out, "a crash logs agent " + id.value + " out");
        }
        for (const auto& [id, contact] : before_.contacts) {
            if (!contact.is_callback) look_at_cut_off(contact);
        }
        const Decision again = decide(state_, command_, now_);
        expect(again && *again == std::vector<Event>{CentreRecovered{0}},
               "a second recovery finds nothing");
    }

    // Who waited or talked is owed a call where he can be called, at his place.
    void look_at_cut_off(const Contact& contact) {
        if (!contact.waits() && contact.stage != Stage::connected) return;
        const auto& numbers = state_.directory.numbers;
        const CallerIdentity& caller = contact.caller;
        if (!caller.number || caller.is_hidden || numbers.contains(caller.number->e164())) return;
        if (!callback::may_be_called(*caller.number)) return;
        bool is_owed = false;
        for (const auto& [id, promise] : state_.promises) {
            const bool is_his = id == contact.promise || promise.number == caller.number;
            const bool is_new = promise.made_in == contact.id && !before_.promises.contains(id);
            is_owed = is_owed || is_his;
            expect(!is_new || promise.place == contact.queued_since,
                   fmt::format("promise {} keeps the place", id.value));
        }
        expect(is_owed, fmt::format("contact {} was cut off and is owed a call", contact.id.value));
    }

    State& state_;
    const Command& command_;
    const std::vector<Event>& events_;
    Instant now_;
    Before before_;
    example::QueueAccount account_;
    std::vector<std::string> broken_;
};

}  // namespace

std::vector<std::string> apply_and_judge(State& state, const Command& command,
                                         const std::vector<Event>& events, Instant now) {
    return Judging{state, command, events, now}.run();
}

}  // namespace amer::centre

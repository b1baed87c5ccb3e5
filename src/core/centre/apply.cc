#include "core/centre/apply.h"

#include "base/overloaded.h"
#include "core/centre/centre.h"
#include "core/centre/ledger_line.h"
#include "core/centre/several_queues.h"
#include "core/centre/waiting.h"

namespace amer::centre {

namespace {

using agent::AgentState;
using callback::Promise;
using contact::Contact;
using contact::Party;

// Guards: if the adapter never tells, the step goes on by itself and nobody hangs for ever.
constexpr std::chrono::minutes kLongestHandshake{1};
constexpr std::chrono::minutes kLongestPrompt{10};
constexpr std::chrono::minutes kLongestFileClosing{1};

bool counts_by_shift(const Configuration& configuration) {
    return std::any_of(configuration.queues.begin(), configuration.queues.end(),
                       [](const Queue& queue) {
                           return queue.strategy == queue::Strategy::fewest_calls ||
                                  queue.strategy == queue::Strategy::least_talk;
                       });
}

std::optional<Instant> end_of_day(const World& world, Instant at) {
    if (!counts_by_shift(world.configuration())) return std::nullopt;
    return calendar::next_midnight(world.calendar(), at);
}

const flow::StepBody* body_of(const World& world, const Contact& contact) {
    const flow::Step* step = world.step_of(contact, contact.step);
    return step == nullptr ? nullptr : &step->body;
}

// Applies one event; a class only so that every event's rule is a line or two that shares `world`.
struct Applying {
    World& world;
    Instant at;

    void operator()(const ConfigurationPublished& event) const {
        world.publish(event.configuration);
        for (const AgentRow& row : event.configuration.agents) {
            if (world.find(row.id) != nullptr) continue;
            agent::Agent agent;
            agent.id = row.id;
            agent.since = at;
            agent.idle_since = at;
            world.put(agent);
        }
        std::vector<AgentId> removed;
        world.agents().for_each([&](const agent::Agent& agent) {
            const bool is_known = world.agent_row(agent.id) != nullptr;
            if (!is_known && !agent::is_busy(agent.state)) removed.push_back(agent.id);
        });
        for (const AgentId& id : removed) world.erase(id);
        world.set_day_end(end_of_day(world, at));
        world.contacts().for_each([&](const Contact& contact) {
            const bool waits = contact.stage == Contact::Stage::queued;
            if (!waits && contact.stage != Contact::Stage::offered) return;
            world.change(contact.id, [&](Contact& row) {
                fit_steps(row);
                if (waits) row.deadline = next_while_waiting(world, row, at);
            });
        });
    }

    // A queue may have fewer steps now: he is at its last one.
    void fit_steps(Contact& row) const {
        const auto last_of = [&](const QueueId& id) {
            const Queue* queue = world.queue_row(id);
            return queue == nullptr ? 0 : queue::number_of_steps(queue->steps) - 1;
        };
        row.queue_step = std::min(row.queue_step, last_of(row.queue));
        for (contact::AlsoIn& also : row.also) also.step = std::min(also.step, last_of(also.queue));
    }

    void operator()(const CentreRecovered&) const {}

    void operator()(const ContactOpened& event) const {
        world.last().contact = std::max(world.last().contact, event.contact.value);
        Contact contact;
        contact.id = event.contact;
        contact.is_callback = event.kind == ContactKind::callback;
        contact.leg = event.leg;
        contact.dialled = event.dialled;
        contact.caller = event.caller;
        contact.trunk = event.trunk;
        contact.flow = event.flow;
        contact.language = event.language;
        contact.promise = event.promise;
        const Promise* promise = world.find(event.promise);
        contact.keeps_place = promise != nullptr && promise->place.has_value();
        contact.opened_at = at;
        contact.configuration_version = world.configuration().version;
        const DialledNumber* number = world.number_row(event.dialled);
        if (number != nullptr && !contact.is_callback) contact.after_agent = number->after_agent;
        if (!contact.is_callback) contact.deadline = at + kLongestHandshake;
        world.put(contact);
    }

    void operator()(const StepEntered& event) const {
        world.change(event.contact, [&](Contact& contact) {
            const flow::StepBody* left = body_of(world, contact);
            const auto* say = left == nullptr ? nullptr : std::get_if<flow::Say>(left);
            if (say != nullptr && say->cut_by_key && !contact.was_cut) {
                contact.say_ended_at = at;
            } else if (contact.say_ended_at != at) {
                contact.say_ended_at.reset();
            }
            contact.stage = Contact::Stage::in_flow;
            contact.step = event.step;
            contact.phase = Contact::Phase::asking;
            contact.playback = PlaybackId{};
            contact.tries = 0;
            contact.digits.clear();
            contact.was_cut = false;
            contact.deadline = at + kLongestPrompt;
        });
    }

    void operator()(const PromptStarted& event) const {
        world.last().playback = std::max(world.last().playback, event.playback.value);
        world.change(event.contact, [&](Contact& contact) {
            contact.playback = event.playback;
            if (contact.stage == Contact::Stage::queued) {
                contact.deadline = next_while_waiting(world, contact, at);
                return;
            }
            if (event.is_to_agent) {
                contact.stage = Contact::Stage::briefing;
            } else if (contact.stage == Contact::Stage::dialling) {
                contact.stage = Contact::Stage::greeting;
            }
            if (contact.phase == Contact::Phase::awaiting) contact.phase = Contact::Phase::asking;
            if (contact.phase == Contact::Phase::recording) contact.phase = Contact::Phase::parting;
            contact.deadline = at + kLongestPrompt;
        });
    }

    void operator()(const InputAwaited& event) const {
        world.change(event.contact, [&](Contact& contact) {
            contact.phase = Contact::Phase::awaiting;
            contact.playback = PlaybackId{};
            contact.deadline = event.until;
        });
    }

    void operator()(const DigitPressed& event) const {
        world.change(event.contact, [&](Contact& contact) {
            contact.was_cut = true;
            contact.say_ended_at.reset();
            const flow::StepBody* body = body_of(world, contact);
            if (body == nullptr || !std::holds_alternative<flow::Collect>(*body)) return;
            if (event.digit == "*") {
                contact.digits.clear();
            } else if (event.digit != "#") {
                contact.digits += event.digit;
            }
        });
    }

    void operator()(const InputRefused& event) const {
        world.change(event.contact, [&](Contact& contact) {
            contact.tries += 1;
            contact.digits.clear();
            contact.phase = Contact::Phase::asking;
        });
    }

    void operator()(const DigitsCollected& event) const {
        if (event.purpose != flow::Collect::Purpose::reference) return;
        world.change(event.contact, [&](Contact& contact) { contact.reference = event.digits; });
    }

    void operator()(const LanguageChosen& event) const {
        world.change(event.contact, [&](Contact& contact) { contact.language = event.language; });
    }

    void operator()(const ConsentRecorded& event) const {
        world.change(event.contact, [&](Contact& contact) {
            contact.has_consent = event.is_given;
            contact.phase = Contact::Phase::parting;
        });
    }

    void operator()(const RecordingStarted& event) const {
        world.last().recording = std::max(world.last().recording, event.recording.value);
        const Contact* contact = world.find(event.contact);
        const bool is_message = event.kind == RecordingKind::message;
        const PromiseId promise = is_message && contact != nullptr ? contact->promise : PromiseId{};
        world.put(recording::Pending{event.recording, event.contact, is_message, promise, at});
        world.change(event.contact, [&](Contact& row) {
            if (!is_message) {
                row.recording = event.recording;
                return;
            }
            row.message = event.recording;
            row.phase = Contact::Phase::recording;
            row.playback = PlaybackId{};
            row.deadline = at + std::chrono::milliseconds{event.longest_ms} + kLongestFileClosing;
        });
    }

    void operator()(const RecordingFinished& event) const {
        world.erase(event.recording);
        world.change(event.contact, [&](Contact& contact) {
            if (contact.message != event.recording) return;
            contact.message = RecordingId{};
            contact.left_message = event.recording;
            contact.phase = Contact::Phase::parting;
        });
    }

    void operator()(const MessageLeft& event) const {
        world.change(event.promise, [&](Promise& promise) {
            promise.message = event.recording;
            promise.message_ms = event.length_ms;
        });
    }

    void operator()(const ContactQueued& event) const {
        world.change(event.contact, [&](Contact& contact) {
            if (contact.is_dialled_ahead()) contact.has_citizen = true;
            contact.stage = Contact::Stage::queued;
            contact.queue = event.queue;
            contact.priority = event.priority;
            contact.is_emergency = event.is_emergency;
            contact.queue_step = 0;
            contact.rings_in = 0;
            contact.also.clear();
            contact.queued_since = event.since;
            contact.joined_at = at;
            const auto closing = calendar::closing_of(world.calendar_of(event.queue), at);
            if (closing) contact.closing = closing;  // who came in time is not late when he returns
            contact.announced_at.reset();
            contact.told_minutes.reset();
            contact.held_until.reset();
            contact.held_for = AgentId{};
            contact.playback = PlaybackId{};
            contact.deadline = next_while_waiting(world, contact, at);
        });
    }

    void operator()(const OfferMade& event) const {
        world.last().offer = std::max(world.last().offer, event.offer.value);
        world.put(
            queue::Offer{event.offer, event.contact, event.agent, event.queue, event.ring_until});
        world.change(event.contact, [&](Contact& contact) {
            contact.stage = Contact::Stage::offered;
            contact.held_until.reset();
            contact.held_for = AgentId{};
            contact.offers.push_back(event.offer);
            contact.rings_in = number_in(contact, event.queue);
            const Queue* queue = world.queue_row(event.queue);
            const auto ringing = static_cast<std::int32_t>(contact.offers.size());
            const bool may_grow = queue != nullptr && ringing < queue->ring_at_most;
            contact.rings_on = may_grow && event.strategy == queue::Strategy::ring_all;
            contact.deadline.reset();
            if (may_grow && event.strategy == queue::Strategy::ring_progressively) {
                contact.deadline = at + std::chrono::milliseconds{queue->ring_next_after_ms};
            }
        });
        world.change(event.agent, [&](agent::Agent& agent) { agent.offer = event.offer; });
        if (event.strategy == queue::Strategy::round_robin) {
            world.set_last_offered(event.queue, event.agent);
        }
    }

    void operator()(const OfferRang&) const {}

    void operator()(const OfferAccepted& event) const {
        if (const queue::Offer* offer = world.find(event.offer)) {
            const QueueId queue = offer->queue;
            world.change(event.agent,
                         [&](agent::Agent& agent) { agent::count_answer(agent, queue); });
        }
        world.erase(event.offer);
        world.change(event.contact, [&](Contact& contact) {
            contact.offers.clear();
            contact.rings_on = false;
            contact.agent = event.agent;
            contact.deadline.reset();
            const bool is_to_dial = contact.is_callback && !contact.has_citizen;
            contact.stage = is_to_dial ? Contact::Stage::dialling : Contact::Stage::connected;
        });
    }

    void operator()(const OfferEnded& event) const {
        world.erase(event.offer);
        world.change(event.contact, [&](Contact& contact) {
            const auto its = std::find(contact.offers.begin(), contact.offers.end(), event.offer);
            if (its == contact.offers.end()) return;
            if (was_let_pass(event.how)) contact.declines += 1;
            contact.offers.erase(its);
            if (!contact.offers.empty()) return;  // other phones still ring
            contact.rings_on = false;
            contact.stage = Contact::Stage::queued;
            contact.deadline = next_while_waiting(world, contact, at);
        });
    }

    void operator()(const ContactConnected& event) const {
        world.change(event.contact, [&](Contact& contact) {
            contact.stage = Contact::Stage::connected;
            contact.agent = event.agent;
            contact.playback = PlaybackId{};
            contact.deadline.reset();
        });
        remember_agent(event.contact, event.agent);
    }

    void remember_agent(ContactId id, const AgentId& agent) const {
        const std::vector<Queue>& queues = world.configuration().queues;
        const bool is_asked_for = std::any_of(queues.begin(), queues.end(), [](const Queue& queue) {
            return queue.last_agent_ms > 0;
        });
        const Contact* contact = world.find(id);
        if (!is_asked_for || contact == nullptr) return;
        const CallerIdentity& caller = contact->caller;
        if (caller.number && !caller.is_hidden) world.set_last_agent(*caller.number, agent, at);
    }

    void operator()(const ContactEnded& event) const { world.erase(event.contact); }

    void operator()(const AgentStateChanged& event) const {
        const agent::Agent* before = world.find(event.agent);
        const bool is_free_again = before != nullptr && before->worked_for &&
                                   agent::is_busy(before->state) && !agent::is_busy(event.state);
        if (is_free_again) world.count_handled(before->worked_for, at, at - before->busy_since);
        world.change(event.agent, [&](agent::Agent& agent) {
            agent::enter(agent, event.state, event.reason, event.until, event.contact, at);
        });
        const bool is_known = world.agent_row(event.agent) != nullptr;
        if (!is_known && !agent::is_busy(event.state)) world.erase(event.agent);
    }

    void operator()(const AgentChangeDeferred& event) const {
        world.change(event.agent, [&](agent::Agent& agent) {
            if (event.state == AgentState::ready) {
                agent.deferred.reset();
            } else {
                agent.deferred = agent::Deferred{event.state, event.reason};
            }
        });
    }

    void operator()(const PromiseMade& event) const {
        world.last().promise = std::max(world.last().promise, event.promise.id.value);
        world.put(event.promise);
        world.change(event.promise.made_in,
                     [&](Contact& contact) { contact.promise = event.promise.id; });
    }

    void operator()(const PromiseJoined& event) const {
        world.change(event.contact, [&](Contact& contact) { contact.promise = event.promise; });
    }

    void operator()(const PromiseNumberGiven& event) const {
        world.change(event.promise, [&](Promise& promise) { promise.number = event.number; });
    }

    void operator()(const PromiseOffered& event) const {
        world.change(event.promise,
                     [&](Promise& promise) { promise.state = Promise::State::offered; });
    }

    void operator()(const AttemptStarted& event) const {
        world.change(event.promise, [&](Promise& promise) {
            promise.state = Promise::State::dialling;
            promise.tries_made = event.attempt;
        });
        world.change(event.contact, [&](Contact& contact) {
            contact.stage = Contact::Stage::dialling;
            contact.playback = PlaybackId{};
            contact.deadline = at + std::chrono::milliseconds{event.ring_ms};
            if (!event.queue) return;
            contact.queue = event.queue;
            // He may answer after it; who was rung in time is not late.
            contact.closing = calendar::closing_of(world.calendar_of(event.queue), at);
        });
    }

    void operator()(const AttemptFailed& event) const {
        world.change(event.promise, [&](Promise& promise) {
            promise.state = Promise::State::waiting;
            if (event.outcome == AttemptOutcome::left_waiting) promise.was_left_waiting = true;
            if (!event.counts) promise.tries_made -= 1;
            if (event.next_try) promise.next_try = *event.next_try;
        });
    }

    void operator()(const PromisePutBack& event) const {
        world.change(event.promise, [&](Promise& promise) {
            const bool was_a_try = promise.state == Promise::State::dialling;
            if (was_a_try) promise.tries_made -= 1;
            promise.state = Promise::State::waiting;
            promise.next_try = event.next_try;
        });
    }

    void operator()(const PromiseKept& event) const {
        world.end_promise(event.promise, Promise::State::kept, at);
    }

    void operator()(const PromiseBroken& event) const {
        world.end_promise(event.promise, Promise::State::broken, at);
    }

    void operator()(const PromiseWithdrawn& event) const {
        world.end_promise(event.promise, Promise::State::withdrawn, at);
    }

    void operator()(const PromiseOverdue& event) const {
        world.change(event.promise, [&](Promise& promise) { promise.is_overdue = true; });
    }

    void operator()(const PromiseRedated& event) const {
        world.change(event.promise, [&](Promise& promise) {
            promise.due = event.due;
            promise.next_try = event.next_try;
            promise.calendar_version = event.calendar_version;
            promise.is_overdue = false;
        });
    }

    void operator()(const TalkEnded& event) const {
        world.change(event.contact, [&](Contact& contact) {
            contact.stage = Contact::Stage::in_flow;
            contact.flow = event.flow;
            contact.step = StepId{};  // the first one is entered next
            contact.talked_with = event.agent;
            contact.agent = AgentId{};
            contact.playback = PlaybackId{};
            contact.recording_goes_on.reset();
            contact.deadline = at + kLongestPrompt;
        });
    }

    void operator()(const SurveyAnswered&) const {}

    void operator()(const AlarmRaised&) const {}

    void operator()(const RingingWidened& event) const {
        world.change(event.contact, [](Contact& contact) {
            contact.rings_on = contact.stage == Contact::Stage::offered;
            contact.deadline.reset();
        });
    }

    void operator()(const PhoneUseChanged& event) const {
        world.change(event.agent,
                     [&](agent::Agent& agent) { agent.is_phone_in_use = event.is_in_use; });
    }

    // What follows it says where he waits.
    void leave_agent(ContactId id) const {
        world.change(id, [&](Contact& contact) {
            contact.agent = AgentId{};
            contact.stage = Contact::Stage::in_flow;
            contact.deadline = at + kLongestPrompt;
        });
    }

    void operator()(const ContactReturned& event) const { leave_agent(event.contact); }

    void operator()(const ContactTransferred& event) const { leave_agent(event.contact); }

    void operator()(const RequirementRelaxed& event) const {
        world.change(event.contact, [&](Contact& contact) {
            const std::int32_t number = number_in(contact, event.queue);
            (number == 0 ? contact.queue_step : also_in(contact, number).step) = event.step;
            contact.deadline = next_while_waiting(world, contact, at);
        });
    }

    void operator()(const DayBegan& event) const {
        std::vector<AgentId> agents;
        world.agents().for_each([&](const agent::Agent& agent) { agents.push_back(agent.id); });
        for (const AgentId& id : agents) {
            world.change(id, [](agent::Agent& agent) { agent::begin_shift(agent); });
        }
        world.set_day_end(event.next);
    }

    // What follows says where he goes; from one of several queues nowhere.
    void operator()(const QueueLeft& event) const {
        const Contact* contact = world.find(event.contact);
        if (contact == nullptr) return;
        if (contact->is_callback) return let_go(*contact, event.how);
        const bool has_abandoned = event.how == QueueExit::abandoned;
        world.count_left(event.queue, at, at - contact->joined_at, has_abandoned);
        if (number_in(*contact, event.queue) == 0) return;
        world.change(event.contact, [&](Contact& row) {
            row.rings_in = 0;
            std::erase_if(row.also, [&](const auto& also) { return also.queue == event.queue; });
            if (row.stage != Contact::Stage::queued) return;
            row.deadline = next_while_waiting(world, row, at);
        });
    }

    // Nobody can come to a citizen who waits: he is told so.
    void let_go(const Contact& contact, QueueExit how) const {
        const bool is_let_go = how == QueueExit::no_agent || how == QueueExit::closing;
        if (!contact.has_citizen || !is_let_go) return;
        world.change(contact.id, [&](Contact& row) {
            row.stage = Contact::Stage::greeting;
            row.deadline = at + kLongestPrompt;
        });
    }

    void operator()(const ContactAlsoQueued& event) const {
        world.change(event.contact, [&](Contact& contact) {
            if (contact.stage != Contact::Stage::queued || stands_in(contact, event.queue)) return;
            contact.also.push_back(contact::AlsoIn{event.queue, 0});
            contact.deadline = next_while_waiting(world, contact, at);
        });
    }

    void operator()(const WaitTold& event) const {
        world.change(event.contact, [&](Contact& contact) {
            contact.announced_at = at;
            contact.told_minutes = event.minutes;
            contact.deadline = next_while_waiting(world, contact, at);
        });
    }

    void operator()(const QueueFull&) const {}

    void operator()(const NoticeSet& event) const {
        world.set_notice(Notice{event.area, event.until});
    }

    void operator()(const NoticeEnded&) const { world.set_notice(std::nullopt); }

    void operator()(const ContactHeld& event) const {
        world.change(event.contact, [&](Contact& contact) {
            contact.held_until = event.until;
            contact.held_for = event.agent;
            contact.deadline = next_while_waiting(world, contact, at);
        });
    }

    void operator()(const HoldEnded& event) const {
        world.change(event.contact, [&](Contact& contact) {
            contact.held_until.reset();
            contact.held_for = AgentId{};
            contact.deadline = next_while_waiting(world, contact, at);
        });
    }

    void operator()(const ContactAssigned&) const {}

    void operator()(const PartyInvited& event) const {
        world.last().offer = std::max(world.last().offer, event.invitation.value);
        const Contact* contact = world.find(event.contact);
        if (contact == nullptr) return;
        world.put(queue::Offer{event.invitation, event.contact, event.agent,
                               QueueId{contact->queue}, event.ring_until});
        world.change(event.contact, [&](Contact& row) {
            row.parties.push_back(Party{event.invitation, event.agent, event.part, false});
        });
        world.change(event.agent, [&](agent::Agent& agent) { agent.offer = event.invitation; });
    }

    template <typename Change>
    void change_party(ContactId contact, OfferId invitation, Change change) const {
        world.change(contact, [&](Contact& row) {
            for (Party& party : row.parties) {
                if (party.invitation == invitation) change(party);
            }
        });
    }

    void operator()(const PartyJoined& event) const {
        world.erase(event.invitation);
        change_party(event.contact, event.invitation, [](Party& party) { party.is_here = true; });
    }

    void operator()(const PartyChanged& event) const {
        change_party(event.contact, event.invitation,
                     [&](Party& party) { party.part = event.part; });
    }

    void erase_party(ContactId contact, OfferId invitation) const {
        world.change(contact, [&](Contact& row) {
            std::erase_if(row.parties,
                          [&](const Party& party) { return party.invitation == invitation; });
        });
    }

    void operator()(const PartyLeft& event) const {
        world.erase(event.invitation);
        erase_party(event.contact, event.invitation);
    }

    void operator()(const ContactHandedOver& event) const {
        erase_party(event.contact, event.invitation);
        const Contact* contact = world.find(event.contact);
        if (contact == nullptr) return;
        const QueueId queue = contact->queue;
        world.change(event.contact, [&](Contact& row) { row.agent = event.to; });
        world.change(event.to, [&](agent::Agent& agent) { agent::count_answer(agent, queue); });
        remember_agent(event.contact, event.to);
    }

    void operator()(const RecordingPaused& event) const {
        world.change(event.contact, [&](Contact& contact) {
            contact.recording_goes_on = event.until;
            contact.deadline = event.until;
        });
    }

    void operator()(const RecordingResumed& event) const {
        world.change(event.contact, [](Contact& contact) {
            contact.recording_goes_on.reset();
            contact.deadline.reset();
        });
    }

    void operator()(const ReviewBegan& event) const {
        world.change(event.contact, [&](Contact& contact) {
            contact.phase = Contact::Phase::reviewing;
            contact.deadline = at + kLongestPrompt;
        });
    }

    void operator()(const ReviewEnded& event) const {
        world.change(event.contact,
                     [](Contact& contact) { contact.phase = Contact::Phase::parting; });
    }

    // Who waits may have come in time for another closing now.
    void operator()(const ClosureSet& event) const {
        world.set_closure(event.closure, event.calendar_version);
        world.contacts().for_each([&](const Contact& contact) {
            if (contact.stage != Contact::Stage::queued) return;
            world.change(contact.id, [&](Contact& row) {
                const calendar::Calendar& calendar = world.calendar_of(row.queue);
                const bool is_open = calendar::is_open(calendar, at);
                row.closing = calendar::closing_of(calendar, is_open ? at : Instant{row.joined_at})
                                  .value_or(at);
                row.deadline = next_while_waiting(world, row, at);
            });
        });
    }

    void operator()(const LedgerSealed&) const { world.seal_ledger(); }

    void operator()(const NotificationOwed& event) const { world.put(event.notification); }

    void operator()(const NotificationSent& event) const { world.erase(event.notification); }

    void operator()(const NotificationGivenUp& event) const { world.erase(event.notification); }

    void operator()(const PromisePlaced& event) const {
        world.change(event.promise, [&](Promise& promise) {
            promise.queue = event.queue;
            promise.place = event.since;
            promise.priority = event.priority;
            promise.next_try = event.next_try;
        });
    }
};

}  // namespace

void apply_to(World& world, const Event& event, Instant at) {
    std::visit(Applying{world, at}, event);
    if (const auto line = ledger_line(event, at)) world.write_ledger(*line, at);
}

void apply(State& state, const Event& event, Instant at) {
    World world{state, at};
    apply_to(world, event, at);
}

void rebuild_indexes(State& state) {
    state.directory = make_directory(state.configuration);
    World world{state, Instant{}};  // no index hangs on the clock
    world.rebuild();
}

std::optional<Instant> next_deadline(const State& state) {
    if (state.indexes.deadlines.empty()) return std::nullopt;
    return state.indexes.deadlines.begin()->at;
}

Totals totals(const State& state) {
    Totals totals;
    totals.contacts = state.contacts.size();
    totals.waiting = state.indexes.places.size() - static_cast<std::size_t>(state.indexes.further);
    totals.promises_open = state.promises.size();
    for (const auto& [id, agent] : state.agents) {
        if (agent.state != AgentState::logged_out) ++totals.agents_logged_in;
    }
    return totals;
}

}  // namespace amer::centre

#include "core/callback/due.h"
#include "core/centre/rules.h"

namespace amer::centre {

namespace {

using callback::Promise;
using contact::Contact;
using Stage = contact::Contact::Stage;

// The agent left while the citizen's phone rang: not the citizen's doing.
constexpr std::chrono::minutes kPauseAfterAgentLeft{5};
// After a crash nobody knows whether he was reached; he is not rung again at once (acd.md 6.4, 33).
constexpr std::int32_t kGuardAfterUnknownMs = 10 * 60'000;

void begin_callback(Deciding& deciding, const Promise& promise, const queue::Lane& lane,
                    bool is_ahead) {
    ContactOpened opened;
    opened.contact = deciding.new_contact();
    opened.kind = ContactKind::callback;
    opened.caller.number = promise.number;
    opened.caller.raw = promise.number->e164();
    opened.trunk = deciding.world().configuration().promises.trunk;
    opened.promise = promise.id;
    opened.language = promise.language;
    deciding.add(opened);
    deciding.add(PromiseOffered{promise.id, opened.contact});
    if (is_ahead) return start_attempt(deciding, opened.contact, AgentId{}, lane.queue);
    // A place he had is kept; a night's call begins to wait when its turn to be called has come,
    // else last night's calls would keep this morning's callers waiting.
    const Instant since = promise.place.value_or(deciding.now());
    deciding.add(ContactQueued{opened.contact, lane.queue, promise.priority, since, false});
}

}  // namespace

namespace {

// The next promise of the lane that may be called now and has room, those with a place first.
const Indexes::PromiseSpot* next_due(Deciding& deciding, const queue::Lane& lane) {
    for (const bool keeps_place : {true, false}) {
        const Indexes::PromiseSpot* first = deciding.world().first_promise(lane, keeps_place);
        if (first == nullptr || std::get<Instant>(*first) > deciding.now()) continue;
        if (deciding.world().has_room_for_callback(lane, keeps_place)) return first;
    }
    return nullptr;
}

}  // namespace

bool begin_due_callback(Deciding& deciding, const queue::Lane& lane) {
    for (;;) {
        const Indexes::PromiseSpot* first = next_due(deciding, lane);
        if (first == nullptr || !deciding.may_call(lane.queue)) return false;
        const Promise promise = *deciding.world().find(std::get<PromiseId>(*first));
        if (promise.number) {
            // One who keeps a place stands at it: he is not served before those he stood behind.
            const bool is_ahead = !promise.place && deciding.world().dials_ahead(lane);
            begin_callback(deciding, promise, lane, is_ahead);
            return true;
        }
        break_promise(deciding, promise.id, BreakReason::no_number);
    }
}

namespace {

void put_back_unreached(Deciding& deciding, const queue::Lane& lane, bool keeps_place) {
    const Indexes::PromiseSpot* first = deciding.world().first_promise(lane, keeps_place);
    while (first != nullptr) {
        const Indexes::PromiseSpot spot = *first;
        const Instant due = std::get<Instant>(spot);
        if (due > deciding.now()) return;
        const std::optional<Instant> end = deciding.world().calls_end(lane.queue, due);
        const bool is_over = !end || *end <= deciding.now();
        if (!is_over) return;
        const PromiseId id = std::get<PromiseId>(spot);
        if (!deciding.world().find(id)->number && deciding.is_open(lane.queue)) {
            break_promise(deciding, id, BreakReason::no_number);
        } else {
            deciding.add(PromisePutBack{id, next_try_at(deciding, lane.queue, deciding.now())});
        }
        first = deciding.world().next_promise(spot);
    }
}

}  // namespace

// Aloud: somebody is told, and it stands in the report.
void break_promise(Deciding& deciding, PromiseId promise, BreakReason reason) {
    notify(deciding, notification::Occasion::promise_broken, promise);
    deciding.add(PromiseBroken{promise, reason});
}

// The day closed over promises that nobody was there to return: they wait for the next opening.
void put_back_unreached(Deciding& deciding, const queue::Lane& lane) {
    for (const bool keeps_place : {true, false}) put_back_unreached(deciding, lane, keeps_place);
}

void start_attempt(Deciding& deciding, ContactId id, const AgentId& agent, const QueueId& queue) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr) return;
    const Promise* promise = deciding.world().find(contact->promise);
    if (promise == nullptr || !promise->number) return;
    const PromisePlan& plan = deciding.world().configuration().promises;
    AttemptStarted started;
    started.promise = promise->id;
    started.contact = id;
    started.agent = agent;
    started.attempt = promise->tries_made + 1;
    started.number = *promise->number;
    started.trunk = plan.trunk;
    started.ring_ms = plan.ring_ms;
    started.queue = queue;
    deciding.add(started);
}

void decide_customer_answered(Deciding& deciding, ContactId id) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr || contact->stage != Stage::dialling) return;
    const PromptId greeting = deciding.world().configuration().promises.greeting;
    std::vector<Saying> sayings = sayings_for(deciding, id, {greeting});
    if (sayings.empty()) return end_greeting(deciding, id);
    start_prompt(deciding, id, std::move(sayings), true);
}

void end_greeting(Deciding& deciding, ContactId id) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr) return;
    if (contact->agent) return connect(deciding, id, AgentId{contact->agent});
    if (!contact->has_citizen) return await_agent(deciding, id);
    fail_attempt(deciding, id, AttemptOutcome::left_waiting);  // he has heard that we are sorry
}

// They hear each other; whoever talks with us has been called back.
void connect(Deciding& deciding, ContactId id, const AgentId& agent) {
    deciding.add(ContactConnected{id, agent});
    keep_promises(deciding, id);
}

void decide_customer_failed(Deciding& deciding, ContactId id, AttemptOutcome outcome) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr) return;
    const bool is_machine = outcome == AttemptOutcome::voicemail;
    if (is_machine && contact->has_citizen && contact->waits()) {  // no agent is to talk to it
        end_offers(deciding, id, OfferEnd::caller_left);
        leave_queue(deciding, id, QueueExit::abandoned);
        return fail_attempt(deciding, id, outcome);
    }
    if (contact->stage != Stage::dialling && contact->stage != Stage::greeting) return;
    // Late news of one who had answered long before.
    const bool is_late = contact->has_citizen && !is_machine;
    fail_attempt(deciding, id, is_late ? AttemptOutcome::left_waiting : outcome);
}

namespace {

// What follows from this end of a try. Not knowing how it ended has a rule of its own.
callback::AttemptRule rule_for(const PromisePlan& plan, AttemptOutcome outcome) {
    const auto is_its = [&](const callback::AttemptRule& rule) { return rule.outcome == outcome; };
    const auto found = std::find_if(plan.outcomes.begin(), plan.outcomes.end(), is_its);
    callback::AttemptRule rule{outcome, plan.pause_ms, callback::counts_by_itself(outcome), false};
    if (found != plan.outcomes.end()) rule = *found;
    if (outcome == AttemptOutcome::unknown) rule.pause_ms = kGuardAfterUnknownMs;
    return rule;
}

void note_failure(Deciding& deciding, ContactId contact, const Promise& promise,
                  AttemptOutcome outcome) {
    const PromisePlan& plan = deciding.world().configuration().promises;
    const callback::AttemptRule rule = rule_for(plan, outcome);
    const bool is_another =
        !rule.is_last && (!rule.counts || callback::may_be_tried_again(promise, plan.tries));
    const PromiseId id = promise.id;
    if (is_another) {
        const Instant earliest = deciding.now() + std::chrono::milliseconds{rule.pause_ms};
        const Instant next_try = next_try_at(deciding, QueueId{promise.queue}, earliest);
        deciding.add(AttemptFailed{id, contact, outcome, next_try, rule.counts});
        return;
    }
    deciding.add(AttemptFailed{id, contact, outcome, std::nullopt, rule.counts});
    break_promise(deciding, id,
                  rule.is_last ? BreakReason::invalid_number : BreakReason::tries_used_up);
}

}  // namespace

void wrap_up_unreached(Deciding& deciding, const AgentId& agent, ContactId contact) {
    constexpr std::chrono::seconds kShort{5};  // there is little to write down
    if (agent) start_wrap_up(deciding, agent, contact, Duration{kShort});
}

void fail_attempt(Deciding& deciding, ContactId id, AttemptOutcome outcome) {
    const Contact contact = *deciding.world().find(id);
    const Promise* promise = deciding.world().find(contact.promise);
    if (promise != nullptr) note_failure(deciding, id, Promise{*promise}, outcome);
    const bool is_crash = outcome == AttemptOutcome::unknown;
    deciding.add(
        ContactEnded{id, is_crash ? ContactEnd::broken_by_crash : ContactEnd::not_reached});
    wrap_up_unreached(deciding, contact.agent, id);
}

void end_callback_unreached(Deciding& deciding, ContactId id) {
    const Contact contact = *deciding.world().find(id);
    const Instant next_try = next_try_at(deciding, contact.queue, deciding.now());
    end_offers(deciding, id, OfferEnd::caller_left);
    leave_queue(deciding, id, QueueExit::closing);
    deciding.add(ContactEnded{id, ContactEnd::not_reached});
    if (deciding.world().find(contact.promise) != nullptr) {
        deciding.add(PromisePutBack{contact.promise, next_try});
    }
    wrap_up_unreached(deciding, contact.agent, id);
}

void leave_before_answer(Deciding& deciding, ContactId id) {
    const Contact contact = *deciding.world().find(id);
    deciding.add(ContactEnded{id, ContactEnd::agent_left});
    if (deciding.world().find(contact.promise) != nullptr) {
        const Instant next_try =
            next_try_at(deciding, contact.queue, deciding.now() + kPauseAfterAgentLeft);
        deciding.add(PromisePutBack{contact.promise, next_try});
    }
    wrap_up_unreached(deciding, contact.agent, id);
}

}  // namespace amer::centre

#include "core/callback/due.h"
#include "core/centre/rules.h"

namespace amer::centre {

namespace {

using callback::Promise;
using contact::Contact;
using Stage = contact::Contact::Stage;

// After a call back that reached nobody there is little to write down.
constexpr std::chrono::seconds kShortWrapUp{5};
// The agent left while the citizen's phone rang: not the citizen's doing.
constexpr std::chrono::minutes kPauseAfterAgentLeft{5};
// After a crash nobody knows whether he was reached; he is not rung again at once (acd.md 6.4, 33).
constexpr std::chrono::minutes kGuardAfterUnknown{10};

void begin_callback(Deciding& deciding, const Promise& promise, const queue::Lane& lane) {
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
        if (first == nullptr || !deciding.is_open()) return false;
        const Promise promise = *deciding.world().find(std::get<PromiseId>(*first));
        if (promise.number) {
            begin_callback(deciding, promise, lane);
            return true;
        }
        deciding.add(PromiseBroken{promise.id, BreakReason::no_number});
    }
}

namespace {

void put_back_unreached(Deciding& deciding, const queue::Lane& lane, bool keeps_place) {
    const Indexes::PromiseSpot* first = deciding.world().first_promise(lane, keeps_place);
    while (first != nullptr) {
        const Indexes::PromiseSpot spot = *first;
        const Instant due = std::get<Instant>(spot);
        if (due > deciding.now()) return;
        const auto closing = calendar::closing_of(deciding.world().calendar(), due);
        const bool is_over = !closing || *closing <= deciding.now();
        if (!is_over) return;
        const PromiseId id = std::get<PromiseId>(spot);
        if (!deciding.world().find(id)->number && deciding.is_open()) {
            deciding.add(PromiseBroken{id, BreakReason::no_number});
        } else {
            deciding.add(PromisePutBack{id, next_try_at(deciding, deciding.now())});
        }
        first = deciding.world().next_promise(spot);
    }
}

}  // namespace

// The day closed over promises that nobody was there to return: they wait for the next opening.
void put_back_unreached(Deciding& deciding, const queue::Lane& lane) {
    for (const bool keeps_place : {true, false}) put_back_unreached(deciding, lane, keeps_place);
}

void start_attempt(Deciding& deciding, ContactId id, const AgentId& agent) {
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
    deciding.add(started);
}

void decide_customer_answered(Deciding& deciding, ContactId id) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr || contact->stage != Stage::dialling) return;
    const PromptId greeting = deciding.world().configuration().promises.greeting;
    std::vector<Saying> sayings = sayings_for(deciding, id, {greeting});
    if (sayings.empty()) return connect_citizen(deciding, id);
    start_prompt(deciding, id, std::move(sayings), true);
}

void connect_citizen(Deciding& deciding, ContactId id) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr) return;
    const AgentId agent = contact->agent;
    deciding.add(ContactConnected{id, agent});
    keep_promises(deciding, id);
}

void decide_customer_failed(Deciding& deciding, ContactId id, AttemptOutcome outcome) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr) return;
    if (contact->stage != Stage::dialling && contact->stage != Stage::greeting) return;
    fail_attempt(deciding, id, outcome);
}

void fail_attempt(Deciding& deciding, ContactId id, AttemptOutcome outcome) {
    const Contact contact = *deciding.world().find(id);
    const Promise* promise = deciding.world().find(contact.promise);
    if (promise != nullptr) {
        const PromisePlan plan = deciding.world().configuration().promises;
        const bool is_known = outcome != AttemptOutcome::unknown;
        const Duration pause =
            is_known ? Duration{std::chrono::milliseconds{plan.pause_ms}} : kGuardAfterUnknown;
        if (callback::may_be_tried_again(*promise, plan.tries)) {
            const Instant next_try = next_try_at(deciding, deciding.now() + pause);
            deciding.add(AttemptFailed{contact.promise, id, outcome, next_try});
        } else {
            deciding.add(AttemptFailed{contact.promise, id, outcome, std::nullopt});
            deciding.add(PromiseBroken{contact.promise, BreakReason::tries_used_up});
        }
    }
    const bool is_crash = outcome == AttemptOutcome::unknown;
    deciding.add(
        ContactEnded{id, is_crash ? ContactEnd::broken_by_crash : ContactEnd::not_reached});
    start_wrap_up(deciding, contact.agent, id, Duration{kShortWrapUp});
}

void end_callback_unreached(Deciding& deciding, ContactId id, Instant next_try) {
    const Contact contact = *deciding.world().find(id);
    end_offers(deciding, id, OfferEnd::caller_left);
    leave_queue(deciding, id, QueueExit::closing);
    deciding.add(ContactEnded{id, ContactEnd::not_reached});
    if (deciding.world().find(contact.promise) != nullptr) {
        deciding.add(PromisePutBack{contact.promise, next_try});
    }
}

void leave_before_answer(Deciding& deciding, ContactId id) {
    const Contact contact = *deciding.world().find(id);
    deciding.add(ContactEnded{id, ContactEnd::agent_left});
    if (deciding.world().find(contact.promise) != nullptr) {
        const Instant next_try = next_try_at(deciding, deciding.now() + kPauseAfterAgentLeft);
        deciding.add(PromisePutBack{contact.promise, next_try});
    }
    start_wrap_up(deciding, contact.agent, id, Duration{kShortWrapUp});
}

}  // namespace amer::centre

#include "core/callback/due.h"
#include "core/callback/numbers.h"
#include "core/callback/reference.h"
#include "core/centre/rules.h"

namespace amer::centre {

namespace {

using callback::Promise;
using contact::Contact;

constexpr std::chrono::hours kFarAway{30 * 24};
constexpr std::chrono::hours kFarDay{24};
const char* const kNoOpening = "no_opening_in_30_days";

// When what we owe since `at` is to be done: in the rest of an open day, else at the next opening.
std::optional<Window> window_of(const calendar::Calendar& calendar, Instant at) {
    const std::optional<Instant> closing = calendar::closing_of(calendar, at);
    if (closing) return Window{at, *closing};
    return calendar::next_opening(calendar, at);
}

Window window_or_alarm(Deciding& deciding, const QueueId& queue, Instant at) {
    const std::optional<Window> window = window_of(deciding.world().calendar_of(queue), at);
    if (window) return *window;
    deciding.add(AlarmRaised{kNoOpening, ContactId{}});
    notify_of_centre(deciding, notification::Occasion::no_opening);
    return Window{at + kFarAway, at + kFarAway + kFarDay};
}

// An instant in official hours, or the next one after it at which one may call besides.
Instant in_call_hours(Deciding& deciding, const QueueId& queue, Instant at) {
    const PromisePlan plan = deciding.world().configuration().promises;
    constexpr int kDaysAhead = 30;
    for (int day = 0; day < kDaysAhead; ++day) {
        const calendar::Calendar& calendar = deciding.world().calendar_of(queue);
        const calendar::LocalTime local = calendar::local_time(calendar, at);
        const bool is_early = local.minute < plan.call_from_minute;
        if (!is_early && local.minute < plan.call_until_minute) return at;
        const Instant morning =
            is_early ? calendar::instant_of(calendar, local.day, plan.call_from_minute)
                     : calendar::next_midnight(calendar, at);
        at = window_or_alarm(deciding, queue, morning).from;
    }
    return at;
}

// Whom we can call back: told by the network, not hidden, no emergency number, not ourselves.
std::optional<PhoneNumber> callable_number(const World& world, const CallerIdentity& caller) {
    if (!caller.number || caller.is_hidden) return std::nullopt;
    if (!callback::may_be_called(*caller.number)) return std::nullopt;
    if (world.number_row(caller.number->e164()) != nullptr) return std::nullopt;
    return caller.number;
}

// Several people ring from it: that number alone does not say who it is (acd.md 6.4, 20).
bool is_shared(const World& world, const PhoneNumber& number) {
    const std::vector<PhoneNumber>& shared = world.configuration().promises.shared_numbers;
    return std::find(shared.begin(), shared.end(), number) != shared.end();
}

// Ends the call back that stands in the queue, or whose agent hears the message, for a promise that
// needs none any more.
void end_standing_callback(Deciding& deciding, PromiseId promise) {
    const contact::Contact* standing =
        deciding.world().find(deciding.world().callback_for(promise));
    if (standing == nullptr) return;
    const ContactId id = standing->id;
    const AgentId agent = standing->agent;
    end_offers(deciding, id, OfferEnd::caller_left);
    leave_queue(deciding, id, QueueExit::elsewhere);
    deciding.add(ContactEnded{id, ContactEnd::not_reached});
    wrap_up_unreached(deciding, agent, id);
}

}  // namespace

void owe_call(Deciding& deciding, ContactId id, Promise::Origin origin, const QueueId& queue) {
    const World& world = deciding.world();
    const Contact* found = world.find(id);
    if (found == nullptr || found->is_callback) return;
    const Contact contact = *found;
    if (contact.promise && world.find(contact.promise) != nullptr) return;
    const std::optional<PhoneNumber> number = callable_number(world, contact.caller);
    if (number && !is_shared(world, *number)) {
        const std::vector<PromiseId> open = world.open_promises_of(*number);
        if (!open.empty()) {
            deciding.add(PromiseJoined{open.front(), id});
            return;
        }
    }
    Promise promise;
    promise.queue = world.queue_in_force(queue);
    promise.due = window_or_alarm(deciding, promise.queue, deciding.now());
    promise.id = deciding.new_promise();
    promise.reference = callback::reference_of(promise.id);
    promise.origin = origin;
    promise.number = number;
    promise.language = contact.language;
    promise.made_in = id;
    promise.made_at = deciding.now();
    promise.next_try = in_call_hours(deciding, promise.queue, promise.due.from);
    promise.calendar_version = world.calendar().version;
    if (origin == Promise::Origin::crash) {
        promise.place = contact.queued_since;
        promise.priority = contact.priority;
    }
    deciding.add(PromiseMade{promise});
    notify(deciding, notification::Occasion::promise_made, promise.id);
}

void owe_call_at_place(Deciding& deciding, ContactId id) {
    const Contact* found = deciding.world().find(id);
    if (found == nullptr || found->is_callback || !found->queued_since) return;
    const Contact contact = *found;
    owe_call(deciding, id, Promise::Origin::queue, contact.queue);
    const PromiseId owed = deciding.world().find(id)->promise;
    const Promise* promise = deciding.world().find(owed);
    if (promise == nullptr || promise->state != Promise::State::waiting) return;
    const QueueId queue = deciding.world().queue_in_force(contact.queue);
    const Instant earliest = std::max(deciding.now(), promise->due.from);
    const Instant next_try = next_try_at(deciding, queue, earliest);
    deciding.add(PromisePlaced{owed, queue, *contact.queued_since, contact.priority, next_try});
}

namespace {

// The open promise of this caller that keeps a place in the queue: the one he told the reference
// of, or one of the number he rings from.
const Promise* promise_with_place(const World& world, const Contact& contact,
                                  const QueueId& queue) {
    std::vector<PromiseId> his;
    if (contact.promise) his.push_back(contact.promise);
    if (const auto told = world.promise_of(contact.reference)) his.push_back(*told);
    const std::optional<PhoneNumber> number = callable_number(world, contact.caller);
    if (number && !is_shared(world, *number)) {
        for (const PromiseId each : world.open_promises_of(*number)) his.push_back(each);
    }
    for (const PromiseId id : his) {
        const Promise* promise = world.find(id);
        if (promise == nullptr || !promise->place || promise->queue != queue) continue;
        if (promise->state != Promise::State::dialling) return promise;
    }
    return nullptr;
}

}  // namespace

std::optional<Promise> take_place_again(Deciding& deciding, ContactId id, const QueueId& queue) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr || contact->is_callback) return std::nullopt;
    const Promise* found = promise_with_place(deciding.world(), *contact, queue);
    if (found == nullptr) return std::nullopt;
    const Promise promise = *found;
    const bool is_held = contact->promise == promise.id;
    if (promise.state == Promise::State::offered) {
        end_standing_callback(deciding, promise.id);
        deciding.add(PromisePutBack{promise.id, deciding.now()});
    }
    if (!is_held) deciding.add(PromiseJoined{promise.id, id});
    return promise;
}

Instant next_try_at(Deciding& deciding, const QueueId& queue, Instant earliest) {
    return in_call_hours(deciding, queue, window_or_alarm(deciding, queue, earliest).from);
}

// Whoever talks with us has been called back, whichever call it was.
void keep_promises(Deciding& deciding, ContactId id) {
    const Contact* found = deciding.world().find(id);
    if (found == nullptr) return;
    const Contact contact = *found;
    std::vector<PromiseId> kept;
    if (contact.promise) kept.push_back(contact.promise);
    const std::optional<PhoneNumber> number = callable_number(deciding.world(), contact.caller);
    if (number && !is_shared(deciding.world(), *number)) {
        for (const PromiseId promise : deciding.world().open_promises_of(*number)) {
            if (promise != contact.promise) kept.push_back(promise);
        }
    }
    for (const PromiseId promise : kept) {
        const Promise* row = deciding.world().find(promise);
        if (row == nullptr) continue;
        const bool is_his = promise == contact.promise && contact.is_callback;
        // Two phones of one number: the call on its way is left to its own end.
        if (row->state == Promise::State::dialling && !is_his) continue;
        const bool stands = row->state == Promise::State::offered;
        if (stands && !is_his) end_standing_callback(deciding, promise);
        deciding.add(PromiseKept{promise, id});
    }
}

std::optional<Rejection> decide_withdraw(Deciding& deciding, const WithdrawPromise& command) {
    const Promise* promise = deciding.world().find(command.promise);
    if (promise == nullptr) return std::nullopt;  // it has ended
    if (promise->state == Promise::State::dialling) {
        return Rejection{RejectionReason::not_allowed_now, "the call is being made"};
    }
    if (promise->state == Promise::State::offered) {
        end_standing_callback(deciding, command.promise);
    }
    deciding.add(PromiseWithdrawn{command.promise, command.by, command.reason});
    return std::nullopt;
}

void decide_overdue(Deciding& deciding, PromiseId id) {
    const Promise* promise = deciding.world().find(id);
    if (promise == nullptr || promise->is_overdue || promise->due.until > deciding.now()) return;
    deciding.add(PromiseOverdue{id});
    notify(deciding, notification::Occasion::promise_overdue, id);
}

CalendarsBefore calendars_before(const Deciding& deciding) {
    return {deciding.world().calendar(), deciding.world().base().directory};
}

namespace {

// Of a promise that was moved before, away from a stretch of hours that has passed: is what it was
// moved to what one would move it to now? That begins now when the hours have begun.
bool goes_on(const Window& due, const Window& from_now) {
    return due.until == from_now.until && due.from <= from_now.from;
}

// When it is due by the calendar of now; nothing: the change leaves it alone.
std::optional<Window> redated(Deciding& deciding, const Promise& promise,
                              const calendar::Calendar& before) {
    if (promise.state == Promise::State::dialling) return std::nullopt;
    const calendar::Calendar& after = deciding.world().calendar_of(promise.queue);
    std::optional<Window> due = window_of(after, promise.made_at);
    if (due == window_of(before, promise.made_at)) {
        const bool was_moved = due && due->until <= deciding.now() && *due != promise.due;
        if (!was_moved || promise.due.until <= deciding.now()) return std::nullopt;
        due = window_of(after, deciding.now());
        if (due && goes_on(promise.due, *due)) return std::nullopt;
    }
    if (!due || due->until <= deciding.now()) {
        due = window_or_alarm(deciding, promise.queue, deciding.now());
    }
    return *due == promise.due ? std::nullopt : due;
}

}  // namespace

void redate_promises(Deciding& deciding, const CalendarsBefore& before) {
    const std::uint64_t version = deciding.world().calendar().version;
    std::vector<Promise> open;
    deciding.world().promises().for_each([&](const Promise& row) { open.push_back(row); });
    for (const Promise& promise : open) {
        const auto due = redated(deciding, promise, before.of(promise.queue));
        if (!due) continue;
        const bool was_tried = promise.tries_made > 0;
        const Instant earliest = was_tried ? std::max(promise.next_try, due->from) : due->from;
        const auto& calendar = deciding.world().calendar_of(promise.queue);
        const Instant next_try = calendar::is_open(calendar, earliest) || earliest == due->from
                                     ? in_call_hours(deciding, promise.queue, earliest)
                                     : next_try_at(deciding, promise.queue, earliest);
        deciding.add(PromiseRedated{promise.id, *due, promise.due, version, next_try});
        notify(deciding, notification::Occasion::promise_redated, promise.id);
    }
}

}  // namespace amer::centre

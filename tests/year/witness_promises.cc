// What may happen to a promise, and when.
#include <fmt/format.h>

#include "base/reflected_name.h"
#include "witness.h"

namespace amer::year {

namespace {

using namespace centre;
using namespace std::chrono_literals;
using notification::Occasion;

constexpr std::chrono::minutes kGuardAfterCrash{10};
constexpr std::chrono::minutes kPauseAfterAgentLeft{5};

// Emergency and premium numbers, and our own, are never called.
bool is_forbidden(const Configuration& rules, const PhoneNumber& number) {
    const std::string& text = number.e164();
    const bool is_premium = text.starts_with("+9719000") || text.starts_with("+9719002");
    bool is_ours = false;
    for (const DialledNumber& row : rules.numbers) is_ours = is_ours || row.number == number;
    return text == "+971999" || is_premium || is_ours;
}

bool is_shared(const Configuration& rules, const PhoneNumber& number) {
    const std::vector<PhoneNumber>& shared = rules.promises.shared_numbers;
    return std::find(shared.begin(), shared.end(), number) != shared.end();
}

callback::AttemptRule rule_of(const PromisePlan& plan, AttemptOutcome outcome) {
    callback::AttemptRule its{outcome, plan.pause_ms, true, false};
    for (const callback::AttemptRule& row : plan.outcomes) {
        if (row.outcome == outcome) its = row;
    }
    return its;
}

}  // namespace

Witness::Owed& Witness::open_promise(PromiseId id) {
    const auto found = promises_.find(id);
    const bool is_open = found != promises_.end() && found->second.is_open;
    expect(is_open, fmt::format("promise {} is open", id.value), id);
    return found->second;
}

void Witness::close(PromiseId id) {
    Owed& owed = open_promise(id);
    owed.is_open = false;
    owed.is_dialling = false;
    to_be_told_.erase({owed.due.until, id});
    ended_now_.insert(id);
}

void Witness::judge(const PromiseMade& made, Instant at) {
    ++sum_.made;
    const callback::Promise& promise = made.promise;
    const PromiseId id = promise.id;
    if (promise.number && !is_shared(rules_, *promise.number)) {
        for (const auto& [other, row] : state_.promises) {
            expect(row.number != promise.number,
                   fmt::format("he has promise {} already", other.value), id);
        }
    }
    Owed& owed = promises_[id];
    owed.as_made = promise;
    owed.due = promise.due;
    owed.number = promise.number;
    owed.keeps_place = promise.place.has_value();
    to_be_told_.insert({promise.due.until, id});
    expect(promise.made_at == at, "a promise is made when it is made", id);
    const std::optional<Window> due = hours_of(promise.queue).owed_since(at);
    expect(due == promise.due, "the promise is due when the calendar says", id);
    judge_next_try(id, promise.due.from, promise.next_try);
    calls_.at(promise.made_in).promise = id;
    letters_.expect(rules_.notifications, Occasion::promise_made, id, promise.number);
}

void Witness::judge_next_try(PromiseId id, Instant earliest, Instant next_try) const {
    const PromisePlan& plan = rules_.promises;
    const auto callable =
        hours_of(promises_.at(id).as_made.queue)
            .callable_from(earliest, plan.call_from_minute, plan.call_until_minute);
    expect(callable == next_try, "the next try is at the first instant that allows one", id);
}

void Witness::judge(const PromiseJoined& joined, Instant) {
    ++sum_.joined;
    open_promise(joined.promise);
    calls_.at(joined.contact).promise = joined.promise;
}

// He rang us himself and chose to be called back in his turn: that ends the pause after a try.
void Witness::judge(const PromisePlaced& placed, Instant) {
    Owed& owed = open_promise(placed.promise);
    owed.keeps_place = true;
    owed.not_before = {};
}

void Witness::judge(const PromiseNumberGiven& given, Instant) {
    open_promise(given.promise).number = given.number;
    letters_.expect(rules_.notifications, Occasion::promise_made, given.promise, given.number);
}

void Witness::judge_number(const Owed& owed, Instant at) const {
    const PromiseId id = owed.as_made.id;
    expect(owed.number && !is_forbidden(rules_, *owed.number), "his number may be called", id);
    const auto talked = outside_.conversations.find(id);
    expect(talked == outside_.conversations.end(), "who was reached is not dialled again", id);
    const auto rang_us = outside_.talked_at.find(*owed.number);
    const bool has_talked =
        rang_us != outside_.talked_at.end() && rang_us->second > owed.as_made.made_at;
    expect(!has_talked || is_shared(rules_, *owed.number),
           "who has talked with us since is not dialled", id);
    for (const auto& [contact, call] : calls_) {
        expect(call.is_callback || call.promise != id,
               fmt::format("he is on the line at {}, as contact {}", at.time_since_epoch().count(),
                           contact.value),
               id);
    }
}

void Witness::judge(const AttemptStarted& started, Instant at) {
    ++sum_.attempts;
    const PromiseId id = started.promise;
    Owed& owed = open_promise(id);
    const PlainHours& hours = hours_of(owed.as_made.queue);
    const PromisePlan& plan = rules_.promises;
    expect(hours.is_open(at), "nobody is dialled outside the official hours", id);
    const std::int32_t minute = hours.minute_of(at);
    expect(plan.call_from_minute <= minute && minute < plan.call_until_minute,
           "nobody is dialled outside the call hours", id);
    expect(at >= owed.due.from, "nobody is dialled before he was told", id);
    expect(at >= owed.not_before, "nobody is dialled before the pause is over", id);
    expect(!owed.is_dialling, "one call at a time is made for a promise", id);
    expect(dialled_.insert({id, started.contact}).second, "a call back dials once", id);
    expect(started.number == owed.number, "the number of the promise is dialled", id);
    expect(started.attempt == owed.tries + 1 && started.attempt <= plan.tries,
           "the tries are counted", id);
    judge_number(owed, at);
    owed.is_dialling = true;
    owed.tries = started.attempt;
}

void Witness::judge(const AttemptFailed& failed, Instant at) {
    const PromiseId id = failed.promise;
    Owed& owed = open_promise(id);
    expect(owed.is_dialling, "only a try fails", id);
    const callback::AttemptRule rule = rule_of(rules_.promises, failed.outcome);
    Duration pause = std::chrono::milliseconds{rule.pause_ms};
    if (failed.outcome == AttemptOutcome::unknown) pause = kGuardAfterCrash;
    const bool has_more = !rule.counts || owed.tries < rules_.promises.tries;
    expect(failed.next_try.has_value() == (has_more && !rule.is_last),
           fmt::format("after {} there is another try, or none", enum_name(failed.outcome)), id);
    if (failed.next_try) judge_next_try(id, at + pause, *failed.next_try);
    owed.is_dialling = false;
    owed.failed_by = failed.outcome;
    owed.not_before = at + pause;
    if (!rule.counts) owed.tries -= 1;
}

void Witness::judge(const PromisePutBack& back, Instant at) {
    Owed& owed = open_promise(back.promise);
    if (owed.is_dialling) {
        owed.tries -= 1;
        owed.not_before = std::max(owed.not_before, at + kPauseAfterAgentLeft);
    }
    owed.is_dialling = false;
    expect(back.next_try >= at, "what is put back is tried later", back.promise);
    if (!owed.keeps_place) judge_next_try(back.promise, back.next_try, back.next_try);
}

void Witness::judge(const PromiseOverdue& overdue, Instant at) {
    ++sum_.overdue;
    const PromiseId id = overdue.promise;
    Owed& owed = open_promise(id);
    expect(!owed.is_overdue && owed.due.until <= at, "it is overdue once, when it is", id);
    expect(!is_late(owed.due.until, at), "it is said at once that it is overdue", id);
    owed.is_overdue = true;
    to_be_told_.erase({owed.due.until, id});
    letters_.expect(rules_.notifications, Occasion::promise_overdue, id, owed.number);
}

void Witness::judge(const PromiseKept& kept, Instant at) {
    ++sum_.kept;
    const PromiseId id = kept.promise;
    const Owed& owed = open_promise(id);
    if (at <= owed.due.until) ++sum_.kept_in_time;
    const Call& call = calls_.at(kept.contact);
    const bool is_his =
        call.promise == id || (call.caller.number && call.caller.number == owed.number);
    expect(call.has_talked && is_his, "a promise is kept by talking with him", id);
    close(id);
}

void Witness::judge(const PromiseBroken& broken, Instant) {
    ++sum_.broken;
    const PromiseId id = broken.promise;
    const Owed& owed = open_promise(id);
    switch (broken.reason) {
        case BreakReason::no_number: expect(!owed.number, "there was no number", id); break;
        case BreakReason::tries_used_up:
            expect(owed.tries == rules_.promises.tries, "all tries were made", id);
            break;
        case BreakReason::invalid_number:
            expect(owed.failed_by && rule_of(rules_.promises, *owed.failed_by).is_last,
                   "another try would be of no use", id);
    }
    letters_.expect(rules_.notifications, Occasion::promise_broken, id, owed.number);
    close(id);
}

void Witness::judge(const PromiseWithdrawn& withdrawn, Instant) {
    ++sum_.withdrawn;
    expect(!withdrawn.by.empty(), "it is said who withdraws", withdrawn.promise);
    close(withdrawn.promise);
}

}  // namespace amer::year

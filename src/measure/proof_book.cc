#include "measure/proof_book.h"

#include <algorithm>
#include <iterator>

#include "base/reflected_name.h"
#include "core/callback/numbers.h"
#include "core/centre/ledger_line.h"

namespace amer::measure {

namespace {

void count(ProofTotals& totals, const ProvedPromise& promise) {
    totals.made += 1;
    switch (promise.standing) {
        case Standing::open: totals.open += 1; return;
        case Standing::overdue: totals.overdue += 1; return;
        case Standing::kept_in_time: totals.kept_in_time += 1; break;
        case Standing::kept_late: totals.kept_late += 1; break;
        case Standing::broken: totals.broken += 1; return;
        case Standing::withdrawn: totals.withdrawn += 1; return;
    }
    totals.kept += 1;
}

bool has_ended(const ProvedPromise& promise) { return promise.ended.has_value(); }

}  // namespace

void ProofBook::take(const centre::Event& event, Instant at) {
    at_ = at;
    std::visit([&](const auto& one) { on(one); }, event);
    write_line(event);
}

// After the event was told, so that the first line of a promise finds it.
void ProofBook::write_line(const centre::Event& event) {
    const std::string before = chain_.head();
    const auto line = chain_.take(event, at_);
    if (!line) return;
    const PromiseId id = centre::promise_of_line(event);
    if (ProvedPromise* promise = find(id)) {
        promise->lines.push_back(LedgerLine{chain_.lines(), at_, *line, before, chain_.head()});
    }
    forget_ended(id);
}

bool ProofBook::is_today() const { return calendar::local_time(calendar_, at_).day == day_; }

bool ProofBook::is_kept_in_mind(PromiseId promise) const {
    return of_the_days_calls_.contains(promise) || others_.contains(promise);
}

ProvedPromise* ProofBook::find(PromiseId promise) {
    const auto found = promises_.find(promise);
    return found == promises_.end() ? nullptr : &found->second;
}

ProofBook::Call* ProofBook::call(ContactId contact) {
    const auto found = calls_.find(contact);
    return found == calls_.end() ? nullptr : &found->second;
}

void ProofBook::on(const centre::ConfigurationPublished& event) {
    calendar_ = event.configuration.calendar;
    ministry_ = event.configuration.ministry;
}

void ProofBook::on(const centre::ClosureSet& event) {
    calendar_.version = event.calendar_version;
    for (calendar::Closure& row : calendar_.closures) {
        if (row.id != event.closure.id) continue;
        row = event.closure;
        return;
    }
    calendar_.closures.push_back(event.closure);
}

void ProofBook::on(const centre::ContactOpened& event) {
    const bool is_inbound = event.kind == centre::ContactKind::inbound;
    if (!is_inbound || calendar::is_open(calendar_, at_)) return;
    Call outside;
    outside.told.contact = event.contact;
    outside.told.at = at_;
    outside.told.dialled = event.dialled;
    if (!event.caller.is_hidden) outside.told.number = event.caller.number;
    outside.told.language = event.language;
    outside.told.calendar_version = calendar_.version;
    outside.is_of_the_day = is_today();
    calls_.emplace(event.contact, std::move(outside));
}

void ProofBook::on(const centre::LanguageChosen& event) {
    if (Call* of = call(event.contact)) of->told.language = event.language;
}

void ProofBook::on(const centre::ContactQueued& event) {
    if (Call* of = call(event.contact)) of->has_waited = true;
}

void ProofBook::on(const centre::ContactConnected& event) {
    if (Call* of = call(event.contact)) of->has_talked = true;
}

void ProofBook::on(const centre::ContactEnded& event) {
    Call* of = call(event.contact);
    if (of == nullptr) return;
    of->told.how = enum_name(event.how);
    of->ended_in_hours = calendar::is_open(calendar_, at_);
    if (!of->is_of_the_day) calls_.erase(event.contact);
}

// A call outside hours answers for its promise on the day on which it came, even when midnight lies
// between the two.
void ProofBook::link(ContactId contact, PromiseId promise, bool has_joined) {
    Call* of = call(contact);
    if (of == nullptr) return;
    of->told.promise = promise;
    of->told.has_joined = has_joined;
    if (of->is_of_the_day) of_the_days_calls_.insert(promise);
}

void ProofBook::on(const centre::PromiseMade& event) {
    const callback::Promise& made = event.promise;
    ProvedPromise promise;
    promise.id = made.id;
    promise.reference = made.reference;
    promise.origin = made.origin;
    promise.number = made.number;
    promise.language = made.language;
    promise.queue = made.queue;
    promise.made_in = made.made_in;
    promise.made_at = made.made_at;
    promise.promised = made.due;
    promise.calendar_version = made.calendar_version;
    promise.due = made.due;
    promises_.emplace(made.id, std::move(promise));
    link(made.made_in, made.id, false);
    if (call(made.made_in) == nullptr && is_today()) others_.insert(made.id);
}

void ProofBook::on(const centre::PromiseJoined& event) {
    ProvedPromise* promise = find(event.promise);
    if (promise == nullptr) return;
    promise->joined.push_back(event.contact);
    link(event.contact, event.promise, true);
}

void ProofBook::on(const centre::PromiseNumberGiven& event) {
    if (ProvedPromise* promise = find(event.promise)) promise->number = event.number;
}

void ProofBook::on(const centre::MessageLeft& event) {
    ProvedPromise* promise = find(event.promise);
    if (promise == nullptr) return;
    promise->messages.push_back(
        ProvedMessage{at_, event.contact, event.recording, event.length_ms, event.sha256});
}

void ProofBook::on(const centre::PromisePlaced& event) {
    if (ProvedPromise* promise = find(event.promise)) promise->queue = event.queue;
}

void ProofBook::on(const centre::PromiseRedated& event) {
    ProvedPromise* promise = find(event.promise);
    if (promise == nullptr) return;
    promise->due = event.due;
    promise->redatings.push_back(
        ProvedRedating{at_, event.due, event.due_before, event.calendar_version});
}

void ProofBook::on(const centre::AttemptStarted& event) {
    ProvedPromise* promise = find(event.promise);
    if (promise == nullptr) return;
    promise->attempts.push_back(ProvedAttempt{
        at_, event.attempt, event.contact, event.agent, event.number, std::nullopt, "", {}});
}

ProvedAttempt* ProofBook::last_attempt(PromiseId promise, ContactId contact) {
    ProvedPromise* of = find(promise);
    if (of == nullptr || of->attempts.empty()) return nullptr;
    ProvedAttempt& last = of->attempts.back();
    const bool is_its = !last.ended && (!contact || last.contact == contact);
    return is_its ? &last : nullptr;
}

void ProofBook::on(const centre::AttemptFailed& event) {
    ProvedAttempt* attempt = last_attempt(event.promise, event.contact);
    if (attempt == nullptr) return;
    attempt->ended = at_;
    attempt->outcome = enum_name(event.outcome);
    attempt->next_try = event.next_try;
}

void ProofBook::on(const centre::PromisePutBack& event) {
    ProvedAttempt* attempt = last_attempt(event.promise, ContactId{});
    if (attempt == nullptr) return;  // nobody was dialled
    attempt->ended = at_;
    attempt->outcome = "agent_left";
    attempt->next_try = event.next_try;
}

void ProofBook::on(const centre::PromiseOverdue& event) {
    if (ProvedPromise* promise = find(event.promise)) promise->overdue_at = at_;
}

void ProofBook::end(PromiseId promise, Standing how) {
    ProvedPromise* of = find(promise);
    if (of == nullptr) return;
    of->ended = at_;
    of->standing = how;
}

void ProofBook::on(const centre::PromiseKept& event) {
    ProvedPromise* promise = find(event.promise);
    if (promise == nullptr) return;
    end(event.promise, at_ < promise->due.until ? Standing::kept_in_time : Standing::kept_late);
    promise->kept_in = event.contact;
    if (ProvedAttempt* attempt = last_attempt(event.promise, event.contact)) {
        attempt->ended = at_;
        attempt->outcome = "answered";
    }
}

void ProofBook::on(const centre::PromiseBroken& event) {
    end(event.promise, Standing::broken);
    if (ProvedPromise* promise = find(event.promise)) promise->reason = enum_name(event.reason);
}

void ProofBook::on(const centre::PromiseWithdrawn& event) {
    end(event.promise, Standing::withdrawn);
    ProvedPromise* promise = find(event.promise);
    if (promise == nullptr) return;
    promise->reason = event.reason;
    promise->withdrawn_by = event.by;
}

// What still happens to an ended promise of another day is nobody's question.
void ProofBook::forget_ended(PromiseId promise) {
    const ProvedPromise* of = find(promise);
    if (of == nullptr || !has_ended(*of) || is_kept_in_mind(promise)) return;
    for (const ProvedNotification& row : of->notifications) notifications_.erase(row.id);
    promises_.erase(promise);
}

void ProofBook::on(const centre::NotificationOwed& event) {
    const notification::Notification& row = event.notification;
    ProvedPromise* promise = find(row.promise);
    if (promise == nullptr) return;
    promise->notifications.push_back(ProvedNotification{row.id, at_, row.occasion, row.channel,
                                                        row.to, std::nullopt, false, ""});
    notifications_.emplace(row.id, row.promise);
}

void ProofBook::end_notification(NotificationId id, bool is_sent, const std::string& detail) {
    const auto found = notifications_.find(id);
    if (found == notifications_.end()) return;
    if (ProvedPromise* promise = find(found->second)) {
        for (ProvedNotification& row : promise->notifications) {
            if (row.id != id) continue;
            row.ended = at_;
            row.is_sent = is_sent;
            row.detail = detail;
        }
    }
    notifications_.erase(found);
}

void ProofBook::on(const centre::NotificationSent& event) {
    end_notification(event.notification, true, event.receipt);
}

void ProofBook::on(const centre::NotificationGivenUp& event) {
    end_notification(event.notification, false, event.why);
}

void ProofBook::on(const centre::LedgerSealed& event) {
    seals_.push_back(ProvedSeal{event.day, at_, event.lines, event.head, chain_.agrees(event)});
}

WithoutPromise ProofBook::why_without(const Call& outside) {
    const ProvedCall& told = outside.told;
    if (outside.has_talked) return WithoutPromise::served;
    if (told.how.empty()) return WithoutPromise::is_there;
    if (outside.has_waited) return WithoutPromise::waited;
    if (outside.ended_in_hours) return WithoutPromise::opened_meanwhile;
    if (told.number && !callback::may_be_called(*told.number)) return WithoutPromise::not_callable;
    return WithoutPromise::unexplained;
}

void ProofBook::add_calls(PromiseProof& proof) const {
    for (const auto& [id, row] : calls_) {
        if (!row.is_of_the_day) continue;
        ProvedCall told = row.told;
        if (!told.promise) {
            told.without = why_without(row);
            proof.calls_without_promise += 1;
        } else {
            (told.has_joined ? proof.calls_with_promise_joined : proof.calls_with_promise_made) +=
                1;
        }
        proof.calls.push_back(std::move(told));
    }
    proof.calls_outside_hours = std::ssize(proof.calls);
}

void ProofBook::add_promises(PromiseProof& proof) const {
    for (const auto& [id, row] : promises_) {
        if (!is_kept_in_mind(id)) continue;
        ProvedPromise promise = row;
        const bool is_late = promise.overdue_at.has_value() || promise.due.until <= at_;
        if (!has_ended(promise) && is_late) promise.standing = Standing::overdue;
        const bool is_of_a_call = of_the_days_calls_.contains(id);
        count(is_of_a_call ? proof.totals : proof.other_totals, promise);
        (is_of_a_call ? proof.promises : proof.others).push_back(std::move(promise));
    }
}

// Of each line the first seal after it, once.
void ProofBook::add_seals(PromiseProof& proof) const {
    std::set<std::size_t> covering;
    for (const std::vector<ProvedPromise>* list : {&proof.promises, &proof.others}) {
        for (const ProvedPromise& promise : *list) {
            for (const LedgerLine& line : promise.lines) {
                const auto covers = [&](const ProvedSeal& seal) {
                    return line.number <= seal.lines;
                };
                const auto first = std::find_if(seals_.begin(), seals_.end(), covers);
                if (first == seals_.end()) {
                    proof.unsealed_lines += 1;
                } else {
                    covering.insert(static_cast<std::size_t>(first - seals_.begin()));
                }
            }
        }
    }
    for (const std::size_t seal : covering) proof.seals.push_back(seals_[seal]);
}

PromiseProof ProofBook::proof() const {
    PromiseProof proof;
    proof.day = calendar::text_of(day_);
    proof.as_of = at_;
    proof.ministry = ministry_;
    proof.calendar_name = calendar_.name;
    add_calls(proof);
    add_promises(proof);
    add_seals(proof);
    proof.lines = chain_.lines();
    proof.head = chain_.head();
    return proof;
}

}  // namespace amer::measure

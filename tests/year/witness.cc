#include "witness.h"

#include <charconv>

#include <fmt/format.h>

#include "base/sha256.h"
#include "core/centre/apply.h"
#include "core/centre/centre.h"
#include "core/centre/invariants.h"
#include "core/centre/ledger_line.h"

namespace amer::year {

namespace {

using namespace centre;

// The invariants look at the whole state; of so many decisions one is looked at.
constexpr std::uint64_t kLookAtOneOf = 64;
constexpr Duration kTick = std::chrono::seconds{1};

// "2026-01-05T03:30:00.000000Z 12 made ..."
PromiseId promise_of(const std::string& line) {
    const std::size_t begin = line.find(' ') + 1;
    std::uint64_t number = 0;
    std::from_chars(line.data() + begin, line.data() + line.size(), number);
    return PromiseId{number};
}

}  // namespace

void Witness::expect(bool is_true, const std::string& sentence, PromiseId promise) const {
    if (!is_true) throw YearFailed{sentence, promise};
}

bool Witness::is_late(Instant due, Instant at) const {
    return due + kTick < at && excused_until_ + kTick < at;
}

void Witness::follow(const JournalOfYear& journal) {
    while (read_ < journal.last()) {
        const engine::Entry& first = journal.entry(read_ + 1);
        while (read_ < journal.last() && journal.entry(read_ + 1).decision == first.decision) {
            take(journal.entry(++read_));
        }
        judge_after_decision(first.at);
    }
}

void Witness::take(const engine::Entry& entry) {
    ++sum_.events;
    write_ledger(entry.event, entry.at);
    std::visit([&](const auto& event) { judge(event, entry.at); }, entry.event);
    if (const auto* owed = std::get_if<NotificationOwed>(&entry.event)) {
        letters_.take(owed->notification);
        ++sum_.letters;
    }
    if (const auto* alarm = std::get_if<AlarmRaised>(&entry.event)) {
        // Of the whole centre: owed once until somebody has it.
        const bool is_far = alarm->what == "no_opening_in_30_days";
        if (is_far && !letters_.is_under_way(notification::Occasion::no_opening)) {
            letters_.expect(rules_.notifications, notification::Occasion::no_opening, {}, {});
        }
    }
    if (const auto* sent = std::get_if<NotificationSent>(&entry.event)) {
        letters_.end(sent->notification);
    }
    if (const auto* given_up = std::get_if<NotificationGivenUp>(&entry.event)) {
        letters_.end(given_up->notification);
    }
    apply(state_, entry.event, entry.at);
    for (const std::string& sentence : account_.take(entry.event)) expect(false, sentence);
}

void Witness::write_ledger(const Event& event, Instant at) {
    const std::optional<std::string> line = ledger_line(event, at);
    if (!line) return;
    head_ = sha256(head_ + ' ' + *line + '\n');
    ++lines_;
    promises_[promise_of(*line)].lines.push_back(*line);
    if (!unsealed_day_) unsealed_day_ = hours_of(rules_.promises.queue).day_of(at);
}

void Witness::judge(const LedgerSealed& sealed, Instant at) {
    ++sum_.seals;
    expect(sealed.head == head_ && sealed.lines == lines_,
           fmt::format("the seal of {} is that of the {} lines written", sealed.day, lines_));
    expect(unsealed_day_.has_value(), "only a day with lines is sealed");
    const std::chrono::sys_days over{std::chrono::days{*unsealed_day_}};
    expect(sealed.day == calendar::text_of(over), "the day with the first open line is sealed");
    const std::int64_t today = hours_of(rules_.promises.queue).day_of(at);
    expect(today > *unsealed_day_, "a day is sealed when it is over");
    unsealed_day_.reset();
}

void Witness::judge(const ContactOpened& opened, Instant at) {
    Call call;
    call.opened_at = at;
    call.is_callback = opened.kind == ContactKind::callback;
    call.was_open = hours_of(rules_.promises.queue).is_open(at);
    call.caller = opened.caller;
    call.promise = opened.promise;
    if (!call.is_callback) {
        ++sum_.calls;
        if (!call.was_open) ++sum_.calls_outside_hours;
    }
    calls_[opened.contact] = call;
}

void Witness::judge(const ContactConnected& connected, Instant) {
    ++sum_.talks;
    calls_.at(connected.contact).has_talked = true;
}

// Whoever rang outside the hours and never came to an agent is owed a call (R7).
void Witness::judge(const ContactEnded& ended, Instant at) {
    const auto found = calls_.find(ended.contact);
    expect(found != calls_.end(), "a contact ends once");
    const Call call = found->second;
    calls_.erase(found);
    if (call.is_callback || call.has_talked) return;
    if (hours_of(rules_.promises.queue).is_open(at)) return;
    const bool went_away = ended.how == ContactEnd::left_in_flow;
    if (call.was_open && !went_away) return;
    expect(
        static_cast<bool>(call.promise),
        fmt::format("contact {} rang outside the hours and is owed a call", ended.contact.value));
}

void Witness::judge_after_decision(Instant at) {
    ++sum_.decisions;
    if (has_new_calendar_) judge_redating(at);
    expect(redated_.empty(), "only a change of the calendar dates promises anew",
           redated_.empty() ? PromiseId{} : redated_.begin()->first);
    const std::string letters = letters_.disagreement();
    expect(letters.empty(), letters);
    for (const PromiseId id : ended_now_) {
        expect(!state_.promises.contains(id), "a promise that ended is not open", id);
    }
    ended_now_.clear();
    expect(state_.ledger.head == head_ && state_.ledger.lines == lines_,
           "the ledger's head is that of the lines written");
    if (sum_.decisions % kLookAtOneOf == 0) judge_state();
    look_at_clock(at);
}

void Witness::look_at_clock(Instant now) {
    if (!to_be_told_.empty()) {
        const auto& [until, id] = *to_be_told_.begin();
        expect(!is_late(until, now),
               fmt::format("promise {} is overdue and nobody said so", id.value), id);
    }
    if (!unsealed_day_ || rules_.queues.empty()) return;
    const std::chrono::sys_days next{std::chrono::days{*unsealed_day_ + 1}};
    const Instant midnight = next - std::chrono::minutes{rules_.calendar.zone.at(0).offset_minutes};
    expect(!is_late(midnight, now), "a day with lines in the ledger is sealed at its end");
}

void Witness::judge_state() const {
    const std::vector<std::string> broken = broken_invariants(state_);
    expect(broken.empty(), broken.empty() ? "" : broken.front());
    std::size_t open = 0;
    for (const auto& [until, id] : to_be_told_) open += state_.promises.contains(id) ? 1 : 0;
    expect(open == to_be_told_.size(), "a promise is open until it has an end");
}

void Witness::judge_end() const {
    judge_state();
    expect(state_.contacts.empty() && state_.offers.empty(), "every contact has ended");
    expect(account_.waiting() == 0, "nobody waits");
    expect(state_.recordings.empty(), "every recording was finished");
    expect(state_.notifications.empty(), "every letter was sent or given up");
    for (const auto& [id, owed] : promises_) {
        expect(!owed.is_open, fmt::format("promise {} has an end", id.value), id);
    }
}

std::vector<std::string> Witness::history(PromiseId promise) const {
    const auto found = promises_.find(promise);
    return found == promises_.end() ? std::vector<std::string>{} : found->second.lines;
}

}  // namespace amer::year

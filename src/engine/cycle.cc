#include "engine/cycle.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/check.h"
#include "engine/state_hash.h"

namespace amer::engine {

namespace {

using namespace std::chrono_literals;

// While the journal fails it is tried again this often, also when nothing happens; new calls and
// ticks wait for it.
constexpr Duration kPauseBetweenTries = 1s;
constexpr Duration kPauseBetweenAlarms = 10s;

}  // namespace

Cycle::Cycle(Journal& journal, Clock& clock, OnTrouble on_trouble)
    : journal_{journal}, clock_{clock}, on_trouble_{std::move(on_trouble)} {}

void Cycle::subscribe(Subscriber subscriber) { subscribers_.push_back(std::move(subscriber)); }

Result<void> Cycle::load() {
    const auto loaded = reload();
    if (!loaded) return loaded;
    published_ = sequence_;
    const Instant now = clock_.now();
    if (now < last_at_) {
        trouble(
            fmt::format("the clock stands {} s before the last journal entry",
                        std::chrono::duration_cast<std::chrono::seconds>(last_at_ - now).count()));
        clock_.not_before(last_at_);
    }
    return {};
}

void Cycle::run(std::vector<Submission>& batch) {
    const Instant now = read_clock();
    entries_.clear();
    if (state_is_lost_) {
        if (const auto reloaded = reload(); !reloaded) {
            next_try_ = now + kPauseBetweenTries;
            count_failure(batch);
            sound_alarm(now, reloaded.error());
            for (const Submission& each : batch) {
                if (each.answer) each.answer(failed(reloaded.error().what));
            }
            return;
        }
    }
    const bool is_try = is_failing() && may_try(now);
    if (is_failing() && (is_try || !batch.empty())) kept_ = state_;
    const std::uint64_t before = sequence_;

    decide_tick(now);
    std::vector<Decided> decided;
    decided.reserve(batch.size());
    for (const Submission& each : batch) decided.push_back(decide(each, read_clock()));
    commands_ += batch.size();
    if (!batch.empty() || !entries_.empty()) ++batches_;

    const auto written = entries_.empty() && !is_try ? Result<void>{} : write(now);
    if (!written) {
        count_failure(batch);
        fall_back(now, before, written.error());
    } else if (!entries_.empty()) {
        publish(entries_);
    }
    for (std::size_t index = 0; index < batch.size(); ++index) {
        if (!batch[index].answer) continue;
        const Decided& its = decided[index];
        if (!written) {
            batch[index].answer(failed(written.error().what));
        } else if (its.outcome) {
            batch[index].answer(*its.outcome);
        } else {
            Outcome done;
            done.entries.assign(entries_.begin() + static_cast<std::ptrdiff_t>(its.first),
                                entries_.begin() + static_cast<std::ptrdiff_t>(its.last));
            if (!done.entries.empty()) done.sequence = done.entries.back().sequence;
            batch[index].answer(done);
        }
    }
}

std::optional<Instant> Cycle::next_wake() const {
    if (is_failing()) return next_try_;
    auto due = centre::next_deadline(state_);
    if (due && next_tick_) due = std::max(*due, *next_tick_);
    return due;
}

EngineStatus Cycle::status() {
    if (hash_.empty() || hashed_at_ != sequence_) {
        hash_ = state_hash(state_);
        hashed_at_ = sequence_;
    }
    const centre::Totals totals = centre::totals(state_);
    return EngineStatus{.sequence = sequence_,
                        .state_hash = hash_,
                        .contacts = totals.contacts,
                        .waiting = totals.waiting,
                        .agents_logged_in = totals.agents_logged_in,
                        .promises_open = totals.promises_open,
                        .commands = commands_,
                        .batches = batches_,
                        .failing_since = failing_since_,
                        .failure = failure_};
}

Outcome Cycle::failed(std::string why) const {
    return Outcome{.kind = Outcome::Kind::failed,
                   .sequence = 0,
                   .entries = {},
                   .rejection = {},
                   .failure = std::move(why),
                   .failures = failures_};
}

Instant Cycle::read_clock() {
    last_at_ = std::max(last_at_, clock_.now());
    return last_at_;
}

Cycle::Decided Cycle::decide(const Submission& submission, Instant now) {
    const bool may_wait = std::holds_alternative<centre::OpenContact>(submission.command);
    const bool is_overtaking = submission.failures_heard < failures_;
    if (!is_overtaking && (may_try(now) || !may_wait)) return decide(submission.command, now);
    return {.first = entries_.size(),
            .last = entries_.size(),
            .outcome = failed(is_overtaking ? "an earlier command failed"
                                            : "the journal cannot be written")};
}

Cycle::Decided Cycle::decide(const centre::Command& command, Instant now) {
    Decided decided{.first = entries_.size(), .last = entries_.size(), .outcome = {}};
    centre::Decision decision = centre::decide(state_, command, now);
    if (!decision) {
        decided.outcome = Outcome{.kind = Outcome::Kind::rejected,
                                  .sequence = 0,
                                  .entries = {},
                                  .rejection = std::move(decision.error()),
                                  .failure = {},
                                  .failures = failures_};
        return decided;
    }
    const std::uint64_t first = sequence_ + 1;
    for (centre::Event& event : *decision) {
        centre::apply(state_, event, now);
        entries_.push_back(Entry{++sequence_, first, now, std::move(event)});
    }
    decided.last = entries_.size();
    return decided;
}

void Cycle::decide_tick(Instant now) {
    if (!may_try(now)) return;
    auto due = centre::next_deadline(state_);
    if (due && next_tick_) due = std::max(*due, *next_tick_);
    if (!due || *due > now) return;
    next_tick_.reset();
    const Decided decided = decide(centre::Tick{}, now);
    const auto next = centre::next_deadline(state_);
    if (decided.first == decided.last && next && *next <= now) {
        // A bug of the core, but the calls go on: never spin on a deadline that does not go away.
        next_tick_ = now + kPauseBetweenTries;
        trouble("a deadline has passed and the Tick changed nothing");
    }
}

Result<void> Cycle::write(Instant now) {
    const auto written = journal_.append(entries_);
    if (written && is_failing()) {
        const auto lasted =
            std::chrono::duration_cast<std::chrono::milliseconds>(now - *failing_since_).count();
        failing_since_.reset();
        failure_.clear();
        kept_.reset();
        trouble(fmt::format("the journal can be written again, after {} ms", lasted));
    }
    return written;
}

// Nothing of the batch happened: the state before it is taken from the copy made while failing, or
// rebuilt from the journal. What the journal has beyond it happened all the same: it is the truth.
void Cycle::fall_back(Instant now, std::uint64_t before, const Error& error) {
    entries_.clear();
    sequence_ = before;
    next_try_ = now + kPauseBetweenTries;
    sound_alarm(now, error);
    if (kept_) {
        Snapshot from{before, last_at_, std::move(*kept_)};
        kept_.reset();
        static_cast<void>(rebuild(std::move(from)));
    } else {
        static_cast<void>(reload());
    }
}

// Who sends in no order need not hear of it: nor do others because of him.
void Cycle::count_failure(const std::vector<Submission>& batch) {
    const auto is_in_order = [](const Submission& each) {
        return each.failures_heard != kAnyOrder;
    };
    if (std::ranges::any_of(batch, is_in_order)) ++failures_;
}

void Cycle::sound_alarm(Instant now, const Error& error) {
    failure_ = error.what;
    if (!is_failing()) {
        failing_since_ = now;
        next_alarm_ = now + kPauseBetweenAlarms;
        trouble("the journal cannot be written: " + error.what);
    } else if (now >= next_alarm_) {
        next_alarm_ = now + kPauseBetweenAlarms;
        const auto lasts = std::chrono::duration_cast<std::chrono::seconds>(now - *failing_since_);
        trouble(
            fmt::format("the journal cannot be written for {} s now, new calls are turned away:"
                        " {}",
                        lasts.count(), error.what));
    }
}

Result<void> Cycle::reload() {
    // Not beyond what subscribers know: they are told every entry after that.
    constexpr std::uint64_t kAny = std::numeric_limits<std::uint64_t>::max();
    return rebuild(journal_.newest_snapshot(published_.value_or(kAny)).value_or(Snapshot{}));
}

Result<void> Cycle::rebuild(Snapshot from) {
    const bool is_news = !std::exchange(state_is_lost_, true);
    Snapshot& reached = from;
    std::vector<Entry> unpublished;
    const auto read = journal_.read(reached.sequence + 1, [&](const Entry& entry) {
        advance(reached, entry);
        if (published_ && entry.sequence > *published_) unpublished.push_back(entry);
    });
    if (!read) {
        if (is_news) trouble("the journal cannot be read: " + read.error().what);
        return read;
    }
    state_ = std::move(reached.state);
    sequence_ = reached.sequence;
    last_at_ = std::max(last_at_, reached.at);
    state_is_lost_ = false;
    // A write that was reported as failed and yet is there: what is durable is what happened.
    if (!unpublished.empty()) publish(unpublished);
    return {};
}

void Cycle::publish(const std::vector<Entry>& entries) {
    published_ = entries.back().sequence;
    for (const Subscriber& subscriber : subscribers_) subscriber(entries);
}

void Cycle::trouble(const std::string& what) const {
    if (on_trouble_) on_trouble_(what);
}

}  // namespace amer::engine

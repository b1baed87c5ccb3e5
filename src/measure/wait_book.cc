#include "measure/wait_book.h"

#include <algorithm>

namespace amer::measure {

namespace {

using centre::QueueExit;

constexpr std::int32_t kHalfHours = 2;  // of an hour

Duration length_of(std::int64_t ms) { return std::chrono::milliseconds{ms}; }

std::int64_t& way_in(ToldWaits& waits, QueueExit how) {
    switch (how) {
        case QueueExit::abandoned: return waits.left;
        case QueueExit::callback: return waits.kept_place;
        case QueueExit::failed: return waits.failed;
        default: return waits.moved;
    }
}

void append(std::vector<std::int64_t>& sum, const std::vector<std::int64_t>& part) {
    sum.insert(sum.end(), part.begin(), part.end());
}

}  // namespace

// In two books: the queue's and that of all together.
template <typename Change>
void WaitBook::book(const QueueId& queue, const HalfHour& when, Change change) {
    for (const QueueId& account : {queue, QueueId{}}) {
        change(told_[account][when.day][when.number / kHalfHours]);
    }
}

void WaitBook::on(const centre::ContactQueued& event) { open_[event.contact].first = event.queue; }

void WaitBook::on(const centre::WaitTold& event, Instant at) {
    const HalfHour when = ledger_.half_hour_of(at);
    if (!event.estimate || !event.minutes) {
        book(event.queue, when, [](ToldRecord& record) { record.waits.without_estimate += 1; });
        return;
    }
    // Minutes are rounded up: "less than a minute" is as good as one.
    const std::chrono::minutes told{std::max(1, *event.minutes)};
    std::vector<Telling>& tellings = open_[event.contact].told;
    const bool is_first = tellings.empty();
    tellings.push_back({event.queue, when, at, *event.estimate, Duration{told}.count()});
    book(event.queue, when, [&](ToldRecord& record) {
        record.waits.told += 1;
        record.waits.waiting += 1;
        record.waits.callers += is_first ? 1 : 0;
    });
}

void WaitBook::on(const centre::QueueLeft& event, Instant at) {
    const auto found = open_.find(event.contact);
    if (found == open_.end() || found->second.first != event.queue) return;
    for (const Telling& telling : found->second.told) {
        if (event.how == QueueExit::answered) {
            judge(telling, at - telling.at);
        } else {
            lose(telling, event.how, at - telling.at);
        }
    }
    open_.erase(found);
}

void WaitBook::judge(const Telling& telling, Duration wait) {
    const bool is_below = wait < length_of(telling.estimate.low_ms);
    const bool is_above = wait > length_of(telling.estimate.high_ms);
    const Duration expected = length_of(telling.estimate.expected_ms);
    book(telling.queue, telling.when, [&](ToldRecord& record) {
        ToldWaits& waits = record.waits;
        waits.waiting -= 1;
        waits.answered += 1;
        (is_below ? waits.below_range : is_above ? waits.above_range : waits.in_range) += 1;
        record.told_errors_us.push_back(telling.told_us - wait.count());
        record.estimate_errors_us.push_back((expected - wait).count());
    });
}

// How long he would have waited nobody knows; only that it is longer than he did.
void WaitBook::lose(const Telling& telling, QueueExit how, Duration wait) {
    // When the process died is not known either.
    const bool is_past = how != QueueExit::failed && wait > length_of(telling.estimate.high_ms);
    book(telling.queue, telling.when, [&](ToldRecord& record) {
        record.waits.waiting -= 1;
        way_in(record.waits, how) += 1;
        record.waits.outlasted += is_past ? 1 : 0;
    });
}

WaitBook::Hours WaitBook::told_in(const Span& span, const QueueId& queue) const {
    Hours sum;
    const auto found = told_.find(queue);
    if (found == told_.end()) return sum;
    for (const auto& [day, hours] : found->second) {
        if (!span.contains(day)) continue;
        for (const auto& [hour, record] : hours) {
            ToldRecord& all = sum[hour];
            add(all.waits, record.waits);
            append(all.told_errors_us, record.told_errors_us);
            append(all.estimate_errors_us, record.estimate_errors_us);
        }
    }
    return sum;
}

}  // namespace amer::measure

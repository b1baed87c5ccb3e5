#include "measure/promise_book.h"

namespace amer::measure {

void PromiseBook::on(const centre::PromiseMade& event) {
    const callback::Promise& made = event.promise;
    promises_[made.id] = Promise{made.queue, made.due.until, Closed::open, {}};
}

void PromiseBook::on(const centre::PromiseRedated& event) {
    const auto found = promises_.find(event.promise);
    if (found != promises_.end()) found->second.due_until = event.due.until;
}

void PromiseBook::close(PromiseId id, Closed how, Instant at) {
    const auto found = promises_.find(id);
    if (found == promises_.end()) return;
    found->second.how = how;
    found->second.closed_at = at;
}

void PromiseBook::on(const centre::PromiseKept& event, Instant at) {
    close(event.promise, Closed::kept, at);
}

void PromiseBook::on(const centre::PromiseBroken& event, Instant at) {
    close(event.promise, Closed::broken, at);
}

void PromiseBook::on(const centre::PromiseWithdrawn& event, Instant at) {
    close(event.promise, Closed::withdrawn, at);
}

Promises PromiseBook::counted(const Promise& promise, Instant until) {
    Promises one;
    const bool is_in_time = promise.closed_at < promise.due_until;
    switch (promise.how) {
        case Closed::kept: (is_in_time ? one.kept_in_time : one.kept_late) = 1; break;
        case Closed::withdrawn:
            (is_in_time ? one.withdrawn_in_time : one.withdrawn_late) = 1;
            break;
        case Closed::broken: one.broken = 1; break;
        case Closed::open: (until < promise.due_until ? one.not_yet_due : one.overdue) = 1; break;
    }
    one.due = 1 - one.not_yet_due;
    return one;
}

std::map<QueueId, Promises> PromiseBook::due_in(const Span& span,
                                                const calendar::Calendar& calendar,
                                                Instant until) const {
    std::map<QueueId, Promises> sums;
    for (const auto& [id, promise] : promises_) {
        // Windows are half-open: one that ends at midnight belongs to the day before.
        const Instant last = promise.due_until - Duration{1};
        if (!span.contains(calendar::local_time(calendar, last).day)) continue;
        const Promises one = counted(promise, until);
        add(sums[QueueId{}], one);
        if (!promise.queue.value.empty()) add(sums[promise.queue], one);
    }
    return sums;
}

}  // namespace amer::measure

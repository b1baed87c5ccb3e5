#pragma once

#include <map>
#include <vector>

#include "core/centre/event.h"
#include "measure/ledger.h"

namespace amer::measure {

// An hour's tellings, with the errors of those that can be judged: told less true.
struct ToldRecord {
    ToldWaits waits;
    std::vector<std::int64_t> told_errors_us;      // of the minutes that were said
    std::vector<std::int64_t> estimate_errors_us;  // of the estimate, before it was rounded up
};

// Books what waiting callers were told of their wait, and holds it against what came true.
class WaitBook {
public:
    explicit WaitBook(const Ledger& ledger) : ledger_{ledger} {}

    void on(const centre::ContactQueued& event);
    void on(const centre::WaitTold& event, Instant at);
    void on(const centre::QueueLeft& event, Instant at);

    // By hour of the day in which it was told; with the empty id of all queues together.
    using Hours = std::map<std::int32_t, ToldRecord>;
    Hours told_in(const Span& span, const QueueId& queue) const;

private:
    struct Telling {
        QueueId queue;
        HalfHour when;
        Instant at;
        queue::WaitEstimate estimate;
        std::int64_t told_us = 0;
    };

    template <typename Change>
    void book(const QueueId& queue, const HalfHour& when, Change change);
    void judge(const Telling& telling, Duration wait);
    void lose(const Telling& telling, centre::QueueExit how, Duration wait);

    const Ledger& ledger_;
    struct Waiting {
        QueueId first;  // of several queues the one whose exit ends his wait
        std::vector<Telling> told;
    };

    std::map<ContactId, Waiting> open_;
    std::map<QueueId, std::map<calendar::LocalDay, Hours>> told_;
};

}  // namespace amer::measure

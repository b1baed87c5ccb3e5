#pragma once

#include <map>

#include "core/centre/event.h"
#include "measure/ledger.h"

namespace amer::measure {

// Books every promise with the end of its window and how it was closed.
class PromiseBook {
public:
    void on(const centre::PromiseMade& event);
    void on(const centre::PromiseRedated& event);
    void on(const centre::PromiseKept& event, Instant at);
    void on(const centre::PromiseBroken& event, Instant at);
    void on(const centre::PromiseWithdrawn& event, Instant at);

    // By queue, and with the empty id all together; `until`: as far as the journal goes.
    std::map<QueueId, Promises> due_in(const Span& span, const calendar::Calendar& calendar,
                                       Instant until) const;

private:
    enum class Closed : std::uint8_t { open, kept, withdrawn, broken };
    struct Promise {
        QueueId queue;
        Instant due_until;
        Closed how = Closed::open;
        Instant closed_at;
    };

    void close(PromiseId id, Closed how, Instant at);
    static Promises counted(const Promise& promise, Instant until);

    std::map<PromiseId, Promise> promises_;
};

}  // namespace amer::measure

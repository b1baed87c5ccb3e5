#pragma once

#include <optional>

#include "measure/agent_book.h"
#include "measure/promise_book.h"
#include "measure/queue_book.h"
#include "measure/report.h"
#include "measure/resolution_book.h"
#include "measure/wait_book.h"

namespace amer::measure {

// Everything a report says, folded from the journal alone: events in order, each with its instant.
// Every day is kept, so any span can be asked for afterwards; the same journal gives the same
// report, byte for byte.
class Measures {
public:
    explicit Measures(Limits limits = {})
        : limits_{limits},
          queues_{ledger_, limits},
          agents_{ledger_},
          resolutions_{ledger_},
          waits_{ledger_} {}
    Measures(const Measures&) = delete;  // its books write in its own ledger
    Measures& operator=(const Measures&) = delete;

    void take(const centre::Event& event, Instant at);

    // Of the last event; nothing: there was none.
    std::optional<calendar::LocalDay> last_day() const;
    bool knows(const QueueId& queue) const { return ledger_.queues().contains(queue); }
    const Ledger& ledger() const { return ledger_; }
    // `only`: of one queue; otherwise of all together and then of each.
    Report report(const Span& span, const std::optional<QueueId>& only = std::nullopt) const;

private:
    void on(const centre::ConfigurationPublished& event);
    void on(const centre::ClosureSet& event) { ledger_.close(event.closure); }
    void on(const centre::ContactOpened& event);
    void on(const centre::ContactQueued& event);
    void on(const centre::ContactAlsoQueued& event) { queues_.on(event, at_); }
    void on(const centre::QueueLeft& event);
    void on(const centre::WaitTold& event) { waits_.on(event, at_); }
    void on(const centre::StepEntered& event) { queues_.on(event, at_); }
    void on(const centre::ContactEnded& event);
    void on(const centre::ContactConnected& event) { resolutions_.on(event); }
    void on(const centre::ContactTransferred& event) { resolutions_.on(event, at_); }
    void on(const centre::AttemptStarted& event) { resolutions_.on(event); }
    void on(const centre::OfferMade& event);
    void on(const centre::OfferAccepted& event);
    void on(const centre::PartyJoined& event);
    void on(const centre::ContactHandedOver& event);
    void on(const centre::OfferEnded& event) { agents_.on(event); }
    void on(const centre::AgentStateChanged& event) { agents_.on(event, at_, alive_until_); }
    void on(const centre::PromiseMade& event) { promises_.on(event); }
    void on(const centre::PromiseRedated& event) { promises_.on(event); }
    void on(const centre::PromiseKept& event) { promises_.on(event, at_); }
    void on(const centre::PromiseBroken& event) { promises_.on(event, at_); }
    void on(const centre::PromiseWithdrawn& event) { promises_.on(event, at_); }
    void on(const centre::SurveyAnswered& event);
    template <typename Other>
    void on(const Other&) {}

    Limits limits_;
    Ledger ledger_;
    QueueBook queues_;
    AgentBook agents_;
    PromiseBook promises_;
    ResolutionBook resolutions_;
    WaitBook waits_;
    bool is_empty_ = true;
    Instant at_;
    Instant alive_until_;  // the instant before the present one
};

}  // namespace amer::measure

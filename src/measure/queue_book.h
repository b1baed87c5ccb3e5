#pragma once

#include <map>
#include <optional>

#include "core/centre/event.h"
#include "measure/ledger.h"

namespace amer::measure {

struct Limits {
    std::chrono::milliseconds target{20'000};        // T; a wait of exactly T is within it
    std::chrono::milliseconds short_abandon{5'000};  // S, likewise

    bool operator==(const Limits&) const = default;
};

// Books who enters and leaves queues: by arrival for service levels, by event for load.
class QueueBook {
public:
    QueueBook(Ledger& ledger, Limits limits) : ledger_{ledger}, limits_{limits} {}

    void on(const centre::ContactOpened& event, Instant at);
    void on(const centre::ContactQueued& event, Instant at);
    void on(const centre::ContactAlsoQueued& event, Instant at);
    void on(const centre::QueueLeft& event, Instant at);
    void on(const centre::ContactEnded& event, Instant at);
    // A journal of the first release knows no QueueLeft: what follows says how a queue was left.
    void on(const centre::StepEntered& event, Instant at);
    void on(const centre::OfferAccepted& event, Instant at);

    bool is_callback(ContactId contact) const;

private:
    struct Wait {  // in one account, since it was entered
        Account account;
        HalfHour arrived;
        Instant since;
    };
    struct Contact {
        bool is_callback = false;
        bool was_answered = false;
        calendar::LocalDay opened{};
        std::optional<Wait> in_queue;
        std::optional<Wait> in_all;        // goes on through transfers
        std::map<QueueId, HalfHour> also;  // the further queues it stands in, and since when
    };

    Wait enter(const Contact& contact, const QueueId& queue, Instant at);
    void leave(std::optional<Wait>& wait, centre::QueueExit how, Instant at);
    void leave_both(Contact& contact, centre::QueueExit how, Instant at);
    bool leave_also(Contact& contact, const centre::QueueLeft& event);
    void follow(ContactId contact, centre::QueueExit how, Instant at);

    Ledger& ledger_;
    Limits limits_;
    std::map<ContactId, Contact> contacts_;
};

}  // namespace amer::measure

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/centre/event.h"
#include "measure/ledger.h"

namespace amer::measure {

// So long the same caller must not come back with the same topic, for his first call to have been
// enough; not counting the day of that call.
constexpr int kWorkingDaysOfResolution = 7;

// Books what agents pass on, and whether those who talked with one came back. The topic of a
// contact is the first queue it stood in.
class ResolutionBook {
public:
    explicit ResolutionBook(Ledger& ledger) : ledger_{ledger} {}

    void on(const centre::ContactOpened& event);
    void on(const centre::AttemptStarted& event);
    void on(const centre::ContactQueued& event, Instant at);
    void on(const centre::ContactConnected& event);
    void on(const centre::ContactTransferred& event, Instant at);
    void on(const centre::ContactHandedOver& event, Instant at);
    void on(const centre::ContactEnded& event, Instant at);

    // Of those whose talk ended in the span, as it was known at `as_of`; by queue, and with the
    // empty id all together.
    std::map<Account, FirstContacts> first_contacts_in(const Span& span, Instant as_of) const;

private:
    struct Caller {
        std::string number;  // E.164; empty: not known
        QueueId topic;

        auto operator<=>(const Caller&) const = default;
    };
    struct Contact {
        bool is_callback = false;
        Caller caller;
        QueueId queue;  // the present one
        bool has_talked = false;
        bool was_passed_on = false;
    };
    struct Resolution {
        Caller caller;
        bool is_callback = false;
        bool was_passed_on = false;
        Instant ended;
    };

    void pass_on(ContactId contact, std::int64_t Load::*how, Instant at);
    FirstContacts judged(const Resolution& one, std::optional<Instant> until, Instant as_of) const;
    bool came_back(const Resolution& one, Instant until) const;

    Ledger& ledger_;
    std::map<ContactId, Contact> contacts_;
    std::map<Caller, std::vector<Instant>> calls_;  // when he came to the queue, in order
    std::map<calendar::LocalDay, std::vector<Resolution>> resolutions_;
};

}  // namespace amer::measure

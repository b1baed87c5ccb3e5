#pragma once

#include <map>

#include "core/centre/event.h"
#include "measure/ledger.h"

namespace amer::measure {

// Books how agents spend their time, what was offered to them, and the work each contact made.
class AgentBook {
public:
    explicit AgentBook(Ledger& ledger) : ledger_{ledger} {}

    void on(const centre::OfferMade& event, bool is_callback, Instant at);
    void on(const centre::OfferAccepted& event);
    void on(const centre::OfferEnded& event);
    // A party's talk is time of his, but no contact that he handles, until it is handed over to
    // him.
    void on(const centre::PartyJoined& event);
    void on(const centre::ContactHandedOver& event);
    // `alive_until`: the last instant before this one at which the process surely lived.
    void on(const centre::AgentStateChanged& event, Instant at, Instant alive_until);

    // With what the present state took until then.
    AgentTime time_of(const AgentId& agent, const Span& span, Instant until) const;

private:
    struct Offer {
        Account account;
        AgentId agent;
        HalfHour made;
    };
    struct Agent {
        agent::AgentState state = agent::AgentState::logged_out;
        Instant since;
        Account serves;  // whose contact he talks with, or worked on last
        std::int64_t talk_us = 0;
        std::int64_t wrap_up_us = 0;
        bool has_work = false;  // a talk whose work is not over
        bool is_party = false;  // of a talk that is another's
    };

    template <typename Count>
    void count(const Offer& offer, Count count);
    void book_work(const AgentId& id, Agent& agent, Instant at);

    Ledger& ledger_;
    std::map<OfferId, Offer> offers_;
    std::map<AgentId, Agent> agents_;
};

}  // namespace amer::measure

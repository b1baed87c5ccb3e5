#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/fields.h"
#include "core/agent/agent.h"
#include "core/callback/ended_promise.h"
#include "core/callback/ledger.h"
#include "core/callback/promise.h"
#include "core/centre/configuration.h"
#include "core/centre/directory.h"
#include "core/centre/ranked_set.h"
#include "core/contact/contact.h"
#include "core/queue/offer.h"
#include "core/queue/order.h"
#include "core/queue/recent.h"
#include "core/recording/recording.h"
#include "core/terms/terms.h"

namespace amer::centre {

// Something that happens by itself at an instant, unless the state changes before.
struct Deadline {
    enum class Kind : std::uint8_t {
        offer,            // ring time is over
        contact,          // silence, a step, an announcement, closing time for a call back
        agent,            // wrap-up or a delay is over
        promise_overdue,  // the end of its window
        lane_callbacks,   // a promise of this lane is due, or the day closes on it
        day,              // midnight, where something is counted by shift
        ledger,           // midnight of a day with something in the promise ledger
    };

    Instant at;
    Kind kind = Kind::offer;
    std::uint64_t number = 0;  // id of the offer, contact or promise; the lane's language
    std::string name;          // of the agent or queue

    auto operator<=>(const Deadline&) const = default;
};

// What a lane has, counted.
struct LaneTally {
    std::int32_t logged_in = 0;          // agents
    std::int32_t callbacks_waiting = 0;  // contacts, not promises; without those that keep a place
    std::int32_t callbacks_with_agents = 0;  // those that ring, are dialled, or are talked on
    std::int32_t present = 0;                // agents who are at work: logged in, not away
    std::int32_t customers_dialled = 0;      // citizens rung before any agent, who has none yet
    std::optional<Instant> deadline;         // of kind lane_callbacks, as it stands in `deadlines`
    // When the first promise is due, and the closing of that day: asked of the calendar once. Of
    // the night's promises, and of those that keep a place.
    std::array<std::optional<std::pair<Instant, Instant>>, 2> first_due_and_closing;

    bool operator==(const LaneTally&) const = default;
};

// Of an agent, as an offer that passes him over says it.
enum class Availability : std::uint8_t { logged_out, not_ready, busy, ready, on_phone };

// Derived from the state's fields, never written down; kept up by apply, see rebuild_indexes().
struct Indexes {
    // Its lane; does it keep a place among those who wait, as no night's call does?; when to call.
    using PromiseSpot = std::tuple<queue::Lane, bool, Instant, PromiseId>;

    std::set<Deadline> deadlines;
    RankedSet<queue::Place> places;          // who waits
    std::int64_t held = 0;                   // of these, how many are held for an agent
    std::int64_t further = 0;                // and how many are a contact's second one, or third
    std::set<queue::Idle> idle;              // who is ready, in each of his pools
    std::vector<Availability> availability;  // by the agent's row in the configuration
    std::set<PromiseSpot> promises_due;      // waiting promises by lane and the instant to call at
    std::set<std::pair<PromiseId, ContactId>> holders;  // inbound contacts alive, by their promise
    std::map<PromiseId, ContactId> callbacks;  // the call back that is under way for a promise
    std::set<std::pair<PhoneNumber, PromiseId>> promises_by_number;  // open ones
    std::set<std::pair<Instant, PhoneNumber>> last_agents_by_time;   // oldest first
    std::map<std::string, PromiseId> promises_by_reference;          // open and ended
    std::set<std::pair<Instant, PromiseId>> ended_promises;          // oldest first
    std::map<queue::Lane, LaneTally> tallies;
    std::int32_t present = 0;               // agents at work, in whatever lanes
    std::set<ContactId> customers_dialled;  // ahead of any agent, in whatever lanes
    // Living inbound contacts by the configuration version they began with.
    std::map<std::uint64_t, std::size_t> contacts_by_version;

    bool operator==(const Indexes&) const = default;
};

// The last number given of each kind; numbers rise and are never given twice.
struct LastIds {
    std::uint64_t contact = 0;
    std::uint64_t offer = 0;
    std::uint64_t promise = 0;
    std::uint64_t recording = 0;
    std::uint64_t playback = 0;
    std::uint64_t notification = 0;

    AMER_FIELDS(LastIds, contact, offer, promise, recording, playback, notification)
};

// A flow that was changed or taken away while callers were in it: theirs until the last one's end.
struct RetiredFlow {
    std::uint64_t since = 0;  // the configuration version that brought it
    std::uint64_t until = 0;  // and the one that replaced it
    flow::Flow flow;

    AMER_FIELDS(RetiredFlow, since, until, flow)
};

struct Notice {  // in force before `until`
    UnitId area;
    Instant until;

    AMER_FIELDS(Notice, area, until)
};

struct LastAgent {  // with whom a caller talked last
    AgentId agent;
    Instant at;

    AMER_FIELDS(LastAgent, agent, at)
};

// All that lives. Plain data: the fields are its canonical form, hashed and compared. Ended
// contacts leave it; ended promises stay 30 days in short, for callers who ask by reference.
struct State {
    Configuration configuration;
    LastIds last;
    std::map<ContactId, contact::Contact> contacts;
    std::map<AgentId, agent::Agent> agents;
    std::map<OfferId, queue::Offer> offers;
    std::map<PromiseId, callback::Promise> promises;  // open ones
    std::map<PromiseId, callback::EndedPromise> ended_promises;
    std::map<RecordingId, recording::Pending> recordings;  // whose file is not complete
    std::map<QueueId, AgentId> last_offered;               // round_robin queues
    std::map<PhoneNumber, LastAgent> last_agents;          // of a day, where a queue asks for it
    std::map<QueueId, queue::Recent> recent;               // what expected waits are reckoned from
    std::optional<Notice> notice;
    std::optional<Instant> day_ends;              // while anything is counted by shift
    std::map<FlowId, std::uint64_t> flows_since;  // of each flow in force, who brought it as it is
    std::vector<RetiredFlow> retired_flows;       // oldest first; each has a living contact
    std::vector<calendar::Closure> closures;      // made by command: no configuration undoes them
    callback::Ledger ledger;
    std::map<NotificationId, notification::Notification> notifications;  // not yet delivered

    Directory directory;  // derived from the configuration
    Indexes indexes;      // derived from the rest

    AMER_FIELDS(State, configuration, last, contacts, agents, offers, promises, ended_promises,
                recordings, last_offered, day_ends, flows_since, retired_flows, recent, last_agents,
                notice, closures, ledger, notifications)
};

// For a state that was read from its canonical form: makes what is derived.
void rebuild_indexes(State& state);

struct Totals {
    std::size_t contacts = 0;
    std::size_t waiting = 0;
    std::size_t agents_logged_in = 0;
    std::size_t promises_open = 0;
};

// Counts agents one by one; the rest costs nothing.
Totals totals(const State& state);

}  // namespace amer::centre

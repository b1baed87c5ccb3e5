#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/centre/layered.h"
#include "core/centre/state.h"

namespace amer::centre {

// The state with its indexes kept right at every change. Over a State& it changes the state; over
// a const State& it keeps the changes to itself and forgets them: that is what a decision thinks
// with. In the second form deadlines are not kept (no decision asks for its own).
class World {
public:
    World(State& state, Instant now);
    World(const State& base, Instant now);
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    const Configuration& configuration() const { return base_->configuration; }
    const calendar::Calendar& calendar() const { return base_->configuration.calendar; }
    // Until when its citizens may be called, if they may at that instant: closing time, or the end
    // of the hours in which one may call.
    std::optional<Instant> calls_end(const QueueId& queue, Instant at) const;
    // Of the office that the queue belongs to; the centre's when it has no days of its own.
    const calendar::Calendar& calendar_of(const QueueId& queue) const {
        return centre::calendar_of(base_->directory, calendar(), queue);
    }
    const State& base() const { return *base_; }
    LastIds& last() { return *last_; }
    const callback::Ledger& ledger() const { return *ledger_; }
    Instant now() const { return now_; }  // of the decision, or of what is applied

    // Rows of the configuration in force; nullptr when there is none of this name.
    const DialledNumber* number_row(const std::string& dialled) const;
    const Queue* queue_row(const QueueId& id) const;
    const AgentRow* agent_row(const AgentId& id) const;
    const Unit* unit_row(const UnitId& id) const;
    // A flow as it was in this version of the configuration, while a contact of then lives.
    const flow::Flow* flow_at(const FlowId& id, std::uint64_t version) const;
    // The flow the contact is in and a step of it, as they were when it began.
    const flow::Flow* flow_of(const contact::Contact& contact) const {
        return flow_at(contact.flow, contact.configuration_version);
    }
    const flow::Step* step_of(const contact::Contact& contact, const StepId& step) const;
    const std::vector<Directory::Member>& members_of(const QueueId& queue) const;  // by id
    const Directory::Member* member(const QueueId& queue, const AgentId& agent) const;
    // The queue itself, or the one for calls back when it is no longer configured.
    const QueueId& queue_in_force(const QueueId& id) const;

    const contact::Contact* find(ContactId id) const { return contacts_.find(id); }
    const agent::Agent* find(const AgentId& id) const { return agents_.find(id); }
    const queue::Offer* find(OfferId id) const { return offers_.find(id); }
    const callback::Promise* find(PromiseId id) const { return promises_.find(id); }
    const callback::EndedPromise* find_ended(PromiseId id) const { return ended_.find(id); }
    const recording::Pending* find(RecordingId id) const { return recordings_.find(id); }
    const auto& contacts() const { return contacts_; }
    const auto& agents() const { return agents_; }
    const auto& promises() const { return promises_; }

    // Asked of the indexes.
    const queue::Place* first_place(const queue::Pool& pool) const;
    queue::Place place_of(const contact::Contact& contact, const QueueId& queue,
                          std::int32_t step) const;
    // Places from `from` on and before `until`.
    std::size_t count_places(const queue::Place& from, const queue::Place& until) const {
        return places_.count(from, until);
    }
    std::size_t waiting_in(const QueueId& queue) const;  // in all its lanes
    const std::vector<Directory::Rival>& rivals_of(const QueueId& queue, Language language) const;
    // As it was before this decision; nothing: none, or its time is over.
    std::optional<Notice> notice_at(Instant now) const;
    // With whom he talked last, before this decision; "": nobody is known.
    AgentId last_agent_of(const PhoneNumber& number) const;
    // Is any contact held for an agent? Most of the time none is, anywhere.
    bool holds_any() const { return held_ > 0; }
    // The next contact of the queue that is held for an agent, in the order of their places.
    const queue::Place* next_held(const queue::Place& after) const {
        const queue::Place* next = places_.first_after(after);
        return next != nullptr && next->pool == after.pool ? next : nullptr;
    }
    // As it was before this decision.
    const queue::Recent& recent(const QueueId& queue) const;
    const queue::Idle* first_idle(const queue::Pool& pool) const;
    const queue::Idle* next_idle(const queue::Idle& after) const;  // of the same pool
    const AgentId& agent_of(const queue::Idle& idle) const;
    std::uint32_t queue_number(
        const QueueId& queue) const;  // its row; queue::kNoRow: not configured
    Availability availability(std::size_t agent_row) const;
    AgentId last_offered(const QueueId& queue) const;
    // The waiting promise of this lane that is to be called first, and when; of those that keep a
    // place, or of the others.
    const Indexes::PromiseSpot* first_promise(const queue::Lane& lane, bool keeps_place) const;
    const Indexes::PromiseSpot* next_promise(const Indexes::PromiseSpot& after) const;
    ContactId callback_for(PromiseId promise) const;  // zero: none is under way
    std::vector<PromiseId> open_promises_of(const PhoneNumber& number) const;
    std::optional<PromiseId> promise_of(const std::string& reference) const;
    LaneTally tally(const queue::Lane& lane) const;
    bool has_room_for_callback(const queue::Lane& lane, bool keeps_place) const;
    // Is the next of the night's promises of this lane dialled before an agent is asked?
    bool dials_ahead(const queue::Lane& lane) const;
    // The contacts of citizens who were dialled before any agent and have none yet.
    std::vector<ContactId> customers_dialled() const;
    // What dialling ahead is paced by, besides what its lane has.
    struct Pace {
        std::int32_t present = 0;            // agents at work, in whatever lanes
        std::int32_t customers_dialled = 0;  // in whatever lanes

        bool operator==(const Pace&) const = default;
    };
    const Pace& pace() const { return pace_; }

    // Changes; of an unknown id they change nothing.
    template <typename Change>
    void change(ContactId id, Change change) {
        contact::Contact* row = contacts_.edit(id);
        if (row == nullptr) return;
        const ContactSpots before = spots_of(*row);
        change(*row);
        move(id, before, spots_of(*row));
    }
    template <typename Change>
    void change(const AgentId& id, Change change) {
        agent::Agent* row = agents_.edit(id);
        if (row == nullptr) return;
        const AgentSpots before = spots_of(*row);
        change(*row);
        move(id, before, spots_of(*row));
    }
    template <typename Change>
    void change(PromiseId id, Change change) {
        callback::Promise* row = promises_.edit(id);
        if (row == nullptr) return;
        const PromiseSpots before = spots_of(*row);
        change(*row);
        move(id, before, spots_of(*row));
    }
    void put(const contact::Contact& contact);
    void put(const agent::Agent& agent);
    void put(const queue::Offer& offer);
    void put(const callback::Promise& promise);
    void put(const recording::Pending& pending);
    void erase(ContactId id);
    void erase(const AgentId& id);
    void erase(OfferId id);
    void erase(RecordingId id);
    // Takes it from the open ones and forgets those that ended 30 days ago.
    void end_promise(PromiseId id, callback::Promise::State how, Instant at);

    void set_last_offered(const QueueId& queue, const AgentId& agent);
    // Remembered for a day.
    void set_last_agent(const PhoneNumber& number, const AgentId& agent, Instant at);
    void count_handled(const QueueId& queue, Instant at, Duration held);
    void count_left(const QueueId& queue, Instant at, Duration waited, bool has_abandoned);
    void set_notice(std::optional<Notice> notice);
    void set_day_end(std::optional<Instant> day_ends);
    void write_ledger(const std::string& line, Instant at);
    // Every line is covered by a seal.
    void seal_ledger();
    void put(const notification::Notification& notification);
    void erase(NotificationId id);

    // Only over a State&: the rules in force, and all indexes anew.
    void publish(const Configuration& configuration);
    // Adds it, or puts it in the place of the one of its id.
    void set_closure(const calendar::Closure& closure, std::uint64_t calendar_version);
    void rebuild();

private:
    struct ContactSpots {
        std::optional<queue::Place> place;
        std::vector<queue::Place> further;  // of one who stands in several queues
        std::optional<Instant> deadline;
        std::optional<queue::Lane> callback_waits_in;
        std::optional<queue::Lane> callback_served_in;
        std::optional<queue::Lane> dialled_ahead_in;
        PromiseId held;
        PromiseId called_for;
        std::optional<std::uint64_t> version;
    };
    struct AgentSpots {
        std::vector<queue::Idle> idle;
        std::optional<Instant> until;
        Availability availability = Availability::logged_out;
    };
    struct PromiseSpots {
        std::optional<Indexes::PromiseSpot> due;
        std::optional<Instant> overdue_at;
        std::optional<PhoneNumber> number;
    };

    ContactSpots spots_of(const contact::Contact& contact) const;
    void enter_places(const contact::Contact& contact, ContactSpots& spots) const;
    AgentSpots spots_of(const agent::Agent& agent) const;
    std::vector<queue::Idle> idle_spots_of(const agent::Agent& agent) const;
    void set_availability(std::size_t agent_row, Availability availability);
    PromiseSpots spots_of(const callback::Promise& promise) const;
    void move(ContactId id, const ContactSpots& before, const ContactSpots& after);
    void move(const AgentId& id, const AgentSpots& before, const AgentSpots& after);
    void move(PromiseId id, const PromiseSpots& before, const PromiseSpots& after);
    void hold(PromiseId promise, ContactId by, bool is_held);
    void move_place(const std::optional<queue::Place>& before,
                    const std::optional<queue::Place>& after);
    void move_places(const ContactSpots& before, const ContactSpots& after);
    void move_deadline(const Deadline& of, const std::optional<Instant>& before,
                       const std::optional<Instant>& after);
    void count_version(std::uint64_t version, bool has_begun);
    void retire_flows(const Configuration& next);
    void forget_retired_flows();
    void count(const queue::Lane& lane, std::int32_t LaneTally::*what, std::int32_t by);
    void move_count(const std::optional<queue::Lane>& before,
                    const std::optional<queue::Lane>& after, std::int32_t LaneTally::*what);
    void count_agent(const AgentId& agent, std::size_t agent_row, Availability before,
                     Availability after);
    void note_dialled(ContactId id, bool was, bool is);
    void change_pace(std::int32_t Pace::*what, std::int32_t by);
    bool may_dial_ahead(const LaneTally& lane) const;
    void refresh_deadline(const queue::Lane& lane);
    void set_tally(const queue::Lane& lane, const LaneTally& tally);

    const State* base_;
    State* state_ = nullptr;  // nullptr: changes stay here
    LastIds own_last_;
    LastIds* last_;
    callback::Ledger own_ledger_;
    callback::Ledger* ledger_;
    LayeredMap<ContactId, contact::Contact> contacts_;
    LayeredMap<AgentId, agent::Agent> agents_;
    LayeredMap<OfferId, queue::Offer> offers_;
    LayeredMap<PromiseId, callback::Promise> promises_;
    LayeredMap<PromiseId, callback::EndedPromise> ended_;
    LayeredMap<RecordingId, recording::Pending> recordings_;
    LayeredSet<queue::Place, RankedSet<queue::Place>> places_;
    std::int64_t held_ = 0;
    LayeredSet<queue::Idle> idle_;
    LayeredSet<Indexes::PromiseSpot> promises_due_;
    LayeredSet<std::pair<PromiseId, ContactId>> holders_;
    LayeredMap<PromiseId, ContactId> callbacks_;
    LayeredSet<std::pair<PhoneNumber, PromiseId>> by_number_;
    LayeredMap<std::string, PromiseId> by_reference_;
    LayeredSet<std::pair<Instant, PromiseId>> ended_order_;
    LayeredMap<queue::Lane, LaneTally> tallies_;
    LayeredSet<ContactId> customers_dialled_;
    Pace pace_;
    LayeredMap<QueueId, AgentId> last_offered_;
    std::vector<std::pair<std::size_t, Availability>> availability_changes_;
    Instant now_;
};

}  // namespace amer::centre

#include "core/centre/world.h"

#include <limits>

#include "base/check.h"
#include "core/centre/rank.h"

namespace amer::centre {

namespace {

using agent::AgentState;
using Stage = contact::Contact::Stage;

constexpr std::chrono::hours kEndedPromisesStay{30 * 24};
const std::vector<Directory::Member> kNobody;

const Directory::Member* member_in(const std::vector<Directory::Member>& members,
                                   const AgentId& agent) {
    const auto is_before = [](const Directory::Member& one, const AgentId& id) {
        return one.id < id;
    };
    const auto found = std::lower_bound(members.begin(), members.end(), agent, is_before);
    return found == members.end() || found->id != agent ? nullptr : &*found;
}

template <typename Row, typename Entries, typename Key>
const Row* row_of(const std::vector<Row>& rows, const Entries& entries, const Key& key) {
    const auto found = entries.find(key);
    return found == entries.end() ? nullptr : &rows[found->second];
}

}  // namespace

World::World(State& state)
    : base_{&state},
      state_{&state},
      last_{&state.last},
      contacts_{state.contacts},
      agents_{state.agents},
      offers_{state.offers},
      promises_{state.promises},
      ended_{state.ended_promises},
      recordings_{state.recordings},
      places_{state.indexes.places},
      idle_{state.indexes.idle},
      promises_due_{state.indexes.promises_due},
      holders_{state.indexes.holders},
      callbacks_{state.indexes.callbacks},
      by_number_{state.indexes.promises_by_number},
      by_reference_{state.indexes.promises_by_reference},
      ended_order_{state.indexes.ended_promises},
      tallies_{state.indexes.tallies},
      last_offered_{state.last_offered} {}

World::World(const State& base, Instant now)
    : base_{&base},
      own_last_{base.last},
      last_{&own_last_},
      contacts_{base.contacts},
      agents_{base.agents},
      offers_{base.offers},
      promises_{base.promises},
      ended_{base.ended_promises},
      recordings_{base.recordings},
      places_{base.indexes.places},
      idle_{base.indexes.idle},
      promises_due_{base.indexes.promises_due},
      holders_{base.indexes.holders},
      callbacks_{base.indexes.callbacks},
      by_number_{base.indexes.promises_by_number},
      by_reference_{base.indexes.promises_by_reference},
      ended_order_{base.indexes.ended_promises},
      tallies_{base.indexes.tallies},
      last_offered_{base.last_offered},
      now_{now} {}

const DialledNumber* World::number_row(const std::string& dialled) const {
    return row_of(configuration().numbers, base_->directory.numbers, dialled);
}

const Queue* World::queue_row(const QueueId& id) const {
    const auto found = base_->directory.queues.find(id);
    if (found == base_->directory.queues.end()) return nullptr;
    return &configuration().queues[found->second.row];
}

const AgentRow* World::agent_row(const AgentId& id) const {
    return row_of(configuration().agents, base_->directory.agents, id);
}

const Unit* World::unit_row(const UnitId& id) const {
    return row_of(configuration().units, base_->directory.units, id);
}

const flow::Flow* World::flow_at(const FlowId& id, std::uint64_t version) const {
    const auto in_force = base_->directory.flows.find(id);
    const auto since = base_->flows_since.find(id);
    const bool is_of_then = in_force != base_->directory.flows.end() &&
                            since != base_->flows_since.end() && since->second <= version;
    if (is_of_then) return &configuration().flows[in_force->second.row];
    for (const RetiredFlow& retired : base_->retired_flows) {
        const bool was_in_force = retired.since <= version && version < retired.until;
        if (was_in_force && retired.flow.id == id) return &retired.flow;
    }
    return nullptr;
}

const flow::Step* World::step_of(const contact::Contact& contact, const StepId& step) const {
    const flow::Flow* flow = flow_of(contact);
    if (flow == nullptr) return nullptr;
    const auto in_force = base_->directory.flows.find(contact.flow);
    const bool is_in_force = in_force != base_->directory.flows.end() &&
                             flow == &configuration().flows[in_force->second.row];
    if (is_in_force) return row_of(flow->steps, in_force->second.steps, step);
    for (const flow::Step& row : flow->steps) {
        if (row.id == step) return &row;
    }
    return nullptr;
}

const std::vector<Directory::Member>& World::members_of(const QueueId& queue) const {
    const auto found = base_->directory.queues.find(queue);
    return found == base_->directory.queues.end() ? kNobody : found->second.members;
}

const Directory::Member* World::member(const QueueId& queue, const AgentId& agent) const {
    return member_in(members_of(queue), agent);
}

const QueueId& World::queue_in_force(const QueueId& id) const {
    return base_->directory.queues.contains(id) ? id : configuration().promises.queue;
}

const queue::Place* World::first_place(const queue::Pool& pool) const {
    const queue::Place* first = places_.first_from(queue::before_all(pool));
    return first != nullptr && first->pool == pool ? first : nullptr;
}

const queue::Idle* World::first_idle(const queue::Pool& pool) const {
    constexpr std::int32_t kLowest = std::numeric_limits<std::int32_t>::min();
    const queue::Idle* first = idle_.first_from(queue::Idle{pool, kLowest, 0, Instant::min(), 0});
    return first != nullptr && first->pool == pool ? first : nullptr;
}

const queue::Idle* World::next_idle(const queue::Idle& after) const {
    const queue::Idle* next = idle_.first_after(after);
    return next != nullptr && next->pool == after.pool ? next : nullptr;
}

const AgentId& World::agent_of(const queue::Idle& idle) const {
    return base_->directory.agents_by_id[idle.agent];
}

std::uint32_t World::queue_number(const QueueId& queue) const {
    const auto found = base_->directory.queues.find(queue);
    if (found == base_->directory.queues.end()) return queue::kNoRow;
    return static_cast<std::uint32_t>(found->second.row);
}

Availability World::availability(std::size_t agent_row) const {
    for (const auto& [row, changed] : availability_changes_) {
        if (row == agent_row) return changed;
    }
    const auto& all = base_->indexes.availability;
    return agent_row < all.size() ? all[agent_row] : Availability::logged_out;
}

void World::set_availability(std::size_t agent_row, Availability availability) {
    if (state_ != nullptr) {
        auto& all = state_->indexes.availability;
        if (all.size() <= agent_row) all.resize(agent_row + 1, Availability::logged_out);
        all[agent_row] = availability;
        return;
    }
    for (auto& [row, changed] : availability_changes_) {
        if (row != agent_row) continue;
        changed = availability;
        return;
    }
    availability_changes_.emplace_back(agent_row, availability);
}

AgentId World::last_offered(const QueueId& queue) const {
    const AgentId* found = last_offered_.find(queue);
    return found == nullptr ? AgentId{} : *found;
}

void World::set_last_offered(const QueueId& queue, const AgentId& agent) {
    last_offered_.put(queue, agent);
}

void World::set_day_end(std::optional<Instant> day_ends) {
    if (state_ == nullptr) return;
    move_deadline({{}, Deadline::Kind::day, 0, ""}, state_->day_ends, day_ends);
    state_->day_ends = day_ends;
}

const Indexes::PromiseSpot* World::first_promise(const queue::Lane& lane) const {
    const auto* first =
        promises_due_.first_from(Indexes::PromiseSpot{lane, Instant::min(), PromiseId{}});
    return first != nullptr && std::get<queue::Lane>(*first) == lane ? first : nullptr;
}

ContactId World::callback_for(PromiseId promise) const {
    const ContactId* found = callbacks_.find(promise);
    return found == nullptr ? ContactId{} : *found;
}

const Indexes::PromiseSpot* World::next_promise(const Indexes::PromiseSpot& after) const {
    Indexes::PromiseSpot from = after;
    std::get<PromiseId>(from).value += 1;
    const auto* next = promises_due_.first_from(from);
    const bool is_its =
        next != nullptr && std::get<queue::Lane>(*next) == std::get<queue::Lane>(after);
    return is_its ? next : nullptr;
}

std::vector<PromiseId> World::open_promises_of(const PhoneNumber& number) const {
    std::vector<PromiseId> found;
    std::pair<PhoneNumber, PromiseId> from{number, PromiseId{}};
    for (;;) {
        const auto* next = by_number_.first_from(from);
        if (next == nullptr || next->first != number) return found;
        found.push_back(next->second);
        from.second = PromiseId{next->second.value + 1};
    }
}

std::optional<PromiseId> World::promise_of(const std::string& reference) const {
    const PromiseId* found = by_reference_.find(reference);
    if (found == nullptr) return std::nullopt;
    return *found;
}

LaneTally World::tally(const queue::Lane& lane) const {
    const LaneTally* found = tallies_.find(lane);
    return found == nullptr ? LaneTally{} : *found;
}

// One call back at a time stands among the callers of a lane. It takes its turn like everybody, so
// neither starves the other, and calls back never outnumber the free agents by more than one.
bool World::has_room_for_callback(const queue::Lane& lane) const {
    const LaneTally now = tally(lane);
    return now.logged_in > 0 && now.callbacks_waiting == 0;
}

void World::put(const contact::Contact& contact) {
    erase(contact.id);
    contacts_.put(contact.id, contact);
    move(contact.id, ContactSpots{}, spots_of(contact));
}

void World::put(const agent::Agent& agent) {
    erase(agent.id);
    agents_.put(agent.id, agent);
    move(agent.id, AgentSpots{}, spots_of(agent));
}

void World::put(const queue::Offer& offer) {
    erase(offer.id);
    offers_.put(offer.id, offer);
    move_deadline({{}, Deadline::Kind::offer, offer.id.value, ""}, std::nullopt, offer.ring_until);
}

void World::put(const callback::Promise& promise) {
    const callback::Promise* old = promises_.find(promise.id);
    const PromiseSpots before = old == nullptr ? PromiseSpots{} : spots_of(*old);
    if (old != nullptr) by_reference_.erase(old->reference);
    promises_.put(promise.id, promise);
    by_reference_.put(promise.reference, promise.id);
    move(promise.id, before, spots_of(promise));
}

void World::put(const recording::Pending& pending) { recordings_.put(pending.id, pending); }

void World::erase(ContactId id) {
    const contact::Contact* row = contacts_.find(id);
    if (row == nullptr) return;
    const ContactSpots before = spots_of(*row);
    contacts_.erase(id);
    move(id, before, ContactSpots{});
}

void World::erase(const AgentId& id) {
    const agent::Agent* row = agents_.find(id);
    if (row == nullptr) return;
    const AgentSpots before = spots_of(*row);
    agents_.erase(id);
    move(id, before, AgentSpots{});
}

void World::erase(OfferId id) {
    const queue::Offer* row = offers_.find(id);
    if (row == nullptr) return;
    move_deadline({{}, Deadline::Kind::offer, id.value, ""}, row->ring_until, std::nullopt);
    offers_.erase(id);
}

void World::erase(RecordingId id) { recordings_.erase(id); }

void World::end_promise(PromiseId id, callback::Promise::State how, Instant at) {
    const callback::Promise* open = promises_.find(id);
    if (open == nullptr) return;
    const callback::EndedPromise ended{id, open->reference, how, open->due, at};
    const PromiseSpots before = spots_of(*open);
    promises_.erase(id);
    move(id, before, PromiseSpots{});
    ended_.put(id, ended);
    ended_order_.insert({at, id});
    for (;;) {
        const auto* oldest = ended_order_.first_from({Instant::min(), PromiseId{}});
        if (oldest == nullptr || oldest->first + kEndedPromisesStay > at) return;
        const auto forgotten = *oldest;
        ended_order_.erase(forgotten);
        if (const callback::EndedPromise* row = ended_.find(forgotten.second)) {
            by_reference_.erase(row->reference);
            ended_.erase(forgotten.second);
        }
    }
}

World::ContactSpots World::spots_of(const contact::Contact& contact) const {
    ContactSpots spots;
    spots.deadline = contact.deadline;
    if (contact.stage == Stage::queued || contact.rings_on) {
        const Instant since = contact.queued_since.value_or(contact.opened_at);
        const queue::Lane lane{contact.queue, contact.language};
        spots.place =
            queue::Place{{queue_number(contact.queue), contact.language, contact.queue_step},
                         !contact.is_emergency,
                         queue::score_of(since, contact.priority),
                         contact.is_callback,
                         since,
                         contact.id};
        const bool waits = contact.stage == Stage::queued;
        if (contact.is_callback && waits) spots.callback_waits_in = lane;
    }
    (contact.is_callback ? spots.called_for : spots.held) = contact.promise;
    if (!contact.is_callback) spots.version = contact.configuration_version;
    return spots;
}

World::AgentSpots World::spots_of(const agent::Agent& agent) const {
    AgentSpots spots;
    spots.until = agent.until;
    if (agent.state == AgentState::ready && agent.is_phone_in_use) {
        spots.availability = Availability::on_phone;
    } else if (agent.state == AgentState::ready) {
        spots.availability = Availability::ready;
        spots.idle = idle_spots_of(agent);
    } else if (agent::is_busy(agent.state)) {
        spots.availability = Availability::busy;
    } else if (agent.state == AgentState::not_ready) {
        spots.availability = Availability::not_ready;
    }
    return spots;
}

std::vector<queue::Idle> World::idle_spots_of(const agent::Agent& agent) const {
    std::vector<queue::Idle> spots;
    const AgentRow* row = agent_row(agent.id);
    if (row == nullptr) return spots;
    spots.reserve(row->queues.size() * 2);
    for (const Membership& membership : row->queues) {
        const auto entry = base_->directory.queues.find(membership.queue);
        if (entry == base_->directory.queues.end()) continue;
        const Directory::Member* as = member_in(entry->second.members, agent.id);
        if (as == nullptr) continue;
        const Queue& queue = configuration().queues[entry->second.row];
        const auto queue_number = static_cast<std::uint32_t>(entry->second.row);
        const std::int64_t rank = rank_of(queue, *as, agent);
        const std::uint32_t number = base_->directory.agent_numbers[as->row];
        const auto steps = std::max<std::int32_t>(1, static_cast<std::int32_t>(queue.steps.size()));
        for (const Language language : {Language::arabic, Language::english}) {
            if (!as->speaks(language)) continue;
            for (std::int32_t step = 0; step < steps; ++step) {
                if (!as->may_serve(step)) continue;
                const queue::Pool pool{queue_number, language, step};
                spots.push_back(queue::Idle{pool, as->tier, rank, agent.idle_since, number});
            }
        }
    }
    return spots;
}

// A promise is not called while the contact it was made in lives.
World::PromiseSpots World::spots_of(const callback::Promise& promise) const {
    PromiseSpots spots;
    spots.number = promise.number;
    if (!promise.is_overdue) spots.overdue_at = promise.due.until;
    const auto* holder = holders_.first_from({promise.id, ContactId{}});
    const bool is_held = holder != nullptr && holder->first == promise.id;
    if (promise.state == callback::Promise::State::waiting && !is_held) {
        spots.due = Indexes::PromiseSpot{{queue_in_force(promise.queue), promise.language},
                                         std::max(promise.next_try, promise.due.from),
                                         promise.id};
    }
    return spots;
}

void World::move(ContactId id, const ContactSpots& before, const ContactSpots& after) {
    move_deadline({{}, Deadline::Kind::contact, id.value, ""}, before.deadline, after.deadline);
    if (before.place != after.place) {
        if (before.place) places_.erase(*before.place);
        if (after.place) places_.insert(*after.place);
    }
    if (before.callback_waits_in != after.callback_waits_in) {
        if (before.callback_waits_in) {
            count(*before.callback_waits_in, &LaneTally::callbacks_waiting, -1);
        }
        if (after.callback_waits_in) {
            count(*after.callback_waits_in, &LaneTally::callbacks_waiting, +1);
        }
    }
    if (before.called_for != after.called_for) {
        if (before.called_for) callbacks_.erase(before.called_for);
        if (after.called_for) callbacks_.put(after.called_for, id);
    }
    if (before.held != after.held) {
        if (before.held) hold(before.held, id, false);
        if (after.held) hold(after.held, id, true);
    }
    if (before.version != after.version) {
        if (after.version) count_version(*after.version, true);
        if (before.version) count_version(*before.version, false);
    }
}

void World::move(const AgentId& id, const AgentSpots& before, const AgentSpots& after) {
    move_deadline({{}, Deadline::Kind::agent, 0, id.value}, before.until, after.until);
    if (before.idle != after.idle) {
        for (const queue::Idle& idle : before.idle) idle_.erase(idle);
        for (const queue::Idle& idle : after.idle) idle_.insert(idle);
    }
    const auto row = base_->directory.agents.find(id);
    if (row == base_->directory.agents.end()) return;
    if (before.availability != after.availability) {
        set_availability(row->second, after.availability);
    }
    const bool was_in = before.availability != Availability::logged_out;
    const bool is_in = after.availability != Availability::logged_out;
    if (was_in == is_in) return;
    for (const Membership& membership : configuration().agents[row->second].queues) {
        const Directory::Member* as = member(membership.queue, id);
        if (as == nullptr) continue;
        for (const Language language : {Language::arabic, Language::english}) {
            if (!as->speaks(language)) continue;
            count({membership.queue, language}, &LaneTally::logged_in, is_in ? 1 : -1);
        }
    }
}

void World::move(PromiseId id, const PromiseSpots& before, const PromiseSpots& after) {
    move_deadline({{}, Deadline::Kind::promise_overdue, id.value, ""}, before.overdue_at,
                  after.overdue_at);
    if (before.number != after.number) {
        if (before.number) by_number_.erase({*before.number, id});
        if (after.number) by_number_.insert({*after.number, id});
    }
    if (before.due != after.due) {
        if (before.due) promises_due_.erase(*before.due);
        if (after.due) promises_due_.insert(*after.due);
        if (before.due) refresh_deadline(std::get<queue::Lane>(*before.due));
        if (after.due) refresh_deadline(std::get<queue::Lane>(*after.due));
    }
}

void World::hold(PromiseId promise, ContactId by, bool is_held) {
    const callback::Promise* row = promises_.find(promise);
    const PromiseSpots before = row == nullptr ? PromiseSpots{} : spots_of(*row);
    if (is_held) {
        holders_.insert({promise, by});
    } else {
        holders_.erase({promise, by});
    }
    if (row != nullptr) move(promise, before, spots_of(*row));
}

void World::move_deadline(const Deadline& of, const std::optional<Instant>& before,
                          const std::optional<Instant>& after) {
    if (state_ == nullptr || before == after) return;
    Deadline deadline = of;
    if (before) {
        deadline.at = *before;
        state_->indexes.deadlines.erase(deadline);
    }
    if (after) {
        deadline.at = *after;
        state_->indexes.deadlines.insert(deadline);
    }
}

// Only where the state changes: no decision ends a flow.
void World::count_version(std::uint64_t version, bool has_begun) {
    if (state_ == nullptr) return;
    std::map<std::uint64_t, std::size_t>& counts = state_->indexes.contacts_by_version;
    if (has_begun) {
        counts[version] += 1;
    } else if (const auto found = counts.find(version); found != counts.end()) {
        if (--found->second > 0) return;
        counts.erase(found);
        forget_retired_flows();
    }
}

void World::forget_retired_flows() {
    const auto& counts = state_->indexes.contacts_by_version;
    std::erase_if(state_->retired_flows, [&](const RetiredFlow& retired) {
        const auto first = counts.lower_bound(retired.since);
        return first == counts.end() || first->first >= retired.until;
    });
}

// A flow that stays as it is keeps its version; what changes or goes stays with its callers.
void World::retire_flows(const Configuration& next) {
    std::map<FlowId, const flow::Flow*> before;
    for (const flow::Flow& flow : state_->configuration.flows) before.emplace(flow.id, &flow);
    std::map<FlowId, std::uint64_t> since;
    for (const flow::Flow& flow : next.flows) {
        const auto old = before.find(flow.id);
        const bool stays = old != before.end() && *old->second == flow;
        since.emplace(flow.id, stays ? state_->flows_since[flow.id] : next.version);
        if (stays) before.erase(old);
    }
    for (const auto& [id, flow] : before) {
        state_->retired_flows.push_back({state_->flows_since[id], next.version, *flow});
    }
    state_->flows_since = std::move(since);
    forget_retired_flows();
}

void World::count(const queue::Lane& lane, std::int32_t LaneTally::*what, std::int32_t by) {
    LaneTally changed = tally(lane);
    changed.*what += by;
    set_tally(lane, changed);
    refresh_deadline(lane);
}

// The first promise of a lane wants a Tick when it can be called; as long as the lane has no room
// for it, when the day closes on it instead: that there is room is news by itself.
void World::refresh_deadline(const queue::Lane& lane) {
    if (state_ == nullptr) return;
    LaneTally changed = tally(lane);
    const std::optional<Instant> before = changed.deadline;
    const Indexes::PromiseSpot* first = first_promise(lane);
    if (first == nullptr) {
        changed.first_due_and_closing.reset();
        changed.deadline.reset();
    } else {
        const Instant due = std::get<Instant>(*first);
        if (!changed.first_due_and_closing || changed.first_due_and_closing->first != due) {
            const Instant closing = calendar::closing_of(calendar(), due).value_or(due);
            changed.first_due_and_closing = {due, closing};
        }
        changed.deadline =
            has_room_for_callback(lane) ? due : changed.first_due_and_closing->second;
    }
    const Deadline deadline{{},
                            Deadline::Kind::lane_callbacks,
                            static_cast<std::uint64_t>(lane.language),
                            lane.queue.value};
    move_deadline(deadline, before, changed.deadline);
    set_tally(lane, changed);
}

void World::set_tally(const queue::Lane& lane, const LaneTally& tally) {
    if (tally == LaneTally{}) {
        tallies_.erase(lane);
    } else {
        tallies_.put(lane, tally);
    }
}

void World::publish(const Configuration& configuration) {
    AMER_CHECK(state_ != nullptr);
    retire_flows(configuration);
    state_->configuration = configuration;
    state_->directory = make_directory(state_->configuration);
    rebuild();
}

void World::rebuild() {
    AMER_CHECK(state_ != nullptr);
    state_->indexes = Indexes{};
    state_->indexes.availability.assign(state_->configuration.agents.size(),
                                        Availability::logged_out);
    move_deadline({{}, Deadline::Kind::day, 0, ""}, std::nullopt, state_->day_ends);
    for (const auto& [id, contact] : state_->contacts) move(id, {}, spots_of(contact));
    for (const auto& [id, agent] : state_->agents) move(id, {}, spots_of(agent));
    for (const auto& [id, offer] : state_->offers) {
        move_deadline({{}, Deadline::Kind::offer, id.value, ""}, std::nullopt, offer.ring_until);
    }
    for (const auto& [id, promise] : state_->promises) {
        by_reference_.put(promise.reference, id);
        move(id, {}, spots_of(promise));
    }
    for (const auto& [id, ended] : state_->ended_promises) {
        by_reference_.put(ended.reference, id);
        ended_order_.insert({ended.ended_at, id});
    }
}

}  // namespace amer::centre

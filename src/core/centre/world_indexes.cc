#include "base/check.h"
#include "core/calendar/set_closure.h"
#include "core/centre/rank.h"
#include "core/centre/several_queues.h"
#include "core/centre/world.h"

// How each row stands in the indexes, and what a change of the row moves there.
namespace amer::centre {

namespace {

using agent::AgentState;
using Stage = contact::Contact::Stage;

}  // namespace

World::ContactSpots World::spots_of(const contact::Contact& contact) const {
    ContactSpots spots;
    spots.deadline = contact.deadline;
    if (contact.stage == Stage::queued || contact.rings_on) {
        enter_places(contact, spots);
        const bool is_counted = contact.is_callback && !contact.keeps_place;
        if (is_counted && contact.stage == Stage::queued) {
            spots.callback_waits_in = queue::Lane{contact.queue, contact.language};
        }
    }
    const bool is_served = contact.is_callback && !contact.keeps_place &&
                           !contact.queue.value.empty() && contact.stage != Stage::queued;
    if (is_served) spots.callback_served_in = queue::Lane{contact.queue, contact.language};
    if (contact.is_dialled_ahead()) {
        spots.dialled_ahead_in = queue::Lane{contact.queue, contact.language};
    }
    (contact.is_callback ? spots.called_for : spots.held) = contact.promise;
    if (!contact.is_callback) spots.version = contact.configuration_version;
    return spots;
}

// While phones ring for it only the queue they ring in may let one more ring.
void World::enter_places(const contact::Contact& contact, ContactSpots& spots) const {
    const bool rings_elsewhere = contact.rings_on && contact.rings_in > 0;
    if (rings_elsewhere) {
        const contact::AlsoIn& also = also_in(contact, contact.rings_in);
        spots.place = place_of(contact, also.queue, also.step);
        return;
    }
    spots.place = place_of(contact, contact.queue, contact.queue_step);
    if (contact.rings_on) return;
    for (const contact::AlsoIn& also : contact.also) {
        if (queue_number(also.queue) == queue::kNoRow) continue;  // removed: it leaves it next
        spots.further.push_back(place_of(contact, also.queue, also.step));
    }
}

queue::Place World::place_of(const contact::Contact& contact, const QueueId& queue,
                             std::int32_t at_step) const {
    const Instant since = contact.queued_since.value_or(contact.opened_at);
    const std::int32_t step = !contact.held_until              ? at_step
                              : contact.held_for.value.empty() ? queue::kHeldForOthers
                                                               : queue::kHeldForAgent;
    return queue::Place{{queue_number(queue), contact.language, step},
                        !contact.is_emergency,
                        queue::score_of(since, contact.priority),
                        contact.is_callback,
                        since,
                        contact.id};
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
        const Directory::Member* as = member(membership.queue, agent.id);
        if (as == nullptr) continue;
        const Queue& queue = configuration().queues[entry->second.row];
        const auto queue_number = static_cast<std::uint32_t>(entry->second.row);
        const std::int64_t rank = rank_of(queue, *as, agent);
        const std::uint32_t number = base_->directory.agent_numbers[as->row];
        const std::int32_t steps = queue::number_of_steps(queue.steps);
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
                                         promise.place.has_value(),
                                         std::max(promise.next_try, promise.due.from),
                                         promise.id};
    }
    return spots;
}

void World::move(ContactId id, const ContactSpots& before, const ContactSpots& after) {
    move_deadline({{}, Deadline::Kind::contact, id.value, ""}, before.deadline, after.deadline);
    move_places(before, after);
    move_count(before.callback_waits_in, after.callback_waits_in, &LaneTally::callbacks_waiting);
    move_count(before.callback_served_in, after.callback_served_in,
               &LaneTally::callbacks_with_agents);
    move_count(before.dialled_ahead_in, after.dialled_ahead_in, &LaneTally::customers_dialled);
    note_dialled(id, before.dialled_ahead_in.has_value(), after.dialled_ahead_in.has_value());
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
    if (before.availability == after.availability) return;
    set_availability(row->second, after.availability);
    count_agent(id, row->second, before.availability, after.availability);
}

// Who is logged in, and who of them is at work, in each lane that he serves.
void World::count_agent(const AgentId& id, std::size_t agent_row, Availability before,
                        Availability after) {
    const auto is_in = [](Availability now) { return now != Availability::logged_out ? 1 : 0; };
    const auto is_at_work = [&](Availability now) {
        return now != Availability::not_ready ? is_in(now) : 0;
    };
    const std::int32_t logged_in = is_in(after) - is_in(before);
    const std::int32_t at_work = is_at_work(after) - is_at_work(before);
    if (logged_in == 0 && at_work == 0) return;
    bool serves_any = false;
    for (const Membership& membership : configuration().agents[agent_row].queues) {
        const Directory::Member* as = member(membership.queue, id);
        if (as == nullptr) continue;
        for (const Language language : {Language::arabic, Language::english}) {
            if (!as->speaks(language)) continue;
            serves_any = true;
            const queue::Lane lane{membership.queue, language};
            if (logged_in != 0) count(lane, &LaneTally::logged_in, logged_in);
            if (at_work != 0) count(lane, &LaneTally::present, at_work);
        }
    }
    if (serves_any && at_work != 0) change_pace(&Pace::present, at_work);
}

void World::note_dialled(ContactId id, bool was, bool is) {
    if (was == is) return;
    if (is) {
        customers_dialled_.insert(id);
    } else {
        customers_dialled_.erase(id);
    }
    change_pace(&Pace::customers_dialled, is ? 1 : -1);
}

// It may give room to a promise in any lane, or take it away.
void World::change_pace(std::int32_t Pace::*what, std::int32_t by) {
    pace_.*what += by;
    if (state_ == nullptr) return;
    state_->indexes.present = pace_.present;
    if (configuration().promises.mode != callback::DialMode::customer_first) return;
    std::vector<queue::Lane> lanes;
    for (const auto& [lane, tally] : state_->indexes.tallies) {
        if (tally.deadline) lanes.push_back(lane);
    }
    for (const queue::Lane& lane : lanes) refresh_deadline(lane);
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

// Out of all before into any: where it rings alone it stood before, maybe as its second place.
void World::move_places(const ContactSpots& before, const ContactSpots& after) {
    const bool is_moved = before.further != after.further;
    if (is_moved) {
        for (const queue::Place& place : before.further) move_place(place, std::nullopt);
    }
    if (before.place != after.place) move_place(before.place, after.place);
    if (!is_moved) return;
    for (const queue::Place& place : after.further) move_place(std::nullopt, place);
    if (state_ == nullptr) return;
    state_->indexes.further += static_cast<std::int64_t>(after.further.size()) -
                               static_cast<std::int64_t>(before.further.size());
}

void World::move_place(const std::optional<queue::Place>& before,
                       const std::optional<queue::Place>& after) {
    if (before) {
        places_.erase(*before);
        if (before->pool.step == queue::kHeldForAgent) --held_;
    }
    if (after) {
        places_.insert(*after);
        if (after->pool.step == queue::kHeldForAgent) ++held_;
    }
    if (state_ != nullptr) state_->indexes.held = held_;
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

void World::move_count(const std::optional<queue::Lane>& before,
                       const std::optional<queue::Lane>& after, std::int32_t LaneTally::*what) {
    if (before == after) return;
    if (before) count(*before, what, -1);
    if (after) count(*after, what, +1);
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
    changed.deadline.reset();
    for (const bool keeps_place : {false, true}) {
        auto& known = changed.first_due_and_closing[keeps_place ? 1 : 0];
        const Indexes::PromiseSpot* first = first_promise(lane, keeps_place);
        if (first == nullptr) {
            known.reset();
            continue;
        }
        const Instant due = std::get<Instant>(*first);
        if (!known || known->first != due) {
            known = {due, calls_end(lane.queue, due).value_or(due)};
        }
        const Instant wanted = has_room_for_callback(lane, keeps_place) ? due : known->second;
        changed.deadline = std::min(changed.deadline.value_or(wanted), wanted);
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

void World::set_closure(const calendar::Closure& closure, std::uint64_t calendar_version) {
    AMER_CHECK(state_ != nullptr);
    calendar::Calendar& calendar = state_->configuration.calendar;
    calendar::set_closure(calendar.closures, closure);
    calendar::set_closure(state_->closures, closure);
    calendar.version = calendar_version;
    state_->directory = make_directory(state_->configuration);
    rebuild();
}

void World::rebuild() {
    AMER_CHECK(state_ != nullptr);
    state_->indexes = Indexes{};
    held_ = 0;
    pace_ = Pace{};
    state_->indexes.availability.assign(state_->configuration.agents.size(),
                                        Availability::logged_out);
    move_deadline({{}, Deadline::Kind::day, 0, ""}, std::nullopt, state_->day_ends);
    move_deadline({{}, Deadline::Kind::ledger, 0, ""}, std::nullopt, state_->ledger.seal_at);
    for (const auto& [id, contact] : state_->contacts) move(id, {}, spots_of(contact));
    for (const auto& [id, agent] : state_->agents) move(id, {}, spots_of(agent));
    for (const auto& [id, offer] : state_->offers) {
        move_deadline({{}, Deadline::Kind::offer, id.value, ""}, std::nullopt, offer.ring_until);
    }
    for (const auto& [id, promise] : state_->promises) {
        by_reference_.put(promise.reference, id);
        move(id, {}, spots_of(promise));
    }
    for (const auto& [number, last] : state_->last_agents) {
        state_->indexes.last_agents_by_time.insert({last.at, number});
    }
    for (const auto& [id, ended] : state_->ended_promises) {
        by_reference_.put(ended.reference, id);
        ended_order_.insert({ended.ended_at, id});
    }
}

}  // namespace amer::centre

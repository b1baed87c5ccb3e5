#include "core/centre/world.h"

#include <limits>

namespace amer::centre {

namespace {

constexpr std::chrono::hours kEndedPromisesStay{30 * 24};
constexpr std::chrono::hours kLastAgentsStay{24};
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

World::Pace pace_of(const Indexes& indexes) {
    return {indexes.present, static_cast<std::int32_t>(indexes.customers_dialled.size())};
}

}  // namespace

World::World(State& state, Instant now)
    : base_{&state},
      state_{&state},
      last_{&state.last},
      ledger_{&state.ledger},
      contacts_{state.contacts},
      agents_{state.agents},
      offers_{state.offers},
      promises_{state.promises},
      ended_{state.ended_promises},
      recordings_{state.recordings},
      places_{state.indexes.places},
      held_{state.indexes.held},
      idle_{state.indexes.idle},
      promises_due_{state.indexes.promises_due},
      holders_{state.indexes.holders},
      callbacks_{state.indexes.callbacks},
      by_number_{state.indexes.promises_by_number},
      by_reference_{state.indexes.promises_by_reference},
      ended_order_{state.indexes.ended_promises},
      tallies_{state.indexes.tallies},
      customers_dialled_{state.indexes.customers_dialled},
      pace_{pace_of(state.indexes)},
      last_offered_{state.last_offered},
      now_{now} {}

World::World(const State& base, Instant now)
    : base_{&base},
      own_last_{base.last},
      last_{&own_last_},
      own_ledger_{base.ledger},
      ledger_{&own_ledger_},
      contacts_{base.contacts},
      agents_{base.agents},
      offers_{base.offers},
      promises_{base.promises},
      ended_{base.ended_promises},
      recordings_{base.recordings},
      places_{base.indexes.places},
      held_{base.indexes.held},
      idle_{base.indexes.idle},
      promises_due_{base.indexes.promises_due},
      holders_{base.indexes.holders},
      callbacks_{base.indexes.callbacks},
      by_number_{base.indexes.promises_by_number},
      by_reference_{base.indexes.promises_by_reference},
      ended_order_{base.indexes.ended_promises},
      tallies_{base.indexes.tallies},
      customers_dialled_{base.indexes.customers_dialled},
      pace_{pace_of(base.indexes)},
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

std::optional<Instant> World::calls_end(const QueueId& queue, Instant at) const {
    constexpr std::int32_t kWholeDay = 24 * 60;
    const calendar::Calendar& its = calendar_of(queue);
    const std::optional<Instant> closing = calendar::closing_of(its, at);
    const PromisePlan& plan = configuration().promises;
    const bool is_any_hour = plan.call_from_minute == 0 && plan.call_until_minute == kWholeDay;
    if (!closing || is_any_hour) return closing;
    const calendar::LocalTime local = calendar::local_time(its, at);
    if (local.minute < plan.call_from_minute || local.minute >= plan.call_until_minute) {
        return std::nullopt;
    }
    return std::min(*closing, calendar::instant_of(its, local.day, plan.call_until_minute));
}

const queue::Place* World::first_place(const queue::Pool& pool) const {
    const queue::Place* first = places_.first_from(queue::before_all(pool));
    return first != nullptr && first->pool == pool ? first : nullptr;
}

std::size_t World::waiting_in(const QueueId& queue) const {
    const std::uint32_t row = queue_number(queue);
    if (row == queue::kNoRow) return 0;
    return count_places(queue::before_all({row, Language::arabic, queue::kHeldForOthers}),
                        queue::before_all({row + 1, Language::arabic, queue::kHeldForOthers}));
}

const std::vector<Directory::Rival>& World::rivals_of(const QueueId& queue,
                                                      Language language) const {
    static const std::vector<Directory::Rival> kNone;
    const auto found = base_->directory.queues.find(queue);
    if (found == base_->directory.queues.end()) return kNone;
    const Directory::QueueEntry& entry = found->second;
    return language == Language::arabic ? entry.rivals_in_arabic : entry.rivals_in_english;
}

const queue::Recent& World::recent(const QueueId& queue) const {
    static const queue::Recent kNothing;
    const auto found = base_->recent.find(queue);
    return found == base_->recent.end() ? kNothing : found->second;
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

std::optional<Notice> World::notice_at(Instant now) const {
    const std::optional<Notice>& notice = base_->notice;
    return notice && now < notice->until ? notice : std::nullopt;
}

void World::set_notice(std::optional<Notice> notice) {
    if (state_ != nullptr) state_->notice = std::move(notice);
}

AgentId World::last_agent_of(const PhoneNumber& number) const {
    const auto found = base_->last_agents.find(number);
    return found == base_->last_agents.end() ? AgentId{} : found->second.agent;
}

void World::set_last_agent(const PhoneNumber& number, const AgentId& agent, Instant at) {
    if (state_ == nullptr) return;
    auto& by_time = state_->indexes.last_agents_by_time;
    const auto before = state_->last_agents.find(number);
    if (before != state_->last_agents.end()) by_time.erase({before->second.at, number});
    state_->last_agents.insert_or_assign(number, LastAgent{agent, at});
    by_time.insert({at, number});
    while (by_time.begin()->first + kLastAgentsStay < at) {
        state_->last_agents.erase(by_time.begin()->second);
        by_time.erase(by_time.begin());
    }
}

void World::count_handled(const QueueId& queue, Instant at, Duration held) {
    if (state_ != nullptr) state_->recent[queue].add_handled(at, held);
}

void World::count_left(const QueueId& queue, Instant at, Duration waited, bool has_abandoned) {
    if (state_ != nullptr) state_->recent[queue].add_left(at, waited, has_abandoned);
}

void World::write_ledger(const std::string& line, Instant at) {
    ledger_->head = callback::ledger_head(ledger_->head, line);
    ledger_->lines += 1;
    if (ledger_->seal_at) return;
    ledger_->seal_at = calendar::next_midnight(calendar(), at);
    move_deadline({{}, Deadline::Kind::ledger, 0, ""}, std::nullopt, ledger_->seal_at);
}

void World::seal_ledger() {
    move_deadline({{}, Deadline::Kind::ledger, 0, ""}, ledger_->seal_at, std::nullopt);
    ledger_->seal_at.reset();
}

void World::put(const notification::Notification& notification) {
    last_->notification = std::max(last_->notification, notification.id.value);
    if (state_ != nullptr) state_->notifications.insert_or_assign(notification.id, notification);
}

void World::erase(NotificationId id) {
    if (state_ != nullptr) state_->notifications.erase(id);
}

void World::set_day_end(std::optional<Instant> day_ends) {
    if (state_ == nullptr) return;
    move_deadline({{}, Deadline::Kind::day, 0, ""}, state_->day_ends, day_ends);
    state_->day_ends = day_ends;
}

const Indexes::PromiseSpot* World::first_promise(const queue::Lane& lane, bool keeps_place) const {
    const auto* first = promises_due_.first_from(
        Indexes::PromiseSpot{lane, keeps_place, Instant::min(), PromiseId{}});
    const bool is_its = first != nullptr && std::get<queue::Lane>(*first) == lane &&
                        std::get<bool>(*first) == keeps_place;
    return is_its ? first : nullptr;
}

ContactId World::callback_for(PromiseId promise) const {
    const ContactId* found = callbacks_.find(promise);
    return found == nullptr ? ContactId{} : *found;
}

const Indexes::PromiseSpot* World::next_promise(const Indexes::PromiseSpot& after) const {
    Indexes::PromiseSpot from = after;
    std::get<PromiseId>(from).value += 1;
    const auto* next = promises_due_.first_from(from);
    const bool is_its = next != nullptr &&
                        std::get<queue::Lane>(*next) == std::get<queue::Lane>(after) &&
                        std::get<bool>(*next) == std::get<bool>(after);
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

// One of the night's calls at a time stands among the callers of a lane. It takes its turn like
// everybody, so neither starves the other, and calls back never outnumber the free agents by more
// than one; nor do they take more than their share of the agents, so that some are left for
// callers. Those that keep a place all stand there, as their citizens did.
bool World::has_room_for_callback(const queue::Lane& lane, bool keeps_place) const {
    const LaneTally now = tally(lane);
    if (now.logged_in == 0 || keeps_place) return now.logged_in > 0;
    const std::int32_t percent = configuration().promises.share_percent;
    const std::int32_t share = std::max(1, now.logged_in * percent / 100);
    const bool leaves_agents = percent == 100 || now.callbacks_with_agents < share;
    if (now.callbacks_waiting > 0 || !leaves_agents) return false;
    return !dials_ahead(lane) || may_dial_ahead(now);
}

bool World::dials_ahead(const queue::Lane& lane) const {
    const PromisePlan& plan = configuration().promises;
    if (plan.mode != callback::DialMode::customer_first) return false;
    if (tally(lane).present < plan.agents_per_customer) return false;
    const Indexes::PromiseSpot* first = first_promise(lane, false);
    return first != nullptr && !find(std::get<PromiseId>(*first))->was_left_waiting;
}

// Agents of several lanes are at work in each of them, but will be free for one citizen only: so
// the whole centre is asked besides.
bool World::may_dial_ahead(const LaneTally& lane) const {
    const std::int32_t agents = configuration().promises.agents_per_customer;
    return lane.customers_dialled < lane.present / agents &&
           pace_.customers_dialled < pace_.present / agents;
}

std::vector<ContactId> World::customers_dialled() const {
    std::vector<ContactId> all;
    const ContactId* next = customers_dialled_.first_from(ContactId{});
    while (next != nullptr) {
        all.push_back(*next);
        next = customers_dialled_.first_after(all.back());
    }
    return all;
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

}  // namespace amer::centre

#include "core/centre/waiting.h"

#include "core/centre/several_queues.h"

namespace amer::centre {

namespace {

using contact::Contact;

// Without announcements it is asked so often whether anybody is there.
constexpr std::chrono::minutes kLook{1};

std::chrono::milliseconds ms(std::int32_t number) { return std::chrono::milliseconds{number}; }

// From the start of the last announcement to the next; the first comes sooner.
std::optional<Instant> next_announcement(const Contact& contact, const Queue& queue) {
    if (queue.announce_every_ms == 0) return std::nullopt;
    if (contact.announced_at) return *contact.announced_at + ms(queue.announce_every_ms);
    return contact.joined_at + ms(std::min(queue.announce_first_ms, queue.announce_every_ms));
}

// Whether anybody is there is seen when he is spoken to.
std::optional<Instant> next_look(const Contact& contact, const Queue& queue, Instant at) {
    if (queue.announce_every_ms > 0) return next_announcement(contact, queue);
    return std::max(contact.announced_at.value_or(contact.joined_at), at) + kLook;
}

class Soonest {
public:
    explicit Soonest(Instant at) : at_{at} {}

    void add(std::optional<Instant> instant) {
        if (instant) first_ = std::min(first_.value_or(*instant), *instant);
    }
    // Of no use once it has passed.
    void add_coming(Instant instant) {
        if (instant > at_) add(instant);
    }
    std::optional<Instant> first() const { return first_; }

private:
    Instant at_;
    std::optional<Instant> first_;
};

void add_closing(Soonest& soonest, const Contact& contact, const Queue& queue, Instant at) {
    if (!contact.closing) return;
    soonest.add_coming(*contact.closing);
    soonest.add(*contact.closing + ms(queue.closing_grace_ms));
    if (is_after_closing(contact, at)) soonest.add(next_look(contact, queue, at));
}

void add_nobody(Soonest& soonest, const World& world, const Contact& contact, const Queue& queue,
                Instant at) {
    if (queue.nobody_after_ms == 0) return;
    const bool is_somebody = is_anybody_there(world, contact);
    const Instant first = contact.joined_at + ms(queue.nobody_after_ms);
    if (!is_somebody) soonest.add_coming(first);
    if (is_somebody || first <= at) soonest.add(next_look(contact, queue, at));
}

// Each of its queues asks less after its own times.
void add_relaxing(Soonest& soonest, const World& world, const Contact& contact) {
    for_each_queue(contact, [&](const QueueId& queue, std::int32_t step) {
        const Queue* row = world.queue_row(queue);
        if (row == nullptr) return;
        const auto ends_after = queue::ends_after_ms(row->steps, step);
        if (ends_after) soonest.add(contact.joined_at + std::chrono::milliseconds{*ends_after});
    });
}

// Of the contacts of another pool those that come before this one, whatever their queues weigh.
std::int64_t count_before(const World& world, const queue::Pool& pool, const queue::Place& place,
                          std::int64_t weight, Instant now) {
    queue::Place limit = place;
    limit.pool = pool;
    const std::int64_t its = world.configuration().queues[pool.queue].weight;
    if (its != weight) limit.score = now - (now - place.score) * weight / its;
    return static_cast<std::int64_t>(world.count_places(queue::before_all(pool), limit));
}

std::int64_t count_before_in_queue(const World& world, std::uint32_t queue,
                                   const queue::Place& place, std::int64_t weight, Instant now) {
    const Queue& row = world.configuration().queues[queue];
    std::int64_t sum = 0;
    const std::int32_t steps = queue::number_of_steps(row.steps);
    for (std::int32_t step = queue::kHeldForOthers; step < steps; ++step) {
        sum += count_before(world, {queue, place.pool.language, step}, place, weight, now);
    }
    return sum;
}

}  // namespace

bool is_after_closing(const Contact& contact, Instant now) {
    return contact.closing && *contact.closing <= now;
}

std::optional<Instant> next_while_waiting(const World& world, const Contact& contact, Instant at) {
    Soonest soonest{at};
    const bool is_to_dial = contact.is_callback && !contact.has_citizen;
    if (is_to_dial) soonest.add(world.calls_end(contact.queue, at).value_or(at));
    const Queue* row = world.queue_row(contact.queue);
    if (row == nullptr) return soonest.first();
    // He is on the line: the hours in which one may call are no matter, but agents go home.
    if (contact.has_citizen) soonest.add(contact.closing.value_or(at) + ms(row->closing_grace_ms));
    soonest.add(contact.held_until);
    add_relaxing(soonest, world, contact);
    if (contact.is_callback) return soonest.first();
    soonest.add(next_announcement(contact, *row));
    if (row->longest_wait_ms > 0) soonest.add(contact.joined_at + ms(row->longest_wait_ms));
    add_nobody(soonest, world, contact, *row, at);
    add_closing(soonest, contact, *row, at);
    return soonest.first();
}

std::optional<queue::WaitEstimate> estimate_for(const World& world, const Standing& standing,
                                                Instant now) {
    const Queue* row = world.queue_row(standing.queue);
    if (row == nullptr) return std::nullopt;
    const queue::Recent::Slot hour = world.recent(row->id).sum(now);
    return queue::expected_wait(standing.ahead, standing.agents, hour, row->wait_known_after);
}

Standing standing_of(const World& world, const Contact& contact, Instant now) {
    Standing standing;
    standing.queue = queue_told_of(world, contact);
    const Queue* row = world.queue_row(standing.queue);
    if (row == nullptr) return standing;
    const std::int32_t step = step_in(contact, standing.queue);
    const queue::Place place = world.place_of(contact, standing.queue, step);
    standing.agents = world.tally({standing.queue, contact.language}).logged_in;
    standing.position = 1 + count_before_in_queue(world, place.pool.queue, place, row->weight, now);
    for (const Directory::Rival& rival : world.rivals_of(standing.queue, contact.language)) {
        const std::int64_t before =
            count_before_in_queue(world, rival.queue, place, row->weight, now);
        standing.ahead += before * rival.shared_agents / rival.agents;
    }
    return standing;
}

}  // namespace amer::centre

#pragma once

#include <cstdint>
#include <optional>

#include "core/centre/world.h"

namespace amer::centre {

// A contact may stand in several queues at once (acd.md 6.4, 16): in the first, by which it is
// counted and whose rules it follows, and in others. They are numbered: 0 is the first, then those
// of `also` from 1.

// Calls `visit(queue, step)` for each, in that order.
template <typename Visit>
void for_each_queue(const contact::Contact& contact, Visit visit) {
    visit(contact.queue, contact.queue_step);
    for (const contact::AlsoIn& also : contact.also) visit(also.queue, also.step);
}

// Which of its queues this is; 0 for one in which it does not stand.
inline std::int32_t number_in(const contact::Contact& contact, const QueueId& queue) {
    for (std::size_t at = 0; at < contact.also.size(); ++at) {
        if (contact.also[at].queue == queue) return static_cast<std::int32_t>(at) + 1;
    }
    return 0;
}

template <typename Contact>
auto& also_in(Contact& contact, std::int32_t number) {
    return contact.also.at(static_cast<std::size_t>(number) - 1);
}

inline bool stands_in(const contact::Contact& contact, const QueueId& queue) {
    return contact.queue == queue || number_in(contact, queue) != 0;
}

// How far this one's requirements are relaxed for it.
inline std::int32_t step_in(const contact::Contact& contact, const QueueId& queue) {
    const std::int32_t number = number_in(contact, queue);
    return number == 0 ? contact.queue_step : also_in(contact, number).step;
}

// The first of its queues in which the agent serves its language; nothing: he serves none.
std::optional<QueueId> queue_through(const World& world, const contact::Contact& contact,
                                     const AgentId& agent);

// Is an agent logged in who could be offered it through one of its queues?
bool is_anybody_there(const World& world, const contact::Contact& contact);

// And is one of them at work, not on a break?
bool is_anybody_at_work(const World& world, const contact::Contact& contact);

// The queue it is told of: the first of its own in which somebody is there, or the first of all.
QueueId queue_told_of(const World& world, const contact::Contact& contact);

}  // namespace amer::centre

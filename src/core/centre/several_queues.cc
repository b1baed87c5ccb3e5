#include "core/centre/several_queues.h"

namespace amer::centre {

namespace {

bool has_somebody(const World& world, const QueueId& queue, Language language) {
    return world.tally({queue, language}).logged_in > 0;
}

}  // namespace

std::optional<QueueId> queue_through(const World& world, const contact::Contact& contact,
                                     const AgentId& agent) {
    std::optional<QueueId> found;
    for_each_queue(contact, [&](const QueueId& queue, std::int32_t) {
        const Directory::Member* member = world.member(queue, agent);
        if (!found && member != nullptr && member->speaks(contact.language)) found = queue;
    });
    return found;
}

bool is_anybody_there(const World& world, const contact::Contact& contact) {
    bool is_there = false;
    for_each_queue(contact, [&](const QueueId& queue, std::int32_t) {
        is_there = is_there || has_somebody(world, queue, contact.language);
    });
    return is_there;
}

bool is_anybody_at_work(const World& world, const contact::Contact& contact) {
    bool is_there = false;
    for_each_queue(contact, [&](const QueueId& queue, std::int32_t) {
        is_there = is_there || world.tally({queue, contact.language}).present > 0;
    });
    return is_there;
}

QueueId queue_told_of(const World& world, const contact::Contact& contact) {
    std::optional<QueueId> found;
    for_each_queue(contact, [&](const QueueId& queue, std::int32_t) {
        if (!found && has_somebody(world, queue, contact.language)) found = queue;
    });
    return found.value_or(contact.queue);
}

}  // namespace amer::centre

#include "core/centre/rules.h"
#include "core/centre/several_queues.h"

namespace amer::centre {

using contact::Contact;

std::vector<QueueId> other_queues(Deciding& deciding, ContactId id, const flow::Enqueue& step) {
    const QueueId first = deciding.world().queue_in_force(step.queue);
    std::vector<QueueId> others;
    for (const QueueId& queue : step.also) {
        // His flow may be older than the queues.
        if (queue == first || deciding.world().queue_row(queue) == nullptr) continue;
        if (!is_full(deciding, id, queue)) others.push_back(queue);
    }
    return others;
}

void join_other_queues(Deciding& deciding, ContactId id, const std::vector<QueueId>& queues) {
    for (const QueueId& queue : queues) {
        const Contact* contact = deciding.world().find(id);
        if (contact == nullptr || !contact->queued_since) return;
        deciding.add(ContactAlsoQueued{id, queue, *contact->queued_since});
    }
}

void join_other_queues_again(Deciding& deciding, ContactId id) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr) return;
    const flow::Enqueue* found = enqueue_of(deciding.world(), *contact);
    if (found == nullptr) return;
    const flow::Enqueue step = *found;
    if (deciding.world().queue_in_force(step.queue) != contact->queue) return;
    join_other_queues(deciding, id, other_queues(deciding, id, step));
}

void leave_other_queues(Deciding& deciding, ContactId id, QueueExit how) {
    const std::vector<contact::AlsoIn> others = deciding.world().find(id)->also;
    const bool is_answered = how == QueueExit::answered;
    for (const contact::AlsoIn& other : others) {
        deciding.add(QueueLeft{id, other.queue,
                               is_answered ? QueueExit::answered_elsewhere : QueueExit::elsewhere});
    }
}

void leave_removed_others(Deciding& deciding, ContactId id) {
    const std::vector<contact::AlsoIn> others = deciding.world().find(id)->also;
    for (const contact::AlsoIn& other : others) {
        if (deciding.world().queue_row(other.queue) != nullptr) continue;
        deciding.add(QueueLeft{id, other.queue, QueueExit::elsewhere});
    }
}

bool promote_other_queue(Deciding& deciding, ContactId id) {
    const Contact contact = *deciding.world().find(id);
    if (contact.also.empty()) return false;
    std::vector<QueueId> others;
    for (const contact::AlsoIn& other : contact.also) others.push_back(other.queue);
    const QueueId next = others.front();
    others.erase(others.begin());
    move_to_queue(deciding, id, next);
    join_other_queues(deciding, id, others);
    return true;
}

bool relax_other_queues(Deciding& deciding, ContactId id) {
    const Contact& contact = *deciding.world().find(id);
    for (const contact::AlsoIn& other : contact.also) {
        const Queue* row = deciding.world().queue_row(other.queue);
        if (row == nullptr) continue;
        const auto ends_after = queue::ends_after_ms(row->steps, other.step);
        if (!ends_after) continue;
        const std::chrono::milliseconds time{*ends_after};
        if (deciding.now() < contact.joined_at + time) continue;
        const std::int32_t next = other.step + 1;
        const QueueId queue = other.queue;
        if (next < queue::number_of_steps(row->steps)) {
            deciding.add(RequirementRelaxed{id, next, queue});
        } else {
            // Held for an agent of that queue alone he is anybody's again.
            deciding.touched().insert(contact.queue);
            deciding.add(QueueLeft{id, queue, QueueExit::no_agent});
        }
        return true;
    }
    return false;
}

}  // namespace amer::centre

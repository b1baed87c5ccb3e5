#include "core/centre/rules.h"

namespace amer::centre {

namespace {

using contact::Contact;
using Stage = contact::Contact::Stage;

const char* const kWaitAnnouncement = "Q-BUSY";

}  // namespace

void join_queue(Deciding& deciding, ContactId id, const QueueId& queue, std::int32_t priority,
                bool is_emergency) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr) return;
    const Instant since = contact->queued_since.value_or(deciding.now());
    deciding.add(ContactQueued{id, queue, priority, since, is_emergency});
}

void leave_queue(Deciding& deciding, ContactId id, QueueExit how) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr) return;
    if (contact->stage != Stage::queued && contact->stage != Stage::offered) return;
    deciding.add(QueueLeft{id, QueueId{contact->queue}, how});
}

void move_to_queue(Deciding& deciding, ContactId id, const QueueId& queue) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr) return;
    const std::int32_t priority = contact->priority;
    const bool is_emergency = contact->is_emergency;
    leave_queue(deciding, id, QueueExit::transfer);
    join_queue(deciding, id, queue, priority, is_emergency);
}

namespace {

// Out of the queue and on in his flow; a new configuration may have taken his step away: then he
// goes on waiting, from now.
void leave_for_flow(Deciding& deciding, ContactId id, QueueExit how) {
    const Contact& contact = *deciding.world().find(id);
    const flow::Step* step = deciding.world().step_of(contact, contact.step);
    const auto* enqueue = step == nullptr ? nullptr : std::get_if<flow::Enqueue>(&step->body);
    if (enqueue == nullptr) {
        move_to_queue(deciding, id, QueueId{contact.queue});
        return;
    }
    const StepId next = enqueue->when_closed;
    leave_queue(deciding, id, how);
    enter_step(deciding, id, next);
}

// Has he waited long enough for the next step of the queue, or the last one's end?
bool relax(Deciding& deciding, ContactId id, const Queue& queue) {
    const Contact& contact = *deciding.world().find(id);
    const auto ends_after = queue::ends_after_ms(queue.steps, contact.queue_step);
    if (!ends_after) return false;
    if (deciding.now() < contact.joined_at + std::chrono::milliseconds{*ends_after}) return false;
    const std::int32_t next = contact.queue_step + 1;
    if (next < queue::number_of_steps(queue.steps)) {
        deciding.add(RequirementRelaxed{id, next});
    } else if (contact.is_callback) {
        end_callback_unreached(deciding, id, next_try_at(deciding, deciding.now()));
    } else {
        leave_for_flow(deciding, id, QueueExit::no_agent);
    }
    return true;
}

bool has_waited_longest(const Contact& contact, const Queue& queue, Instant now) {
    const std::chrono::milliseconds longest{queue.longest_wait_ms};
    return longest.count() > 0 && now >= contact.joined_at + longest;
}

}  // namespace

void decide_waiting(Deciding& deciding, ContactId id) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr || contact->stage != Stage::queued) return;
    const Queue* queue = deciding.world().queue_row(contact->queue);
    if (queue != nullptr && relax(deciding, id, *queue)) return;
    if (contact->is_callback) {
        end_callback_unreached(deciding, id, next_try_at(deciding, deciding.now()));
        return;
    }
    if (queue != nullptr && has_waited_longest(*contact, *queue, deciding.now())) {
        leave_for_flow(deciding, id, QueueExit::timeout);
        return;
    }
    start_prompt(deciding, id, sayings_for(deciding, id, {PromptId{kWaitAnnouncement}}), false);
}

}  // namespace amer::centre

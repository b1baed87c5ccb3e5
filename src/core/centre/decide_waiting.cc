#include "core/centre/rules.h"
#include "core/centre/several_queues.h"
#include "core/centre/waiting.h"

namespace amer::centre {

namespace {

using contact::Contact;
using Stage = contact::Contact::Stage;

}  // namespace

void join_queue(Deciding& deciding, ContactId id, const QueueId& queue, std::int32_t priority,
                bool is_emergency) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr) return;
    const Instant since = contact->queued_since.value_or(deciding.now());
    deciding.add(ContactQueued{id, queue, priority, since, is_emergency});
}

void return_to_queue(Deciding& deciding, ContactId id) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr || contact->stage != Stage::queued) return;
    leave_removed_others(deciding, id);
    const QueueId queue = deciding.world().queue_in_force(contact->queue);
    if (queue == contact->queue) return;
    if (!promote_other_queue(deciding, id)) move_to_queue(deciding, id, queue);
}

void leave_queue(Deciding& deciding, ContactId id, QueueExit how) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr || !contact->waits()) return;
    const QueueId first = contact->queue;
    if (!contact->also.empty()) leave_other_queues(deciding, id, how);
    deciding.add(QueueLeft{id, first, how});
}

void move_to_queue(Deciding& deciding, ContactId id, const QueueId& queue) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr) return;
    const std::int32_t priority = contact->priority;
    const bool is_emergency = contact->is_emergency;
    leave_queue(deciding, id, QueueExit::transfer);
    join_queue(deciding, id, queue, priority, is_emergency);
}

const flow::Enqueue* enqueue_of(const World& world, const Contact& contact) {
    const flow::Step* step = world.step_of(contact, contact.step);
    return step == nullptr ? nullptr : std::get_if<flow::Enqueue>(&step->body);
}

namespace {

// Out of the queue and on in his flow, where its step names a way. A new configuration may have
// taken his step away: then he goes on waiting, from now.
void leave_for_flow(Deciding& deciding, ContactId id, QueueExit how,
                    StepId flow::Enqueue::*way = &flow::Enqueue::when_closed) {
    const Contact& contact = *deciding.world().find(id);
    const flow::Enqueue* step = enqueue_of(deciding.world(), contact);
    if (step == nullptr) {
        move_to_queue(deciding, id, QueueId{contact.queue});
        return;
    }
    const StepId next = step->*way ? step->*way : step->when_closed;
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
        deciding.add(RequirementRelaxed{id, next, queue.id});
    } else if (contact.has_citizen) {
        apologise_to_customer(deciding, id, QueueExit::no_agent);
    } else if (contact.is_callback) {
        end_callback_unreached(deciding, id);
    } else {
        leave_for_flow(deciding, id, QueueExit::no_agent, &flow::Enqueue::when_nobody);
    }
    return true;
}

bool has_waited_longest(const Contact& contact, const Queue& queue, Instant now) {
    const std::chrono::milliseconds longest{queue.longest_wait_ms};
    return longest.count() > 0 && now >= contact.joined_at + longest;
}

// The day has closed over him, and the grace is over or the last agent gone (acd.md 6.4, 22).
bool is_too_late(const World& world, const Contact& contact, const Queue& queue, Instant now) {
    if (!is_after_closing(contact, now)) return false;
    const std::chrono::milliseconds grace{queue.closing_grace_ms};
    return now >= *contact.closing + grace || !is_anybody_there(world, contact);
}

bool waits_for_nobody(const World& world, const Contact& contact, const Queue& queue, Instant now) {
    const std::chrono::milliseconds longest{queue.nobody_after_ms};
    return longest.count() > 0 && now >= contact.joined_at + longest &&
           !is_anybody_there(world, contact);
}

}  // namespace

void decide_waiting(Deciding& deciding, ContactId id) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr || contact->stage != Stage::queued) return;
    if (contact->held_until && *contact->held_until <= deciding.now()) {
        deciding.add(HoldEnded{id, HoldEnd::over});
        return;
    }
    const Queue* queue = deciding.world().queue_row(contact->queue);
    if (queue != nullptr && relax(deciding, id, *queue)) return;
    if (relax_other_queues(deciding, id)) return;
    if (contact->is_callback && !contact->has_citizen) return end_callback_unreached(deciding, id);
    if (queue == nullptr) return return_to_queue(deciding, id);
    if (contact->has_citizen) return apologise_to_customer(deciding, id, QueueExit::closing);
    const World& world = deciding.world();
    if (is_too_late(world, *contact, *queue, deciding.now())) {
        owe_call_at_place(deciding, id);
        return leave_for_flow(deciding, id, QueueExit::closing);
    }
    if (waits_for_nobody(world, *contact, *queue, deciding.now())) {
        return leave_for_flow(deciding, id, QueueExit::no_agent, &flow::Enqueue::when_nobody);
    }
    if (has_waited_longest(*contact, *queue, deciding.now())) {
        return leave_for_flow(deciding, id, QueueExit::timeout, &flow::Enqueue::after_longest);
    }
    announce_wait(deciding, id);
}

// A phone that rings for him stops: he said what he wants.
void decide_key_while_waiting(Deciding& deciding, ContactId id, const std::string& digit) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr || contact->is_callback) return;
    const flow::Enqueue* found = enqueue_of(deciding.world(), *contact);
    if (found == nullptr) return;
    const flow::Enqueue step = *found;
    const auto key = step.keys.find(digit);
    const bool keeps_place = !step.callback_key.empty() && digit == step.callback_key;
    if (!keeps_place && key == step.keys.end()) return;
    deciding.add(DigitPressed{id, digit});
    end_offers(deciding, id, OfferEnd::caller_left);
    if (keeps_place) {
        owe_call_at_place(deciding, id);
        leave_queue(deciding, id, QueueExit::callback);
        enter_step(deciding, id, step.callback);
    } else {
        leave_queue(deciding, id, QueueExit::key);
        enter_step(deciding, id, key->second);
    }
}

}  // namespace amer::centre

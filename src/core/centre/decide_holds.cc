#include "core/centre/rules.h"
#include "core/centre/several_queues.h"

// Contacts that are held back: for the agent somebody wants, or until somebody else has chosen.
namespace amer::centre {

namespace {

using agent::AgentState;
using contact::Contact;
using Stage = contact::Contact::Stage;

constexpr std::int32_t kLongestHoldMs = 3'600'000;

// May he be offered a contact of these queues at all?
bool is_eligible(const World& world, const AgentId& agent, const Contact& contact) {
    return queue_through(world, contact, agent).has_value();
}

// Has he now what one of its queues asks for? That he knows the caller is no skill.
bool may_serve_now(const World& world, const AgentId& agent, const Contact& contact) {
    bool may = false;
    for_each_queue(contact, [&](const QueueId& queue, std::int32_t step) {
        const Directory::Member* member = world.member(queue, agent);
        const bool is_member = member != nullptr && member->speaks(contact.language);
        may = may || (is_member && member->may_serve(step));
    });
    return may;
}

// Ready, or busy with something that ends.
bool is_there(const World& world, const AgentId& id) {
    const agent::Agent* agent = world.find(id);
    if (agent == nullptr || world.agent_row(id) == nullptr) return false;
    if (agent->deferred) return false;  // he goes when he is free
    return agent->state == AgentState::ready || agent::is_busy(agent->state);
}

std::optional<Rejection> unless_it_waits(const Contact* contact) {
    if (contact != nullptr && contact->stage == Stage::queued) return std::nullopt;
    return not_now("it does not wait in a queue now");
}

}  // namespace

void hold_back(Deciding& deciding, ContactId id) {
    const World& world = deciding.world();
    const Contact* contact = world.find(id);
    if (contact == nullptr || contact->stage != Stage::queued || contact->is_emergency) return;
    const Queue* queue = world.queue_row(contact->queue);
    if (queue == nullptr) return;
    if (queue->strategy == queue::Strategy::external) {
        const std::chrono::milliseconds lease{queue->external_lease_ms};
        deciding.add(ContactHeld{id, AgentId{}, HoldReason::external, deciding.now() + lease, ""});
        return;
    }
    const CallerIdentity& caller = contact->caller;
    if (queue->last_agent_ms == 0 || !caller.number || caller.is_hidden) return;
    const AgentId last = world.last_agent_of(*caller.number);
    if (last.value.empty() || !may_serve_now(world, last, *contact)) return;
    if (!is_there(world, last)) return;
    const Instant until = deciding.now() + std::chrono::milliseconds{queue->last_agent_ms};
    deciding.add(ContactHeld{id, last, HoldReason::last_agent, until, ""});
}

void release_held(Deciding& deciding) {
    const World& world = deciding.world();
    if (!world.holds_any()) return;
    std::set<ContactId> left_alone;  // one who stands in several queues is seen in each
    for (const QueueId& queue : deciding.touched()) {
        const std::uint32_t number = world.queue_number(queue);
        if (number == queue::kNoRow) continue;
        for (const Language language : {Language::arabic, Language::english}) {
            const queue::Pool pool{number, language, queue::kHeldForAgent};
            for (const queue::Place* place = world.first_place(pool); place != nullptr;
                 place = world.next_held(*place)) {
                const Contact& contact = *world.find(place->contact);
                const bool is_his = is_eligible(world, contact.held_for, contact);
                if (!is_his || !is_there(world, contact.held_for)) left_alone.insert(contact.id);
            }
        }
    }
    for (const ContactId id : left_alone) deciding.add(HoldEnded{id, HoldEnd::agent_away});
}

std::optional<Rejection> decide_assign(Deciding& deciding, const AssignContact& command) {
    const World& world = deciding.world();
    const Contact* contact = world.find(command.contact);
    if (const auto rejection = unless_it_waits(contact)) return rejection;
    const std::optional<QueueId> through = queue_through(world, *contact, command.agent);
    if (!through) return not_now("the agent does not serve its queue in its language");
    if (!agent::is_ready(*world.find(command.agent))) return not_now("the agent is not ready");
    deciding.add(ContactAssigned{command.contact, command.agent, command.by});
    make_offer(deciding, command.contact, *through, command.agent, 0);
    return std::nullopt;
}

std::optional<Rejection> decide_prefer(Deciding& deciding, const PreferAgent& command) {
    const World& world = deciding.world();
    const Contact* contact = world.find(command.contact);
    if (const auto rejection = unless_it_waits(contact)) return rejection;
    if (!is_eligible(world, command.agent, *contact)) {
        return not_now("the agent does not serve its queue in its language");
    }
    if (!is_there(world, command.agent)) return not_now("the agent is not there");
    if (command.for_ms <= 0 || command.for_ms > kLongestHoldMs) {
        return not_now("a contact is held for more than nothing and at most an hour");
    }
    const Instant until = deciding.now() + std::chrono::milliseconds{command.for_ms};
    deciding.add(
        ContactHeld{command.contact, command.agent, HoldReason::preferred, until, command.by});
    return std::nullopt;
}

}  // namespace amer::centre

#include "core/centre/deciding.h"

#include "core/centre/apply.h"

namespace amer::centre {

Deciding::Deciding(const State& state, Instant instant, Over over)
    : copy_{over == Over::copy ? std::optional<State>{state} : std::nullopt},
      world_{copy_ ? World{*copy_} : World{state, instant}},
      now_{instant} {}

bool Deciding::is_open() const {
    if (!is_open_) is_open_ = calendar::is_open(world_.calendar(), now_);
    return *is_open_;
}

void Deciding::touch_all_queues() {
    for (const Queue& queue : world_.configuration().queues) touched_.insert(queue.id);
}

void Deciding::note(Event event) {
    if (const auto* ended = std::get_if<ContactEnded>(&event)) {
        const contact::Contact* contact = world_.find(ended->contact);
        if (contact != nullptr && contact->is_callback) touched_.insert(contact->queue);
    }
    apply_to(world_, event, now_);
    touch(event);
    events_.push_back(std::move(event));
}

void Deciding::touch(const Event& event) {
    if (const auto* queued = std::get_if<ContactQueued>(&event)) {
        touched_.insert(queued->queue);
    } else if (const auto* changed = std::get_if<AgentStateChanged>(&event)) {
        const AgentRow* row = world_.agent_row(changed->agent);
        if (row == nullptr) return;
        for (const Membership& membership : row->queues) touched_.insert(membership.queue);
    } else if (const auto* used = std::get_if<PhoneUseChanged>(&event)) {
        const AgentRow* row = world_.agent_row(used->agent);
        if (row == nullptr) return;
        for (const Membership& membership : row->queues) touched_.insert(membership.queue);
    } else if (const auto* widened = std::get_if<RingingWidened>(&event)) {
        const contact::Contact* contact = world_.find(widened->contact);
        if (contact != nullptr) touched_.insert(contact->queue);
    } else if (const auto* relaxed = std::get_if<RequirementRelaxed>(&event)) {
        const contact::Contact* contact = world_.find(relaxed->contact);
        if (contact != nullptr) touched_.insert(contact->queue);
    } else if (const auto* ended = std::get_if<OfferEnded>(&event)) {
        const contact::Contact* contact = world_.find(ended->contact);
        if (contact != nullptr) touched_.insert(contact->queue);
    } else if (std::holds_alternative<ConfigurationPublished>(event)) {
        is_open_.reset();
        touch_all_queues();
    }
}

}  // namespace amer::centre

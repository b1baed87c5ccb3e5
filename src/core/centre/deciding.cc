#include "core/centre/deciding.h"

#include "base/overloaded.h"
#include "core/centre/apply.h"
#include "core/centre/several_queues.h"

namespace amer::centre {

Deciding::Deciding(const State& state, Instant instant, Over over)
    : copy_{over == Over::copy ? std::optional<State>{state} : std::nullopt},
      world_{copy_ ? World{*copy_, instant} : World{state, instant}},
      now_{instant} {}

bool Deciding::is_open() const {
    if (!is_open_) is_open_ = calendar::is_open(world_.calendar(), now_);
    return *is_open_;
}

bool Deciding::is_open(const QueueId& queue) const {
    const calendar::Calendar& its = world_.calendar_of(queue);
    return &its == &world_.calendar() ? is_open() : calendar::is_open(its, now_);
}

bool Deciding::may_call(const QueueId& queue) const {
    return is_open(queue) && world_.calls_end(queue, now_).has_value();
}

void Deciding::touch_all_queues() {
    for (const Queue& queue : world_.configuration().queues) touched_.insert(queue.id);
}

void Deciding::note(Event event) {
    if (const auto* ended = std::get_if<ContactEnded>(&event)) {
        const contact::Contact* contact = world_.find(ended->contact);
        if (contact != nullptr && contact->is_callback) touched_.insert(contact->queue);
    }
    const World::Pace pace = world_.pace();
    apply_to(world_, event, now_);
    touch(event);
    const PromisePlan& plan = world_.configuration().promises;
    const bool dials_ahead = plan.mode == callback::DialMode::customer_first;
    if (dials_ahead && world_.pace() != pace) touch_all_queues();
    events_.push_back(std::move(event));
}

void Deciding::touch_queues_of(ContactId id) {
    const contact::Contact* contact = world_.find(id);
    if (contact == nullptr) return;
    for_each_queue(*contact, [&](const QueueId& queue, std::int32_t) { touched_.insert(queue); });
}

void Deciding::touch_queues_of(const AgentId& agent) {
    const AgentRow* row = world_.agent_row(agent);
    if (row == nullptr) return;
    for (const Membership& membership : row->queues) touched_.insert(membership.queue);
}

void Deciding::touch(const Event& event) {
    const Overloaded touching{
        [&](const ContactQueued& queued) { touched_.insert(queued.queue); },
        [&](const ContactAlsoQueued& queued) { touched_.insert(queued.queue); },
        [&](const AgentStateChanged& changed) { touch_queues_of(changed.agent); },
        [&](const PhoneUseChanged& used) { touch_queues_of(used.agent); },
        [&](const RingingWidened& widened) { touch_queues_of(widened.contact); },
        [&](const RequirementRelaxed& relaxed) { touch_queues_of(relaxed.contact); },
        [&](const HoldEnded& ended) { touch_queues_of(ended.contact); },
        [&](const ContactHeld& held) { touch_queues_of(held.contact); },
        [&](const OfferEnded& ended) { touch_queues_of(ended.contact); },
        [&](const NotificationOwed& owed) { owed_.insert(owed.notification.occasion); },
        [&](const ClosureSet&) {
            is_open_.reset();
            touch_all_queues();
        },
        [&](const ConfigurationPublished&) {
            is_open_.reset();
            touch_all_queues();
        },
        [](const auto&) {},
    };
    std::visit(touching, event);
}

}  // namespace amer::centre

#include "core/centre/rules.h"
#include "core/centre/several_queues.h"

// Citizens who are dialled before an agent is asked: how one waits for an agent, and what he is
// told when none can come.
namespace amer::centre {

namespace {

using contact::Contact;
using Stage = contact::Contact::Stage;

// A day of waiting: whom we rang does not wait behind those who rang us.
constexpr std::int32_t kBeforeAllButEmergencies = 24 * 60;

}  // namespace

void await_agent(Deciding& deciding, ContactId id) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr) return;
    const callback::Promise* promise = deciding.world().find(contact->promise);
    const std::int32_t priority = promise == nullptr ? 0 : promise->priority;
    // Of several who wait like this, the first to be rung comes first.
    deciding.add(ContactQueued{id, deciding.world().queue_in_force(contact->queue),
                               priority + kBeforeAllButEmergencies, contact->opened_at, false});
}

void apologise_to_customer(Deciding& deciding, ContactId id, QueueExit how) {
    end_offers(deciding, id, OfferEnd::caller_left);
    leave_queue(deciding, id, how);
    const PromptId sorry = deciding.world().configuration().promises.sorry;
    std::vector<Saying> sayings = sayings_for(deciding, id, {sorry});
    if (sayings.empty()) return end_greeting(deciding, id);
    start_prompt(deciding, id, std::move(sayings), false);
}

void release_customers(Deciding& deciding) {
    if (deciding.world().pace().customers_dialled == 0) return;
    for (const ContactId id : deciding.world().customers_dialled()) {
        const Contact* contact = deciding.world().find(id);
        const bool waits = contact != nullptr && contact->stage == Stage::queued;
        if (!waits || is_anybody_at_work(deciding.world(), *contact)) continue;
        apologise_to_customer(deciding, id, QueueExit::no_agent);
    }
}

}  // namespace amer::centre

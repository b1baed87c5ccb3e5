#include "core/centre/rules.h"

namespace amer::centre {

namespace {

using agent::AgentState;
using callback::Promise;
using contact::Contact;
using Stage = contact::Contact::Stage;

void break_callback(Deciding& deciding, const Contact& contact) {
    if (contact.stage == Stage::dialling || contact.stage == Stage::greeting) {
        fail_attempt(deciding, contact.id, AttemptOutcome::unknown);
        return;
    }
    leave_queue(deciding, contact.id, QueueExit::failed);
    if (contact.has_citizen) return fail_attempt(deciding, contact.id, AttemptOutcome::unknown);
    if (deciding.world().find(contact.promise) != nullptr) {
        const Instant next_try = next_try_at(deciding, contact.queue, deciding.now());
        deciding.add(PromisePutBack{contact.promise, next_try});
    }
    deciding.add(ContactEnded{contact.id, ContactEnd::broken_by_crash});
}

void break_inbound(Deciding& deciding, const Contact& contact) {
    // Offers were ended before: who was offered stands in his queue again.
    const bool stood_or_talked =
        contact.stage == Stage::queued || contact.stage == Stage::connected;
    const bool has_number = contact.caller.number && !contact.caller.is_hidden;
    if (stood_or_talked && has_number) {
        owe_call(deciding, contact.id, Promise::Origin::crash, contact.queue);
    } else if (!stood_or_talked && !contact.talked_with && !deciding.is_open()) {
        // Every call outside the hours is an entry, even one the crash cut off (R7).
        const QueueId queue = deciding.world().configuration().promises.queue;
        owe_call(deciding, contact.id, Promise::Origin::out_of_hours, queue);
    }
    leave_queue(deciding, contact.id, QueueExit::failed);
    deciding.add(ContactEnded{contact.id, ContactEnd::broken_by_crash});
}

}  // namespace

// The process died and with it every call and every registration (acd.md 6.4, 32 and 33). A second
// recovery finds nothing alive and changes nothing. Recordings wait for their files to be found.
void decide_recover(Deciding& deciding) {
    std::vector<AgentId> agents;
    deciding.world().agents().for_each([&](const agent::Agent& agent) {
        if (agent.state != AgentState::logged_out) agents.push_back(agent.id);
    });
    std::vector<ContactId> contacts;
    deciding.world().contacts().for_each(
        [&](const Contact& contact) { contacts.push_back(contact.id); });

    for (const ContactId id : contacts) {
        const std::vector<contact::Party> parties = deciding.world().find(id)->parties;
        for (const contact::Party& party : parties) {
            deciding.add(PartyLeft{party.invitation, id, party.agent, PartyEnd::crash});
        }
        const std::vector<OfferId> offers = deciding.world().find(id)->offers;
        for (const OfferId offer : offers) {
            const queue::Offer* row = deciding.world().find(offer);
            if (row == nullptr) continue;
            deciding.add(OfferEnded{offer, id, AgentId{row->agent}, OfferEnd::crash});
        }
    }
    for (const AgentId& id : agents) {
        change_agent(deciding, id, AgentState::logged_out, agent::kRestart);
    }
    for (const ContactId id : contacts) {
        const Contact contact = *deciding.world().find(id);
        if (contact.is_callback) {
            break_callback(deciding, contact);
        } else {
            break_inbound(deciding, contact);
        }
    }
    deciding.add(CentreRecovered{static_cast<std::int64_t>(contacts.size())});
}

}  // namespace amer::centre

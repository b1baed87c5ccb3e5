#include "core/centre/rules.h"

namespace amer::centre {

using contact::Contact;
using Stage = contact::Contact::Stage;

std::optional<Rejection> decide_open(Deciding& deciding, const OpenContact& command) {
    const DialledNumber* row = nullptr;
    if (command.number) row = deciding.world().number_row(command.number->e164());
    if (row == nullptr) row = deciding.world().number_row(command.dialled);
    if (row == nullptr) {
        return Rejection{RejectionReason::unknown_number,
                         fmt::format("'{}' is no number of this centre", command.dialled)};
    }
    ContactOpened opened;
    opened.contact = deciding.new_contact();
    opened.leg = command.leg;
    opened.dialled = row->number.e164();
    opened.caller = command.caller;
    opened.trunk = command.trunk;
    opened.flow = row->flow;
    deciding.add(opened);
    return std::nullopt;
}

void decide_caller_connected(Deciding& deciding, ContactId id) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr || contact->is_callback || contact->stage != Stage::arriving) return;
    const flow::Flow* flow = deciding.world().flow_of(*contact);
    if (flow == nullptr) {
        deciding.add(ContactEnded{id, ContactEnd::flow_ended});
        return;
    }
    enter_step(deciding, id, flow->first);
}

// Every call outside the hours is an entry, even one that ends before it is told so (R7).
void leave_in_flow(Deciding& deciding, ContactId id) {
    if (deciding.world().find(id)->talked_with) {  // he was served, whatever the hour
        deciding.add(ContactEnded{id, ContactEnd::completed});
        return;
    }
    if (!deciding.world().find(id)->promise && !deciding.is_open()) {
        const QueueId queue = deciding.world().configuration().promises.queue;
        owe_call(deciding, id, callback::Promise::Origin::out_of_hours, queue);
    }
    const bool is_promised = static_cast<bool>(deciding.world().find(id)->promise);
    deciding.add(ContactEnded{id, is_promised ? ContactEnd::promised : ContactEnd::left_in_flow});
}

void decide_caller_left(Deciding& deciding, ContactId id) {
    const Contact* found = deciding.world().find(id);
    if (found == nullptr) return;
    const Contact contact = *found;
    constexpr AttemptOutcome kLeft = AttemptOutcome::left_waiting;  // he had answered
    switch (contact.stage) {
        case Stage::arriving:
        case Stage::in_flow: return leave_in_flow(deciding, id);
        case Stage::offered:
        case Stage::queued:
            if (contact.is_callback && !contact.has_citizen) return;  // there is nobody on it yet
            // A phone that rings stops at once, and costs its agent nothing (acd.md 6.4, 1).
            end_offers(deciding, id, OfferEnd::caller_left);
            leave_queue(deciding, id, QueueExit::abandoned);
            if (contact.is_callback) return fail_attempt(deciding, id, kLeft);
            deciding.add(ContactEnded{id, ContactEnd::abandoned});
            return;
        case Stage::briefing: return;  // nor is he dialled yet
        case Stage::greeting:
            if (!contact.agent) return fail_attempt(deciding, id, kLeft);
            [[fallthrough]];
        case Stage::dialling: return fail_attempt(deciding, id, AttemptOutcome::gave_up);
        case Stage::connected:
            part_from_all(deciding, id, PartyEnd::talk_ended);
            deciding.add(ContactEnded{id, ContactEnd::completed});
            start_wrap_up(deciding, contact.agent, id);
            return;
    }
}

}  // namespace amer::centre

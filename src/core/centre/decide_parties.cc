#include "core/centre/rules.h"

// More than two on a contact: a colleague who is asked, supervisors, and how they come and go. Who
// hears whom follows from their parts; telephony carries it out.
namespace amer::centre {

namespace {

using agent::AgentState;
using contact::Contact;
using contact::Part;
using contact::Party;
using Stage = contact::Contact::Stage;

// Beside the agent: more would make a talk nobody can follow, and media mixes no more.
constexpr std::size_t kMostParties = 4;

std::optional<Rejection> unless_he_can_come(const World& world, const Contact& contact,
                                            const AgentId& id) {
    if (id == contact.agent || contact.party(id) != nullptr) return not_now("he is on it already");
    if (contact.parties.size() >= kMostParties) return not_now("no more may be on one contact");
    const agent::Agent& agent = *world.find(id);
    if (world.agent_row(id) == nullptr || agent.state == AgentState::logged_out) {
        return not_now("he is not logged in");
    }
    if (agent::is_busy(agent.state)) return not_now("he is busy");
    if (agent.is_phone_in_use) return not_now("his telephone is in use");
    return std::nullopt;
}

void invite(Deciding& deciding, ContactId contact, const AgentId& id, Part part) {
    const agent::Agent before = *deciding.world().find(id);
    const std::chrono::milliseconds rings{
        deciding.world().configuration().agent_plan.invitation_ms};
    const OfferId invitation = deciding.new_offer();
    deciding.add(PartyInvited{invitation, contact, AgentId{id}, part, deciding.now() + rings});
    change_agent(deciding, id, AgentState::reserved, "", std::nullopt, contact);
    // On his break he helps out, and is on it again afterwards.
    const bool is_away = before.state == AgentState::not_ready && !before.until;
    if (is_away) deciding.add(AgentChangeDeferred{before.id, before.state, before.reason});
}

void part_from(Deciding& deciding, ContactId contact, OfferId invitation, PartyEnd how) {
    const Party party = *deciding.world().find(contact)->party(invitation);
    deciding.add(PartyLeft{invitation, contact, party.agent, how});
    free_agent(deciding, party.agent);
}

// He whom the agent asked, once he is there; nullptr: nobody.
const Party* colleague_of(const Contact& contact) {
    for (const Party& party : contact.parties) {
        if (party.is_here && !contact::is_supervising(party.part)) return &party;
    }
    return nullptr;
}

// Who goes on with the caller when his agent hangs up: one whom he hears.
const Party* next_agent_of(const Contact& contact) {
    for (const Part part : {Part::conferring, Part::barging}) {
        for (const Party& party : contact.parties) {
            if (party.is_here && party.part == part) return &party;
        }
    }
    // A citizen we called has no place in a queue to go back to.
    return contact.is_callback ? colleague_of(contact) : nullptr;
}

void hand_over(Deciding& deciding, const Contact& contact, const Party& to) {
    go_on_recording(deciding, contact.id, ResumeReason::next_agent);
    deciding.add(ContactHandedOver{contact.id, to.invitation, contact.agent, to.agent});
}

PartyEnd end_of_invitation(OfferEnd how) {
    switch (how) {
        case OfferEnd::no_answer: return PartyEnd::no_answer;
        case OfferEnd::rejected: return PartyEnd::rejected;
        case OfferEnd::busy: return PartyEnd::busy;
        case OfferEnd::unreachable: return PartyEnd::unreachable;
        case OfferEnd::caller_left:
        case OfferEnd::answered_elsewhere: return PartyEnd::talk_ended;
        case OfferEnd::crash: return PartyEnd::crash;
    }
    return PartyEnd::left;
}

}  // namespace

std::optional<Rejection> unless_talked_on(const Contact* contact) {
    if (contact != nullptr && contact->stage == Stage::connected) return std::nullopt;
    return not_now("nobody talks on it now");
}

std::optional<Rejection> decide_consult(Deciding& deciding, const ConsultAgent& command) {
    const World& world = deciding.world();
    const Contact* contact = world.find(command.contact);
    if (auto rejection = unless_talked_on(contact)) return rejection;
    if (contact->is_caller_aside()) return not_now("somebody else is being asked already");
    if (auto rejection = unless_he_can_come(world, *contact, command.agent)) return rejection;
    invite(deciding, command.contact, command.agent, Part::consulted);
    return std::nullopt;
}

std::optional<Rejection> decide_confer(Deciding& deciding, ContactId id) {
    const Contact* contact = deciding.world().find(id);
    if (auto rejection = unless_talked_on(contact)) return rejection;
    const Party* found = colleague_of(*contact);
    if (found == nullptr) return not_now("no colleague is there to confer with");
    const Party colleague = *found;
    if (colleague.part == Part::conferring) return std::nullopt;
    deciding.add(PartyChanged{colleague.invitation, id, colleague.agent, Part::conferring});
    return std::nullopt;
}

std::optional<Rejection> decide_hand_over(Deciding& deciding, ContactId id) {
    const Contact* found = deciding.world().find(id);
    if (auto rejection = unless_talked_on(found)) return rejection;
    const Contact contact = *found;
    const Party* colleague = colleague_of(contact);
    if (colleague == nullptr) return not_now("no colleague is there to take it over");
    hand_over(deciding, contact, *colleague);
    start_wrap_up(deciding, contact.agent, id);
    return std::nullopt;
}

std::optional<Rejection> decide_dismiss(Deciding& deciding, const DismissParty& command) {
    const Contact* contact = deciding.world().find(command.contact);
    const Party* party = contact == nullptr ? nullptr : contact->party(command.agent);
    if (party == nullptr) return not_now("he is not a party to it");
    part_from(deciding, command.contact, OfferId{party->invitation}, PartyEnd::dismissed);
    return std::nullopt;
}

std::optional<Rejection> decide_supervise(Deciding& deciding, const Supervise& command) {
    const World& world = deciding.world();
    const Contact* contact = world.find(command.contact);
    if (auto rejection = unless_talked_on(contact)) return rejection;
    if (!contact::is_supervising(command.part)) return not_now("that is no part of a supervisor");
    const AgentRow* row = world.agent_row(command.agent);
    if (row == nullptr || !row->is_supervisor) return not_now("he is no supervisor");
    if (const Party* party = contact->party(command.agent)) {
        if (!contact::is_supervising(party->part)) return not_now("he is asked by the agent");
        if (party->part == command.part) return std::nullopt;
        deciding.add(PartyChanged{OfferId{party->invitation}, command.contact,
                                  AgentId{command.agent}, command.part});
        return std::nullopt;
    }
    if (auto rejection = unless_he_can_come(world, *contact, command.agent)) return rejection;
    invite(deciding, command.contact, command.agent, command.part);
    return std::nullopt;
}

bool is_invitation(const World& world, const queue::Offer& offer) {
    const Contact* contact = world.find(offer.contact);
    return contact != nullptr && contact->party(offer.id) != nullptr;
}

void join_talk(Deciding& deciding, const queue::Offer& invitation) {
    deciding.add(PartyJoined{invitation.id, invitation.contact, invitation.agent});
    change_agent(deciding, invitation.agent, AgentState::talking, "", std::nullopt,
                 invitation.contact);
}

void end_invitation(Deciding& deciding, const queue::Offer& invitation, OfferEnd how) {
    part_from(deciding, invitation.contact, invitation.id, end_of_invitation(how));
}

void part_from_all(Deciding& deciding, ContactId id, PartyEnd how) {
    const Contact* contact = deciding.world().find(id);
    if (contact == nullptr || contact->parties.empty()) return;
    const std::vector<Party> parties = contact->parties;
    for (const Party& party : parties) part_from(deciding, id, party.invitation, how);
}

bool leave_talk(Deciding& deciding, ContactId id, const AgentId& agent) {
    const Contact* contact = deciding.world().find(id);
    const Party* party = contact == nullptr ? nullptr : contact->party(agent);
    if (party == nullptr) return false;
    part_from(deciding, id, OfferId{party->invitation}, PartyEnd::left);
    return true;
}

bool go_on_with_party(Deciding& deciding, ContactId id) {
    const Contact contact = *deciding.world().find(id);
    const Party* next = next_agent_of(contact);
    if (next == nullptr) return false;
    hand_over(deciding, contact, *next);
    return true;
}

}  // namespace amer::centre

#include <algorithm>
#include <utility>

#include "telephony/hearing.h"
#include "telephony/switchboard.h"

// The part of the switchboard for more than two on a contact: who rings, who is on it, who hears
// whom, and how it passes from one agent to the next.
namespace amer::telephony {

using contact::Part;

bool Switchboard::Contact::is_caller_aside() const {
    return std::any_of(parties.begin(), parties.end(),
                       [](const auto& row) { return row.second.part == Part::consulted; });
}

void Switchboard::on(const centre::PartyInvited& invited) {
    Contact* contact = find(invited.contact);
    if (contact == nullptr) return;
    Party& party = contact->parties[invited.invitation];
    party.agent = invited.agent;
    party.part = invited.part;
    ring(*contact, invited.invitation, invited.agent);
    arrange(*contact);
}

void Switchboard::on(const centre::PartyJoined& joined) {
    Contact* contact = find(joined.contact);
    if (contact == nullptr) return;
    const auto party = contact->parties.find(joined.invitation);
    if (party == contact->parties.end()) return;  // he left meanwhile: the core has been told
    party->second.is_here = true;
    arrange(*contact);
}

void Switchboard::on(const centre::PartyChanged& changed) {
    Contact* contact = find(changed.contact);
    if (contact == nullptr) return;
    const auto party = contact->parties.find(changed.invitation);
    if (party == contact->parties.end()) return;
    party->second.part = changed.part;
    arrange(*contact);
}

void Switchboard::on(const centre::PartyLeft& left) {
    Contact* contact = find(left.contact);
    if (contact == nullptr) return;
    drop_party(*contact, left.invitation, true);
    contact->parties.erase(left.invitation);
    arrange(*contact);
}

// His leg goes; he is in the books until the core has taken him out.

void Switchboard::drop_party(Contact& contact, OfferId invitation, bool hang_up) {
    const auto party = contact.parties.find(invitation);
    if (party == contact.parties.end()) return;
    close(party->second.leg, hang_up, "");
    party->second.is_here = false;
    show_recorded(contact);
}

void Switchboard::on(const centre::ContactHandedOver& over) {
    Contact* contact = find(over.contact);
    if (contact == nullptr) return;
    const auto party = contact->parties.find(over.invitation);
    drop(*contact, Side::agent, true);
    contact->agent = over.to;
    if (party == contact->parties.end()) return;  // he hung up meanwhile: the core has been told
    contact->agent_leg = std::move(party->second.leg);
    contact->parties.erase(party);
    if (contact->agent_leg) {
        const Place place{contact->id, Side::agent, {}};
        place_of_call_[contact->agent_leg.call] = place;
        place_of_leg_[contact->agent_leg.media] = place;
    }
    arrange(*contact);
}

void Switchboard::on(const centre::RecordingPaused& paused) {
    wiring_.media.pause_recording(media::RecordingId{paused.recording.value});
}

void Switchboard::on(const centre::RecordingResumed& resumed) {
    wiring_.media.resume_recording(media::RecordingId{resumed.recording.value});
}

namespace {

// What plays on a leg instead of the voices of the others; no prompt: nothing.
void set_music(media::Plane& plane, media::LegId leg, const media::ClipPtr& music) {
    if (music) {
        plane.play_music(leg, music);
    } else {
        plane.stop_music(leg);
    }
}

}  // namespace

// Music, ring-back and who hears whom, all from who is on the contact now and who holds whom:
// whoever is put on hold by the other side hears music, not nothing.
void Switchboard::arrange(Contact& contact) {
    if (!contact.is_connected) return;
    std::vector<Seated> seated;
    if (contact.caller_leg) seated.push_back({contact.caller_leg.media, Seated::Seat::caller});
    if (contact.agent_leg) seated.push_back({contact.agent_leg.media, Seated::Seat::agent});
    bool is_awaited = false;
    for (const auto& [invitation, party] : contact.parties) {
        if (party.is_here) seated.push_back({party.leg.media, Seated::Seat::party, party.part});
        is_awaited = is_awaited || (party.part == Part::consulted && !party.is_here);
    }
    for (auto& [leg, heard] : who_hears_whom(seated, contact.is_caller_aside())) {
        wiring_.media.set_heard(leg, std::move(heard));
    }
    const media::ClipPtr music = wiring_.prompts.music(PromptId{"MUSIC"});
    if (contact.caller_leg) {
        const bool is_on_hold = contact.is_caller_aside() || contact.agent_leg.is_held;
        set_music(wiring_.media, contact.caller_leg.media, is_on_hold ? music : nullptr);
    }
    if (contact.agent_leg) {
        set_music(wiring_.media, contact.agent_leg.media,
                  is_awaited                   ? wiring_.prompts.ring_back()
                  : contact.caller_leg.is_held ? music
                                               : nullptr);
    }
    show_recorded(contact);
}

}  // namespace amer::telephony

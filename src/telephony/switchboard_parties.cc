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

// The music of the queue follows, and the recording goes on.
void Switchboard::on(const centre::ContactTransferred& transferred) {
    Contact* contact = find(transferred.contact);
    if (contact == nullptr) return;
    contact->is_connected = false;
    contact->agent = {};
    drop(*contact, Side::agent, true);
}

void Switchboard::on(const centre::RecordingPaused& paused) {
    wiring_.media.pause_recording(media::RecordingId{paused.recording.value});
}

void Switchboard::on(const centre::RecordingResumed& resumed) {
    wiring_.media.resume_recording(media::RecordingId{resumed.recording.value});
}

// Music, ring-back and who hears whom, all from who is on the contact now.
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
    for (auto& [leg, heard] : who_hears_whom(seated)) {
        wiring_.media.set_heard(leg, std::move(heard));
    }
    if (contact.caller_leg) {
        const bool hears_music = contact.is_caller_aside() || contact.agent_leg.is_held;
        if (hears_music) {
            wiring_.media.play_music(contact.caller_leg.media,
                                     wiring_.prompts.music(PromptId{"MUSIC"}));
        } else {
            wiring_.media.stop_music(contact.caller_leg.media);
        }
    }
    if (contact.agent_leg) {
        if (is_awaited) {
            wiring_.media.play_music(contact.agent_leg.media, wiring_.prompts.ring_back());
        } else if (!contact.caller_leg.is_held) {
            wiring_.media.stop_music(contact.agent_leg.media);
        }
    }
    show_recorded(contact);
}

}  // namespace amer::telephony

#include <algorithm>
#include <chrono>

#include <spdlog/spdlog.h>

#include "base/overloaded.h"
#include "telephony/switchboard.h"

// The half of the switchboard that does what the core decided.
namespace amer::telephony {

namespace {

const char* const kCompletedElsewhere = "SIP;cause=200;text=\"Call completed elsewhere\"";

}  // namespace

void Switchboard::on_entries(const std::vector<engine::Entry>& entries) {
    for (const engine::Entry& entry : entries) {
        const Overloaded react{
            [&](const centre::ConfigurationPublished& event) { on(event); },
            [&](const centre::ContactOpened& event) { on(event); },
            [&](const centre::PromptStarted& event) { on(event); },
            [&](const centre::RecordingStarted& event) { on(event); },
            [&](const centre::ContactQueued& event) { on(event); },
            [&](const centre::OfferMade& event) { on(event); },
            [&](const centre::OfferEnded& event) { on(event); },
            [&](const centre::OfferAccepted& event) { on(event); },
            [&](const centre::AttemptStarted& event) { on(event); },
            [&](const centre::ContactConnected& event) { on(event); },
            [&](const centre::ContactReturned& event) { leave_agent(event.contact); },
            [&](const centre::TalkEnded& event) { on(event); },
            [&](const centre::PartyInvited& event) { on(event); },
            [&](const centre::PartyJoined& event) { on(event); },
            [&](const centre::PartyChanged& event) { on(event); },
            [&](const centre::PartyLeft& event) { on(event); },
            [&](const centre::ContactHandedOver& event) { on(event); },
            [&](const centre::ContactTransferred& event) { leave_agent(event.contact); },
            [&](const centre::RecordingPaused& event) { on(event); },
            [&](const centre::RecordingResumed& event) { on(event); },
            [&](const centre::ContactEnded& event) { on(event); },
            [](const auto&) {},  // facts that move no leg
        };
        std::visit(react, entry.event);
    }
}

void Switchboard::on(const centre::ConfigurationPublished& published) {
    configuration_ = published.configuration;
}

void Switchboard::on(const centre::ContactOpened& opened) {
    Contact contact;
    contact.id = opened.contact;
    contact.caller = opened.caller;
    if (opened.kind == centre::ContactKind::callback) {
        contact.together = next_leg_;
        contacts_.emplace(opened.contact, std::move(contact));
        return;
    }
    const auto found = arrivals_.find(opened.leg);
    if (found == arrivals_.end()) {  // he hung up before we could answer
        wiring_.commands.report(centre::CallerLeft{opened.contact});
        return;
    }
    Arrival arrival = std::move(found->second);
    arrivals_.erase(found);
    arrival_of_call_.erase(arrival.call);

    contact.together = arrival.together;
    contact.caller_leg = std::move(arrival.leg);
    place_of_call_[arrival.call] = Place{opened.contact, Side::caller, {}};
    place_of_leg_[contact.caller_leg.media] = Place{opened.contact, Side::caller, {}};
    contacts_.emplace(opened.contact, std::move(contact));
    sip_->answer(arrival.call, std::move(arrival.answer));
}

void Switchboard::on(const centre::PromptStarted& started) {
    Contact* contact = find(started.contact);
    if (contact == nullptr) return;
    const Leg& leg = started.is_to_agent ? contact->agent_leg : contact->caller_leg;
    if (!leg) return;
    wiring_.media.play(leg.media, media::PlaybackId{started.playback.value},
                       wiring_.prompts.clips(started.language, started.sayings),
                       started.cut_by_key);
}

void Switchboard::on(const centre::RecordingStarted& started) {
    Contact* contact = find(started.contact);
    if (contact == nullptr || !contact->caller_leg) return message_failed(started.recording);
    if (started.kind == centre::RecordingKind::contact) {
        contact->recording = started.recording;
        const auto file = wiring_.shelf.place_for(started.recording);
        const media::LegId agent =
            contact->is_connected ? contact->agent_leg.media : media::LegId{};
        const auto begun = file ? wiring_.media.start_recording(
                                      media::RecordingId{started.recording.value},
                                      contact->together, *file, contact->caller_leg.media, agent)
                                : Result<void>{tl::unexpected(file.error())};
        if (begun) return;
        spdlog::error("recording {} cannot begin: {}", started.recording.value, begun.error().what);
        contact->recording = {};
        return message_failed(started.recording);
    }
    contact->message = started.recording;
    contact->message_longest_ms = started.longest_ms;
    contact->message_silence_ms = started.silence_ms;
    const media::PlaybackId beep{next_own_playback_++};
    beeps_[beep] = contact->id;
    wiring_.media.play(contact->caller_leg.media, beep, {wiring_.prompts.tone_before_message()},
                       false);
}

void Switchboard::begin_message(Contact& contact) {
    const RecordingId recording = contact.message;
    if (!contact.caller_leg) return message_failed(recording);
    const auto file = wiring_.shelf.place_for(recording);
    const auto begun =
        file ? wiring_.media.start_message(
                   media::RecordingId{recording.value}, contact.together, *file,
                   contact.caller_leg.media, std::chrono::milliseconds{contact.message_longest_ms},
                   std::chrono::milliseconds{contact.message_silence_ms}, "#")
             : Result<void>{tl::unexpected(file.error())};
    if (begun) return;
    spdlog::error("message {} cannot be recorded: {}", recording.value, begun.error().what);
    message_failed(recording);
}

// The core waits for every recording it began; one that never came to be is told too.
void Switchboard::message_failed(RecordingId recording) {
    centre::FinishRecording nothing;
    nothing.recording = recording;
    nothing.has_failed = true;
    wiring_.commands.report(nothing);
}

void Switchboard::on(const centre::ContactQueued& queued) {
    Contact* contact = find(queued.contact);
    if (contact == nullptr || !contact->caller_leg) return;
    const auto queue =
        std::find_if(configuration_.queues.begin(), configuration_.queues.end(),
                     [&](const centre::Queue& row) { return row.id == queued.queue; });
    const PromptId music = queue == configuration_.queues.end() ? PromptId{"MUSIC"} : queue->music;
    wiring_.media.play_music(contact->caller_leg.media, wiring_.prompts.music(music));
}

void Switchboard::on(const centre::OfferMade& made) {
    Contact* contact = find(made.contact);
    if (contact == nullptr) return;
    contact->rung[made.offer].agent = made.agent;
    ring(*contact, made.offer, made.agent);
}

// The leg of this offer, which is in the books already, calls the agent's phone.
void Switchboard::ring(Contact& contact, OfferId offer, const AgentId& agent) {
    desk_calls_.make_way(agent);
    const Place place{contact.id, Side::agent, offer};
    const auto bindings = sip_->bindings_of(agent.value);
    if (bindings.empty() || !open_media(*leg_at(contact, place), contact.together)) {
        wiring_.commands.report(centre::DeclineOffer{offer, centre::DeclineReason::unreachable});
        return;
    }
    sip::UserAgent::Invitation invitation;
    invitation.target = bindings.back().contact;
    invitation.flow = bindings.back().flow;
    invitation.from.display_name = contact.caller.display_name;
    invitation.from.uri.scheme = "sip";
    invitation.from.uri.user =
        contact.caller.number ? contact.caller.number->e164() : std::string{"anonymous"};
    invitation.from.uri.host = wiring_.domain;
    place_call(contact, place, std::move(invitation));
}

void Switchboard::on(const centre::OfferEnded& ended) {
    Contact* contact = find(ended.contact);
    if (contact == nullptr) return;
    // No missed call on the phone of one whom a colleague forestalled (acd.md 6.2, ringall).
    const bool is_elsewhere = ended.how == centre::OfferEnd::answered_elsewhere;
    drop_rung(*contact, ended.offer, true, is_elsewhere ? kCompletedElsewhere : "");
}

void Switchboard::on(const centre::OfferAccepted& accepted) {
    Contact* contact = find(accepted.contact);
    if (contact == nullptr) return;
    const auto rung = contact->rung.find(accepted.offer);
    if (rung == contact->rung.end()) return;  // he left meanwhile: the core has been told
    contact->agent = rung->second.agent;
    contact->agent_leg = std::move(rung->second.leg);
    contact->rung.erase(rung);
    const Place place{contact->id, Side::agent, {}};
    place_of_call_[contact->agent_leg.call] = place;
    place_of_leg_[contact->agent_leg.media] = place;
}

void Switchboard::on(const centre::AttemptStarted& started) {
    Contact* contact = find(started.contact);
    if (contact == nullptr) return;
    const auto trunk =
        std::find_if(configuration_.trunks.begin(), configuration_.trunks.end(),
                     [&](const centre::Trunk& row) { return row.id == started.trunk; });
    if (trunk == configuration_.trunks.end() ||
        !open_media(contact->caller_leg, contact->together)) {
        wiring_.commands.report(
            centre::CustomerFailed{started.contact, centre::AttemptOutcome::network});
        return;
    }
    sip::UserAgent::Invitation invitation;
    invitation.target.scheme = "sip";
    invitation.target.user = started.number.e164();
    invitation.target.host = trunk->host;
    invitation.target.port = trunk->port;
    invitation.from.uri.scheme = "sip";
    invitation.from.uri.user = trunk->caller_number;
    invitation.from.uri.host = wiring_.domain;
    place_call(*contact, Place{contact->id, Side::caller, {}}, std::move(invitation));
    if (!contact->agent_leg) return;
    // The agent hears that the citizen's phone is about to ring.
    wiring_.media.stop_playing(contact->agent_leg.media);
    wiring_.media.play_music(contact->agent_leg.media, wiring_.prompts.ring_back());
}

void Switchboard::on(const centre::ContactConnected& connected) {
    if (Contact* contact = find(connected.contact)) join(*contact);
}

// His agent's side is gone; the music of the queue follows, and the recording goes on.
void Switchboard::leave_agent(ContactId id) {
    Contact* contact = find(id);
    if (contact == nullptr) return;
    contact->is_connected = false;
    contact->agent = {};
    drop(*contact, Side::agent, true);
}

// Only the agent's leg goes; the caller stays with us and hears what his flow says next.
void Switchboard::on(const centre::TalkEnded& ended) {
    Contact* contact = find(ended.contact);
    if (contact == nullptr) return;
    end_recording(*contact);
    contact->is_connected = false;
    drop(*contact, Side::agent, true);
    contact->agent = {};
    if (!contact->caller_leg) return;
    wiring_.media.stop_music(contact->caller_leg.media);  // he may have been on hold
}

// Before the legs close: its last frames come from them.
void Switchboard::end_recording(Contact& contact) {
    if (!contact.recording) return;
    wiring_.media.stop_recording(media::RecordingId{contact.recording.value});
    contact.recording = {};
}

void Switchboard::on(const centre::ContactEnded& ended) {
    Contact* contact = find(ended.contact);
    if (contact == nullptr) return;
    end_recording(*contact);
    drop(*contact, Side::caller, true);
    drop(*contact, Side::agent, true);
    while (!contact->rung.empty()) drop_rung(*contact, contact->rung.begin()->first, true);
    for (const auto& [invitation, party] : contact->parties) drop_party(*contact, invitation, true);
    contacts_.erase(ended.contact);
}

}  // namespace amer::telephony

#include "telephony/switchboard.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <spdlog/spdlog.h>

#include "base/overloaded.h"
#include "telephony/caller_identity.h"
#include "telephony/numbering.h"

namespace amer::telephony {

using namespace std::chrono_literals;

namespace {

// Our own playbacks (tones) must never meet a number of the core's.
constexpr std::uint64_t kOwnPlaybacks = std::uint64_t{1} << 63U;
constexpr Duration kRetryAfterTrouble = 5s;

}  // namespace

Switchboard::Switchboard(Wiring wiring)
    : wiring_{std::move(wiring)}, next_leg_{wiring_.first_leg}, next_own_playback_{kOwnPlaybacks} {}

Switchboard::~Switchboard() = default;

Switchboard::Contact* Switchboard::find(ContactId contact) {
    const auto found = contacts_.find(contact);
    return found == contacts_.end() ? nullptr : &found->second;
}

Switchboard::Contact* Switchboard::find(sip::CallId call, Place& place) {
    const auto found = place_of_call_.find(call);
    if (found == place_of_call_.end()) return nullptr;
    place = found->second;
    return find(place.contact);
}

Switchboard::Leg* Switchboard::leg_at(Contact& contact, const Place& place) {
    if (!place.offer) return &contact.leg(place.side);
    const auto rung = contact.rung.find(place.offer);
    if (rung != contact.rung.end()) return &rung->second.leg;
    const auto party = contact.parties.find(place.offer);
    return party == contact.parties.end() ? nullptr : &party->second.leg;
}

bool Switchboard::open_media(Leg& leg, std::uint64_t together) {
    return open_sound(leg, wiring_.media, media::LegId{next_leg().value}, together,
                      wiring_.media_address);
}

// Overload is refused before anything suffers from it (acd.md case 34).
bool Switchboard::has_room() {
    const MonotonicInstant now = wiring_.now();
    if (now - second_began_ >= 1s) {
        second_began_ = now;
        calls_this_second_ = 0;
    }
    calls_this_second_++;
    return takes_calls_ && calls_this_second_ <= wiring_.limits.new_calls_per_second &&
           contacts_.size() + arrivals_.size() < wiring_.limits.calls;
}

void Switchboard::on_incoming(const sip::IncomingCall& incoming) {
    if (incoming.is_registered_user && takes_calls_) {
        return desk_calls_.take(incoming, media::LegId{next_leg().value});
    }
    if (!has_room()) {
        sip_->refuse(incoming.call, 503, "", kRetryAfterTrouble);
        return;
    }
    Arrival arrival;
    arrival.call = incoming.call;
    arrival.together = next_leg_;
    if (!open_media(arrival.leg, arrival.together)) {
        sip_->refuse(incoming.call, 503, "", kRetryAfterTrouble);
        return;
    }
    arrival.leg.call = incoming.call;
    auto answer = answer_offer(arrival.leg, wiring_.media, incoming.offer);
    if (!answer) {
        wiring_.media.close_leg(arrival.leg.media);
        sip_->refuse(incoming.call, 488);
        return;
    }
    arrival.answer = std::move(*answer);

    centre::OpenContact open;
    open.leg = LegId{arrival.leg.media.value};
    open.dialled = dialled_by(incoming.invite);
    if (auto number = normalise(open.dialled, configuration_.country)) open.number = *number;
    open.caller = identify_caller(incoming.invite, configuration_.country);
    open.trunk = TrunkId{incoming.peer};

    const sip::CallId call = incoming.call;
    arrival_of_call_[call] = open.leg;
    arrivals_.emplace(open.leg, std::move(arrival));
    wiring_.commands.ask(
        open, [this, call](const engine::Outcome& outcome) { on_arrival_answer(call, outcome); });
}

// Forgets a call that never became a contact; false when it is none.
bool Switchboard::drop_arrival(sip::CallId call) {
    const auto leg = arrival_of_call_.find(call);
    if (leg == arrival_of_call_.end()) return false;
    const auto arrival = arrivals_.find(leg->second);
    wiring_.media.close_leg(arrival->second.leg.media);
    arrivals_.erase(arrival);
    arrival_of_call_.erase(leg);
    return true;
}

// Success shows itself as ContactOpened; here only what refuses the call.
void Switchboard::on_arrival_answer(sip::CallId call, const engine::Outcome& outcome) {
    if (outcome.kind == engine::Outcome::Kind::done) return;
    if (outcome.kind == engine::Outcome::Kind::failed) {
        ++turned_away_;
        if (apologise(call)) return;
    }
    if (!drop_arrival(call)) return;  // he has given up meanwhile

    const bool is_unknown = outcome.kind == engine::Outcome::Kind::rejected &&
                            outcome.rejection.reason == centre::RejectionReason::unknown_number;
    if (is_unknown) {
        sip_->refuse(call, 404);
    } else {
        spdlog::error("a call was refused: {}", outcome.kind == engine::Outcome::Kind::rejected
                                                    ? outcome.rejection.text
                                                    : outcome.failure);
        sip_->refuse(call, 503, "", kRetryAfterTrouble);
    }
}

void Switchboard::place_call(Contact& contact, const Place& place,
                             sip::UserAgent::Invitation invitation) {
    Leg& leg = *leg_at(contact, place);
    const Leg& other = contact.leg(place.side == Side::caller ? Side::agent : Side::caller);
    // The same law on both legs needs no transcoding.
    if (other.is_up && other.codec == media::Codec::pcmu) {
        leg.local.codecs = {media::Codec::pcmu, media::Codec::pcma};
    }
    invitation.offer = media::make_offer(leg.local);
    leg.call = sip_->invite(std::move(invitation), wiring_.now());
    place_of_call_[leg.call] = place;
    place_of_leg_[leg.media] = place;
}

void Switchboard::on_ringing(sip::CallId call, int status, std::string_view /*sdp*/) {
    Place place;
    const Contact* contact = find(call, place);
    if (contact == nullptr || !place.offer || status < 180) return;
    wiring_.commands.report(centre::ReportRinging{place.offer});
}

void Switchboard::on_answered(sip::CallId call, std::string_view sdp) {
    Place place;
    Contact* contact = find(call, place);
    Leg* leg = contact == nullptr ? nullptr : leg_at(*contact, place);
    if (leg == nullptr) return;
    if (const auto agreed = accept_answer(*leg, wiring_.media, sdp); !agreed) {
        spdlog::warn("an answer without usable audio: {}", agreed.error().what);
        sip_->hang_up(call, wiring_.now());
        on_refused(call, 488, "");
        return;
    }
    if (place.side == Side::agent) {
        wiring_.commands.report(centre::AcceptOffer{place.offer});
    } else {
        judge_answer(*leg);
        wiring_.commands.report(centre::CustomerAnswered{contact->id});
    }
}

void Switchboard::on_confirmed(sip::CallId call, std::string_view sdp) {
    if (tell_apology(call, sdp)) return;
    if (desk_calls_.on_confirmed(call, sdp)) return;
    Place place;
    Contact* contact = find(call, place);
    if (contact == nullptr || place.side != Side::caller) return;
    if (!sdp.empty() && !accept_answer(contact->caller_leg, wiring_.media, sdp)) {
        sip_->hang_up(call, wiring_.now());
        on_ended(call, sip::EndCause::bye);
        return;
    }
    wiring_.commands.report(centre::CallerConnected{contact->id});
}

namespace {

// acd.md case 6: a network failure is not the agent's fault.
centre::DeclineReason decline_reason(int status) {
    if (status == 486 || status == 600) return centre::DeclineReason::busy;
    if (status == 603) return centre::DeclineReason::rejected;
    return centre::DeclineReason::unreachable;
}

centre::AttemptOutcome attempt_outcome(int status) {
    using centre::AttemptOutcome;
    switch (status) {
        case 486:
        case 600: return AttemptOutcome::busy;
        case 403:
        case 603: return AttemptOutcome::rejected;
        case 404:
        case 410:
        case 484:
        case 604: return AttemptOutcome::invalid_number;
        case 408:
        case 480:
        case 487: return AttemptOutcome::no_answer;
        default: return AttemptOutcome::network;
    }
}

}  // namespace

void Switchboard::on_refused(sip::CallId call, int status, std::string_view /*reason*/) {
    Place place;
    Contact* contact = find(call, place);
    if (contact == nullptr) return;
    if (place.side == Side::agent) {
        wiring_.commands.report(centre::DeclineOffer{place.offer, decline_reason(status)});
        drop_rung(*contact, place.offer, false);
        drop_party(*contact, place.offer, false);
    } else {
        wiring_.commands.report(centre::CustomerFailed{contact->id, attempt_outcome(status)});
        drop(*contact, Side::caller, false);
    }
}

void Switchboard::on_offer(sip::CallId call, std::string_view sdp) {
    if (desk_calls_.on_offer(call, sdp)) return;
    Place place;
    Contact* contact = find(call, place);
    Leg* leg = contact == nullptr ? nullptr : leg_at(*contact, place);
    if (leg == nullptr) return sip_->refuse_offer(call, 488);
    auto answer = answer_offer(*leg, wiring_.media, sdp);
    if (!answer) return sip_->refuse_offer(call, 488);
    sip_->answer_offer(call, std::move(*answer));
    arrange(*contact);
}

void Switchboard::on_digit(sip::CallId call, char digit) {
    Place place;
    Contact* contact = find(call, place);
    if (contact != nullptr) press(*contact, place, digit);
}

// Of an agent's keys only the one that ends what he hears before the citizen is dialled is ours.
void Switchboard::press(const Contact& contact, const Place& place, char digit) {
    if (place.side == Side::caller) {
        wiring_.commands.report(centre::PressDigit{contact.id, std::string(1, digit)});
    } else if (!place.offer && !contact.caller_leg) {
        wiring_.commands.report(centre::SkipBriefing{contact.id});
    }
}

void Switchboard::on_ended(sip::CallId call, sip::EndCause /*cause*/) {
    if (drop_arrival(call) || end_apology(call, false) || desk_calls_.on_ended(call)) return;
    Place place;
    Contact* contact = find(call, place);
    if (contact == nullptr) return;
    if (const auto party = contact->parties.find(place.offer); party != contact->parties.end()) {
        wiring_.commands.report(centre::AgentLeft{contact->id, party->second.agent});
        drop_party(*contact, place.offer, false);
        return;
    }
    if (place.offer) {
        // He answered and left before the two could hear each other: for the core he may have it
        // already, so the caller goes back to his place, never away (acd.md case 5).
        const AgentId agent = contact->rung.at(place.offer).agent;
        wiring_.commands.report(centre::LoseAgent{contact->id, agent});
        drop_rung(*contact, place.offer, false);
        return;
    }
    if (place.side == Side::agent) {
        wiring_.commands.report(centre::AgentLeft{contact->id, contact->agent});
    } else {
        wiring_.commands.report(centre::CallerLeft{contact->id});
    }
    drop(*contact, place.side, false);
}

void Switchboard::on_registered(const std::string& user) {
    wiring_.commands.report(centre::RegisterPhone{AgentId{user}});
}

void Switchboard::on_unregistered(const std::string& user) {
    wiring_.commands.report(centre::UnregisterPhone{AgentId{user}});
}

// A message whose tone he did not wait for never became a file; the core is told so.
void Switchboard::end_message(Contact& contact) {
    const auto beep = std::find_if(beeps_.begin(), beeps_.end(), [&](const auto& pending) {
        return pending.second == contact.id;
    });
    if (beep == beeps_.end()) {
        wiring_.media.stop_recording(media::RecordingId{contact.message.value});
    } else {
        beeps_.erase(beep);
        message_failed(contact.message);
    }
    contact.message = {};
}

// Ends one side: its call when asked, its media always. A recording keeps the other side.
void Switchboard::drop(Contact& contact, Side side, bool hang_up) {
    if (side == Side::caller && contact.message) end_message(contact);
    close(contact.leg(side), hang_up, "");
    show_recorded(contact);
}

void Switchboard::drop_rung(Contact& contact, OfferId offer, bool hang_up, std::string reason) {
    const auto rung = contact.rung.find(offer);
    if (rung == contact.rung.end()) return;
    close(rung->second.leg, hang_up, std::move(reason));
    contact.rung.erase(rung);
}

void Switchboard::close(Leg& leg, bool hang_up, std::string reason) {
    if (leg.call) {
        place_of_call_.erase(leg.call);
        if (hang_up) sip_->hang_up(leg.call, wiring_.now(), std::move(reason));
    }
    if (leg.media) {
        place_of_leg_.erase(leg.media);
        wiring_.media.unbridge(leg.media);
        wiring_.media.close_leg(leg.media);
    }
    leg = Leg{};
}

void Switchboard::show_recorded(const Contact& contact) {
    if (!contact.recording) return;
    std::vector<media::LegId> ours;
    if (contact.is_connected && contact.agent_leg) ours.push_back(contact.agent_leg.media);
    for (const auto& [invitation, party] : contact.parties) {
        const bool is_in_the_talk =
            !contact::is_supervising(party.part) || contact::is_heard_by_caller(party.part);
        if (party.is_here && is_in_the_talk) ours.push_back(party.leg.media);
    }
    // Set aside, a caller is heard by nobody, and by no recording.
    const media::LegId caller =
        contact.is_caller_aside() ? media::LegId{} : contact.caller_leg.media;
    wiring_.media.set_recorded(media::RecordingId{contact.recording.value}, caller, ours);
}

void Switchboard::join(Contact& contact) {
    contact.is_connected = true;
    if (!contact.caller_leg || !contact.agent_leg) return;
    for (const Leg* leg : {&contact.caller_leg, &contact.agent_leg}) {
        wiring_.media.stop_playing(leg->media);
    }
    wiring_.media.stop_judging(contact.caller_leg.media);
    arrange(contact);
}

// A talking agent from whom nothing comes any more is gone, whatever his phone thinks; the caller
// goes to another. One who put the caller on hold may be silent. A silent caller may be listening.
void Switchboard::media_lost(media::LegId leg) {
    spdlog::warn("no audio from the far side of leg {}", leg.value);
    const auto place = place_of_leg_.find(leg);
    if (place == place_of_leg_.end() || place->second.side != Side::agent) return;
    const Contact* contact = find(place->second.contact);
    if (contact == nullptr || !contact->is_connected) return;
    if (const auto party = contact->parties.find(place->second.offer);
        party != contact->parties.end()) {
        if (party->second.leg.is_held) return;
        wiring_.commands.report(centre::LoseAgent{contact->id, party->second.agent});
        return;
    }
    if (contact->agent_leg.is_held) return;
    wiring_.commands.report(centre::LoseAgent{contact->id, contact->agent});
}

void Switchboard::on_fact(const media::Fact& fact) {
    const Overloaded tell{
        [&](const media::PlaybackFinished& finished) {
            if (desk_calls_.on_played(finished.leg)) return;
            if (const auto beep = beeps_.find(finished.playback); beep != beeps_.end()) {
                Contact* contact = find(beep->second);
                beeps_.erase(beep);
                if (contact != nullptr) begin_message(*contact);
                return;
            }
            if (end_apology(finished.leg)) return;
            const auto place = place_of_leg_.find(finished.leg);
            if (place == place_of_leg_.end()) return;
            wiring_.commands.report(
                centre::FinishPrompt{place->second.contact, PlaybackId{finished.playback.value}});
        },
        [&](const media::DigitReceived& received) {
            const auto place = place_of_leg_.find(received.leg);
            if (place == place_of_leg_.end()) return;
            const Contact* contact = find(place->second.contact);
            if (contact != nullptr) press(*contact, place->second, received.digit);
        },
        [&](const media::RecordingClosed& closed) {
            centre::FinishRecording finish;
            finish.recording = RecordingId{closed.recording.value};
            finish.length_ms = closed.length.count();
            finish.bytes = closed.bytes;
            finish.sha256 = closed.sha256;
            finish.has_failed = closed.has_failed;
            wiring_.commands.report(finish);
        },
        [](const media::MediaStarted&) {},
        [&](const media::MediaLost& lost) { media_lost(lost.leg); },
        [&](const media::AnswerJudged& judged) { answer_judged(judged); },
    };
    std::visit(tell, fact);
}

}  // namespace amer::telephony

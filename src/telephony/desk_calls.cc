#include "telephony/desk_calls.h"

#include <algorithm>

#include <spdlog/spdlog.h>

#include "telephony/caller_identity.h"
#include "telephony/desk_wordings.h"
#include "telephony/switchboard.h"

namespace amer::telephony {

namespace {

constexpr media::PlaybackId kOnlyPlayback{1};  // of its leg

centre::Command command_of(const DeskCode& code, const AgentId& agent) {
    switch (code.act) {
        case DeskAct::ready: return centre::SetReady{agent};
        case DeskAct::not_ready: return centre::SetNotReady{agent, code.reason};
        case DeskAct::wrapped_up: return centre::FinishWrapUp{agent};
        case DeskAct::log_out: break;
    }
    return centre::LogOut{agent};
}

bool is_put_off(const engine::Outcome& outcome) {
    return std::any_of(outcome.entries.begin(), outcome.entries.end(),
                       [](const engine::Entry& entry) {
                           return std::holds_alternative<centre::AgentChangeDeferred>(entry.event);
                       });
}

PromptId said_of(const DeskCode& code, const engine::Outcome& outcome) {
    if (outcome.kind == engine::Outcome::Kind::rejected) {
        switch (outcome.rejection.reason) {
            case centre::RejectionReason::not_allowed_now: return wordings::kDeskNotNow;
            case centre::RejectionReason::unknown_reason: return wordings::kDeskNoReason;
            default: return wordings::kDeskFailed;
        }
    }
    if (code.act == DeskAct::wrapped_up && outcome.entries.empty()) return wordings::kDeskNoWrapUp;
    // Taking back what was put off is done at once.
    if (code.act != DeskAct::ready && is_put_off(outcome)) return wordings::kDeskLater;
    return code.says;
}

}  // namespace

const DeskCode* DeskCalls::code_of(const std::string& dialled) const {
    for (const DeskCode& code : wiring_.desk_codes) {
        if (code.dialled == dialled) return &code;
    }
    return nullptr;
}

DeskCalls::Calls::iterator DeskCalls::find(sip::CallId call) {
    return std::find_if(calls_.begin(), calls_.end(),
                        [&](const auto& each) { return each.second.leg.call == call; });
}

Language DeskCalls::language_of(const AgentId& agent) const {
    for (const centre::AgentRow& row : configuration_.agents) {
        if (row.id == agent && !row.languages.empty()) return row.languages.front();
    }
    return Language::arabic;
}

void DeskCalls::take(const sip::IncomingCall& incoming, media::LegId leg) {
    const std::string dialled = dialled_by(incoming.invite);
    const DeskCode* code = code_of(dialled);
    if (code == nullptr) {
        const bool looks_like_one = dialled.find_first_of("*#") == 0;
        sip_->refuse(incoming.call, looks_like_one ? 404 : 403,
                     looks_like_one ? "" : "Phones of agents do not dial");
        return;
    }
    const AgentId agent{incoming.peer};
    if (calls_.contains(agent)) return sip_->refuse(incoming.call, 486);
    DeskCall desk_call;
    desk_call.leg.call = incoming.call;
    if (const int status = begin(desk_call, leg, incoming.offer); status != 0) {
        return sip_->refuse(incoming.call, status);
    }
    const sip::CallId call = incoming.call;
    calls_.emplace(agent, std::move(desk_call));
    wiring_.commands.ask(command_of(*code, agent), [this, agent, call, code](const auto& outcome) {
        on_outcome(agent, call, *code, outcome);
    });
}

// Opens its sound and answers the offer; else the status that refuses the call.
int DeskCalls::begin(DeskCall& desk_call, media::LegId number, std::string_view offer) {
    CallLeg& leg = desk_call.leg;
    const bool is_open =
        open_sound(leg, wiring_.media, number, number.value, wiring_.media_address);
    if (!is_open) return 503;
    auto answer = answer_offer(leg, wiring_.media, offer);
    if (!answer) {
        wiring_.media.close_leg(leg.media);
        return 488;
    }
    desk_call.answer = std::move(*answer);
    return 0;
}

void DeskCalls::on_outcome(const AgentId& agent, sip::CallId call, const DeskCode& code,
                           const engine::Outcome& outcome) {
    const auto found = calls_.find(agent);
    if (found == calls_.end() || found->second.leg.call != call)
        return;  // he has given up meanwhile
    if (outcome.kind == engine::Outcome::Kind::failed) {
        spdlog::error("an agent's code could not be carried out: {}", outcome.failure);
        wiring_.media.close_leg(found->second.leg.media);
        calls_.erase(found);
        return sip_->refuse(call, 503);
    }
    found->second.says = said_of(code, outcome);
    sip_->answer(call, found->second.answer);
}

bool DeskCalls::on_confirmed(sip::CallId call, std::string_view sdp) {
    const auto found = find(call);
    if (found == calls_.end()) return false;
    DeskCall& desk_call = found->second;
    if (!sdp.empty() && !accept_answer(desk_call.leg, wiring_.media, sdp)) {
        end(found);
        return true;
    }
    if (desk_call.is_heard) return true;
    desk_call.is_heard = true;
    wiring_.media.play(
        desk_call.leg.media, kOnlyPlayback,
        wiring_.prompts.clips(language_of(found->first), {Saying{desk_call.says, {}}}), false);
    return true;
}

bool DeskCalls::on_offer(sip::CallId call, std::string_view sdp) {
    const auto found = find(call);
    if (found == calls_.end()) return false;
    auto answer = answer_offer(found->second.leg, wiring_.media, sdp);
    if (answer) {
        sip_->answer_offer(call, std::move(*answer));
    } else {
        sip_->refuse_offer(call, 488);
    }
    return true;
}

bool DeskCalls::on_ended(sip::CallId call) {
    const auto found = find(call);
    if (found == calls_.end()) return false;
    wiring_.media.close_leg(found->second.leg.media);
    calls_.erase(found);
    return true;
}

bool DeskCalls::on_played(media::LegId leg) {
    const auto found = std::find_if(calls_.begin(), calls_.end(),
                                    [&](const auto& each) { return each.second.leg.media == leg; });
    if (found == calls_.end()) return false;
    end(found);
    return true;
}

// A phone with one line would be busy for the caller whom the code itself brought him.
void DeskCalls::make_way(const AgentId& agent) {
    const auto found = calls_.find(agent);
    if (found != calls_.end()) end(found);
}

void DeskCalls::end(Calls::iterator ending) {
    const DeskCall desk_call = std::move(ending->second);
    calls_.erase(ending);
    wiring_.media.close_leg(desk_call.leg.media);
    sip_->hang_up(desk_call.leg.call, wiring_.now());
}

}  // namespace amer::telephony

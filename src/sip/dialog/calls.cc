#include "sip/dialog/calls.h"

namespace amer::sip {
namespace {

// Requests may have gone out after a dialog was last written down; the other side only minds a
// CSeq that it has seen before (RFC 3261 section 12.2.2).
constexpr std::uint32_t kCSeqGap = 100;

}  // namespace

Call& Calls::create(Phase phase) {
    const CallId id{++last_id_};
    Call& call = calls_[id];
    call.id = id;
    call.phase = phase;
    return call;
}

Call* Calls::find(CallId id) {
    const auto found = calls_.find(id);
    return found == calls_.end() ? nullptr : &found->second;
}

Call* Calls::find_by_tag(const Message& request) {
    const auto found = by_tag_.find(std::string{request.to.tag()});
    if (found == by_tag_.end()) return nullptr;
    Call* call = find(found->second);
    const bool is_its_dialog = call != nullptr && call->dialog.call_id == request.call_id &&
                               call->phase != Phase::calling &&
                               call->dialog.remote_tag() == request.from.tag();
    return is_its_dialog ? call : nullptr;
}

void Calls::erase(CallId id) {
    const auto found = calls_.find(id);
    if (found == calls_.end()) return;
    Call& call = found->second;
    stop_ok(call);
    around_.timers.cancel(call.ring_again);
    around_.timers.cancel(call.doomed);
    around_.timers.cancel(call.offer_again);
    by_server_.erase(call.invite_server);
    if (call.their_offer) by_server_.erase(call.their_offer->server);
    const auto tag = by_tag_.find(std::string{call.dialog.local_tag()});
    if (tag != by_tag_.end() && tag->second == id) by_tag_.erase(tag);
    calls_.erase(found);
}

bool Calls::uses(const Flow& stream) const {
    return std::any_of(calls_.begin(), calls_.end(), [&](const auto& entry) {
        const Flow& flow = entry.second.dialog.flow;
        const bool is_it = flow.connection == stream.connection ||
                           (flow.connection == 0 && flow.remote == stream.remote);
        return flow.transport == stream.transport && is_it;
    });
}

std::optional<DialogState> Calls::save(CallId id) const {
    const auto found = calls_.find(id);
    if (found == calls_.end()) return {};
    const Call& call = found->second;
    const bool is_answered = call.phase == Phase::talking || call.phase == Phase::answered;
    if (!is_answered || call.is_told) return {};
    DialogState saved = call.dialog;
    saved.flow.connection = 0;  // connections do not outlive the process
    return saved;
}

CallId Calls::restore(const DialogState& dialog, Credentials credentials) {
    Call& call = create(Phase::talking);
    call.dialog = dialog;
    call.dialog.local_cseq += kCSeqGap;
    call.credentials = std::move(credentials);
    by_tag_.emplace(dialog.local_tag(), call.id);
    return call.id;
}

void Calls::on_response(ClientId id, const Owner& owner, const Message& request,
                        const Message& response) {
    switch (owner.purpose) {
        case Purpose::invite: return on_invite_response(id, owner, request, response);
        case Purpose::offer: return on_offer_response(id, owner, request, response);
        case Purpose::bye: return on_bye_response(owner, request, response);
        case Purpose::cancel: return;
    }
}

void Calls::on_failure(const Owner& owner, int status) {
    Call* call = find(owner.call);
    if (call == nullptr || owner.purpose == Purpose::cancel) return;
    if (owner.purpose == Purpose::bye) return erase(owner.call);
    if (call->phase == Phase::leaving) return;
    if (owner.purpose == Purpose::offer) {
        call->is_offering = false;
        return lose(*call, EndCause::unreachable);
    }
    const bool is_told = call->is_told;
    erase(owner.call);
    if (!is_told) listener_.on_refused(owner.call, status, default_reason(status));
}

void Calls::on_alarm(const Alarm& alarm) {
    Call* call = find(CallId{alarm.subject});
    if (call == nullptr) return;
    switch (alarm.kind) {
        case AlarmKind::ok_again: return repeat_ok(*call);
        case AlarmKind::ok_unheard: return give_up_ok(*call);
        case AlarmKind::ring_again: return repeat_ring(*call);
        case AlarmKind::offer_again: call->offer_again = {}; return send_queued_offer(*call);
        case AlarmKind::call_doomed: return on_failure(Owner{Purpose::invite, call->id, 0}, 503);
        default: return;
    }
}

}  // namespace amer::sip

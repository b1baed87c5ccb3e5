// How calls end: RFC 3261 sections 9 and 15.
#include "sip/dialog/calls.h"
#include "sip/dialog/dialog.h"

namespace amer::sip {

void Calls::hang_up(CallId id, std::string reason) {
    Call* call = find(id);
    if (call == nullptr || call->is_told) return;
    call->is_told = true;
    call->leave_reason = std::move(reason);
    switch (call->phase) {
        case Phase::incoming: return refuse(id, 480, "", {});
        case Phase::answered: return;  // a BYE may not overtake the ACK (section 15)
        case Phase::calling:
            if (call->doomed) return erase(id);
            return transactions_.cancel(call->invite_client, call->leave_reason);
        case Phase::acknowledging: {
            const Message request = std::move(*call->unacked_invite);
            call->unacked_invite.reset();
            send_ack(*call, call->invite_client, request, "");
            return send_bye(*call);
        }
        case Phase::talking: return send_bye(*call);
        case Phase::leaving: return;
    }
}

void Calls::on_cancel(const Message& cancel, const Flow& flow) {
    const ServerId server = transactions_.find_cancelled(cancel, flow);
    if (!server) return transactions_.refuse_statelessly(cancel, flow, 481);
    const auto found = by_server_.find(server);
    const CallId id = found == by_server_.end() ? CallId{} : found->second;
    Call* call = find(id);
    const std::string tag = call == nullptr ? transactions_.stateless_tag(cancel)
                                            : std::string{call->dialog.local_tag()};
    transactions_.respond_statelessly(cancel, flow, make_response(cancel, 200, tag));
    if (call == nullptr) return;  // answered already: the CANCEL came too late
    if (call->their_offer) return drop_their_offer(*call);
    respond(*call, server, 487);
    tell_ended(id, EndCause::cancelled);
    erase(id);
}

void Calls::drop_their_offer(Call& call) {
    if (!call.their_offer) return;
    const ServerId server = call.their_offer->server;
    call.their_offer.reset();
    by_server_.erase(server);
    respond(call, server, 487);
}

void Calls::on_bye(Call& call, const Message& bye, const Flow& flow) {
    const CallId id = call.id;
    answer_at_once(call, bye, flow, 200);
    drop_their_offer(call);
    if (call.phase == Phase::incoming) {
        respond(call, call.invite_server, 487);
        tell_ended(id, EndCause::cancelled);
        return erase(id);
    }
    tell_ended(id, EndCause::bye);
    // Our own BYE, if one is out, may still be answered; nobody waits for it.
    erase(id);
}

void Calls::send_bye(Call& call) {
    drop_their_offer(call);
    stop_ok(call);
    around_.timers.cancel(call.offer_again);
    call.queued_offer.reset();
    call.phase = Phase::leaving;
    Message bye = request_in(call.dialog, Method::bye);
    if (!call.leave_reason.empty()) bye.headers.push_back({"Reason", call.leave_reason});
    send_in_dialog(call, std::move(bye), Owner{Purpose::bye, call.id, 0});
}

void Calls::on_bye_response(const Owner& owner, const Message& request, const Message& response) {
    Call* call = find(owner.call);
    if (call == nullptr || response.status < 200) return;
    if (send_again_with_credentials(*call, owner, request, response)) return;
    erase(owner.call);
}

// The call cannot go on; the other side is told as far as it can be.
void Calls::lose(Call& call, EndCause cause) {
    const CallId id = call.id;
    send_bye(call);
    tell_ended(id, cause);
}

void Calls::tell_ended(CallId id, EndCause cause) {
    Call* call = find(id);
    if (call == nullptr || std::exchange(call->is_told, true)) return;
    listener_.on_ended(id, cause);
}

}  // namespace amer::sip

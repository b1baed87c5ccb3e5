// Offers inside a call, theirs and ours: RFC 3261 section 14, RFC 3264, RFC 3311.
#include "sip/content/content.h"
#include "sip/content/inspect.h"
#include "sip/dialog/calls.h"
#include "sip/dialog/dialog.h"

namespace amer::sip {

void Calls::on_their_offer(Call& call, const Message& request, const Flow& flow) {
    const CallId id = call.id;
    // A new INVITE proves that our 2xx arrived, though its ACK did not.
    if (request.method == Method::invite && call.unacked && !call.unacked->carries_offer) {
        confirm(call, "");
    }
    Call* still = find(id);
    if (still == nullptr || still->phase == Phase::leaving) {
        return transactions_.refuse_statelessly(request, flow, 481);
    }
    if (!is_offer_timely(*still, request, flow)) return;

    const std::string sdp = session_in(request).value_or("");
    TheirOffer offer;
    offer.is_invite = request.method == Method::invite;
    offer.has_sdp = !sdp.empty();
    offer.cseq = request.cseq;
    if (!request.contacts.empty()) offer.target = request.contacts.front().uri;
    offer.server = transactions_.open(request, flow);
    if (!offer.is_invite && !offer.has_sdp) {  // a bare UPDATE only says "I am here" (RFC 4028)
        if (offer.target) still->dialog.remote_target = *offer.target;
        respond(*still, offer.server, 200);
        return;
    }
    if (offer.is_invite) by_server_.emplace(offer.server, id);
    still->their_offer = offer;
    if (offer.has_sdp) still->dialog.remote_sdp = sdp;
    listener_.on_offer(id, sdp);
}

// One offer at a time: 491 when ours is on its way, 500 when theirs is not yet decided
// (RFC 3261 section 14.2, RFC 3311 section 5.2).
bool Calls::is_offer_timely(const Call& call, const Message& request, const Flow& flow) {
    const bool is_bare_update = request.method == Method::update && request.body.empty();
    if (is_bare_update) return true;
    const bool is_ours_out = call.is_offering || call.phase == Phase::acknowledging ||
                             (call.unacked && call.unacked->carries_offer);
    if (is_ours_out) {
        transactions_.refuse_statelessly(request, flow, 491);
        return false;
    }
    if (call.their_offer || call.phase == Phase::incoming) {
        const auto delay = std::chrono::seconds{around_.tokens.below(11)};
        transactions_.refuse_statelessly(request, flow, 500, delay);
        return false;
    }
    return true;
}

void Calls::answer_offer(CallId id, std::string sdp) {
    Call* call = find(id);
    if (call == nullptr || !call->their_offer) return;
    const TheirOffer offer = *std::exchange(call->their_offer, std::nullopt);
    by_server_.erase(offer.server);
    if (offer.target) call->dialog.remote_target = *offer.target;
    call->dialog.local_sdp = std::move(sdp);
    call->dialog.is_last_offer_ours = !offer.has_sdp;
    if (offer.is_invite) {
        return send_ok(*call, offer.server, offer.cseq, call->dialog.local_sdp, !offer.has_sdp);
    }
    respond(*call, offer.server, 200, call->dialog.local_sdp);
    send_queued_offer(*call);
}

void Calls::refuse_offer(CallId id, int status) {
    Call* call = find(id);
    if (call == nullptr || !call->their_offer) return;
    const TheirOffer offer = *std::exchange(call->their_offer, std::nullopt);
    by_server_.erase(offer.server);
    respond(*call, offer.server, status);
    send_queued_offer(*call);
}

void Calls::offer(CallId id, std::string sdp) {
    Call* call = find(id);
    if (call == nullptr || call->is_told) return;
    call->queued_offer = std::move(sdp);
    if (!call->offer_again) send_queued_offer(*call);
}

// Our re-INVITE, as soon as nothing else is going on (RFC 3261 section 14.1).
void Calls::send_queued_offer(Call& call) {
    const bool is_idle = call.phase == Phase::talking && !call.is_offering && !call.their_offer &&
                         !call.unacked && !call.offer_again && !call.is_told;
    if (!is_idle || !call.queued_offer) return;
    call.is_offering = true;
    call.sent_offer = *std::exchange(call.queued_offer, std::nullopt);
    Message request = request_in(call.dialog, Method::invite);
    request.add_header("Allow", std::string{kAllowed});
    request.content_type = "application/sdp";
    request.body = call.sent_offer;
    send_in_dialog(call, std::move(request), Owner{Purpose::offer, call.id, 0});
}

void Calls::on_offer_response(ClientId id, const Owner& owner, const Message& request,
                              const Message& response) {
    Call* call = find(owner.call);
    if (call == nullptr || response.status < 200) return;
    if (response.status < 300) return on_offer_accepted(id, *call, request, response);
    if (call->phase == Phase::leaving) return;
    if (send_again_with_credentials(*call, owner, request, response)) return;
    call->is_offering = false;
    if (response.status == 408 || response.status == 481) {
        return lose(*call, EndCause::unreachable);
    }
    if (response.status == 491) {
        // The owner of the Call-ID waits longer, so that the two do not meet again.
        const std::uint64_t slots =
            call->dialog.is_caller ? 210 + around_.tokens.below(191) : around_.tokens.below(201);
        if (!call->queued_offer) call->queued_offer = std::move(call->sent_offer);
        call->offer_again = around_.after(static_cast<std::int64_t>(slots) * TimerWheel::kSlot,
                                          AlarmKind::offer_again, call->id.value);
        return;
    }
    listener_.on_offer_refused(owner.call, response.status);
    if (Call* still = find(owner.call)) send_queued_offer(*still);
}

void Calls::on_offer_accepted(ClientId id, Call& call, const Message& request,
                              const Message& response) {
    const CallId call_id = call.id;
    if (!response.contacts.empty()) call.dialog.remote_target = response.contacts.front().uri;
    send_ack(call, id, request, "");
    if (!std::exchange(call.is_offering, false) || call.phase == Phase::leaving) return;
    call.dialog.local_sdp = std::move(call.sent_offer);
    call.dialog.remote_sdp = session_in(response).value_or("");
    call.dialog.is_last_offer_ours = true;
    const std::string sdp = call.dialog.remote_sdp;
    listener_.on_offer_answered(call_id, sdp);
    if (Call* still = find(call_id)) send_queued_offer(*still);
}

}  // namespace amer::sip

// Calls that come in: RFC 3261 section 13.3.
#include "sip/content/content.h"
#include "sip/content/inspect.h"
#include "sip/dialog/calls.h"
#include "sip/dialog/dialog.h"

namespace amer::sip {
namespace {

// A proxy gives up after three silent minutes (section 13.3.1.1).
constexpr Duration kRingAgainAfter = std::chrono::minutes{1};

}  // namespace

void Calls::on_invite(const Message& invite, const Flow& flow, const std::string& peer,
                      bool is_registered_user) {
    Call& call = create(Phase::incoming);
    call.invite_server = transactions_.open(invite, flow);
    by_server_.emplace(call.invite_server, call.id);
    call.dialog = dialog_of_callee(invite, flow, around_.tokens.hex(10));
    call.dialog.local_cseq = static_cast<std::uint32_t>(around_.tokens.below(10'000));
    call.dialog.peer = peer;
    call.dialog.is_registered_user = is_registered_user;
    call.dialog.is_flow_fixed = is_registered_user;
    by_tag_.emplace(call.dialog.local_tag(), call.id);

    IncomingCall incoming{call.id, peer, is_registered_user, invite, {}};
    incoming.offer = session_in(invite).value_or("");
    call.has_their_offer = !incoming.offer.empty();
    call.dialog.remote_sdp = incoming.offer;
    transactions_.respond(call.invite_server,
                          make_response(*transactions_.request_of(call.invite_server), 100));
    listener_.on_incoming(incoming);
}

void Calls::ring(CallId id) {
    Call* call = find(id);
    if (call == nullptr || call->phase != Phase::incoming) return;
    around_.timers.cancel(call->ring_again);
    respond(*call, call->invite_server, 180);
    call->ring_again = around_.after(kRingAgainAfter, AlarmKind::ring_again, id.value);
}

void Calls::repeat_ring(Call& call) {
    if (call.phase != Phase::incoming) return;
    respond(call, call.invite_server, 180);
    call.ring_again = around_.after(kRingAgainAfter, AlarmKind::ring_again, call.id.value);
}

void Calls::answer(CallId id, std::string sdp) {
    Call* call = find(id);
    if (call == nullptr || call->phase != Phase::incoming) return;
    around_.timers.cancel(call->ring_again);
    by_server_.erase(call->invite_server);
    call->phase = Phase::answered;
    call->dialog.local_sdp = std::move(sdp);
    call->dialog.is_last_offer_ours = !call->has_their_offer;
    send_ok(*call, call->invite_server, *call->dialog.remote_cseq, call->dialog.local_sdp,
            !call->has_their_offer);
}

void Calls::refuse(CallId id, int status, const std::string& reason,
                   std::optional<Duration> retry_after) {
    Call* call = find(id);
    if (call == nullptr || call->phase != Phase::incoming) return;
    if (const Message* request = transactions_.request_of(call->invite_server)) {
        Message refusal = make_response(*request, status, call->dialog.local_tag(), reason);
        if (retry_after) set_retry_after(refusal, *retry_after);
        transactions_.respond(call->invite_server, refusal);
    }
    erase(id);
}

std::string Calls::respond(Call& call, ServerId server, int status, const std::string& sdp) {
    const Message* request = transactions_.request_of(server);
    if (request == nullptr) return {};
    Message response = make_response(*request, status, call.dialog.local_tag());
    if (status < 300) {
        response.contacts = {own_contact(call, transactions_.reply_flow_of(server))};
    }
    if (status >= 200 && status < 300) {
        response.add_header("Allow", std::string{kAllowed});
        response.add_header("Server", around_.options.product);
    }
    if (!sdp.empty()) {
        response.content_type = "application/sdp";
        response.body = sdp;
    }
    return transactions_.respond(server, response);
}

void Calls::send_ok(Call& call, ServerId server, std::uint32_t cseq, const std::string& sdp,
                    bool carries_offer) {
    stop_ok(call);
    UnackedOk& ok = call.unacked.emplace();
    ok.flow = transactions_.reply_flow_of(server);
    ok.cseq = cseq;
    ok.carries_offer = carries_offer;
    ok.interval = around_.options.t1;
    ok.again = around_.after(ok.interval, AlarmKind::ok_again, call.id.value);
    ok.unheard = around_.after(around_.patience(), AlarmKind::ok_unheard, call.id.value);
    ok.bytes = respond(call, server, 200, sdp);
}

void Calls::stop_ok(Call& call) {
    if (!call.unacked) return;
    around_.timers.cancel(call.unacked->again);
    around_.timers.cancel(call.unacked->unheard);
    call.unacked.reset();
}

void Calls::repeat_ok(Call& call) {
    if (!call.unacked) return;
    ++around_.counts.retransmissions;
    around_.send(call.unacked->flow, call.unacked->bytes);
    call.unacked->interval = std::min(2 * call.unacked->interval, around_.options.t2);
    call.unacked->again = around_.after(call.unacked->interval, AlarmKind::ok_again, call.id.value);
}

void Calls::give_up_ok(Call& call) {
    if (!call.unacked) return;
    stop_ok(call);
    lose(call, EndCause::ack_missing);
}

void Calls::on_ack(const Message& ack, const Flow& flow) {
    Call* call = find_by_tag(ack);
    if (call == nullptr || !call->unacked || call->unacked->cseq != ack.cseq) return;
    if (!is_from_peer(*call, ack, flow)) return;
    confirm(*call, session_in(ack).value_or(""));
}

// The other side is known to have our 2xx.
void Calls::confirm(Call& call, const std::string& sdp) {
    const bool carried_offer = call.unacked->carries_offer;
    const bool is_first = call.phase == Phase::answered;
    const CallId id = call.id;
    stop_ok(call);
    if (call.phase == Phase::leaving) return;
    if (is_first) call.phase = Phase::talking;
    if (carried_offer) call.dialog.remote_sdp = sdp;
    if (call.is_told) return send_bye(call);
    if (is_first || carried_offer) listener_.on_confirmed(id, sdp);
    if (Call* still = find(id)) send_queued_offer(*still);
}

}  // namespace amer::sip

// Calls that go out: RFC 3261 section 13.2.
#include "sip/authentication/respond.h"
#include "sip/content/content.h"
#include "sip/content/inspect.h"
#include "sip/dialog/calls.h"
#include "sip/dialog/dialog.h"

namespace amer::sip {
namespace {

constexpr std::uint8_t kMostAttempts = 2;  // one challenge, and one more when its nonce was stale

void set_session(Message& message, const std::string& sdp) {
    if (sdp.empty()) return;
    message.content_type = "application/sdp";
    message.body = sdp;
}

}  // namespace

CallId Calls::invite(UserAgent::Invitation invitation) {
    const bool is_too_much = is_full();
    Call& call = create(Phase::calling);
    const CallId id = call.id;
    call.credentials = {std::move(invitation.username), std::move(invitation.password)};
    call.has_our_offer = !invitation.offer.empty();

    DialogState& dialog = call.dialog;
    dialog.call_id = around_.tokens.hex(16);
    dialog.local = std::move(invitation.from);
    dialog.local.parameters.set("tag", around_.tokens.hex(10));
    dialog.remote.uri = invitation.target;
    dialog.remote.uri.parameters = {};
    dialog.remote_target = std::move(invitation.target);
    dialog.local_cseq = static_cast<std::uint32_t>(around_.tokens.below(10'000));
    dialog.is_caller = true;
    dialog.is_flow_fixed = invitation.flow.has_value();
    dialog.local_sdp = std::move(invitation.offer);
    dialog.is_last_offer_ours = call.has_our_offer;
    by_tag_.emplace(dialog.local_tag(), id);

    Message request = request_in(dialog, Method::invite);
    for (Header& header : invitation.headers) request.headers.push_back(std::move(header));
    request.add_header("Allow", std::string{kAllowed});
    request.add_header("User-Agent", around_.options.product);
    set_session(request, dialog.local_sdp);
    if (is_too_much) {
        ++around_.counts.overloaded;
        place(id, std::move(request), std::nullopt);
    } else if (invitation.flow) {
        place(id, std::move(request), std::move(invitation.flow));
    } else {
        locator_.locate(next_hop(dialog), nullptr, [this, id, request](std::optional<Flow> flow) {
            place(id, request, std::move(flow));
        });
    }
    return id;
}

// Without a way the refusal comes as an event of its own, never from inside invite().
void Calls::place(CallId id, Message request, std::optional<Flow> flow) {
    Call* call = find(id);
    if (call == nullptr) return;
    if (call->is_told) return erase(id);
    if (!flow) {
        call->doomed = around_.after(Duration{}, AlarmKind::call_doomed, id.value);
        return;
    }
    call->dialog.flow = *flow;
    request.contacts = {own_contact(*call, *flow)};
    call->invite_client =
        transactions_.start(std::move(request), *flow, Owner{Purpose::invite, id, 0});
}

void Calls::on_invite_response(ClientId id, const Owner& owner, const Message& request,
                               const Message& response) {
    Call* call = find(owner.call);
    if (response.status >= 200 && response.status < 300) {
        if (call != nullptr && call->phase == Phase::calling) {
            return on_invite_answered(id, *call, request, response);
        }
        const bool is_known = call != nullptr && call->dialog.remote_tag() == response.to.tag();
        if (!is_known) end_fork(id, request, response);
        return;
    }
    if (call == nullptr || call->phase != Phase::calling) return;
    if (response.status >= 300) return on_invite_refused(*call, owner, request, response);
    if (call->is_told || response.status == 100) return;
    const std::string sdp = session_in(response).value_or("");
    if (!sdp.empty()) call->early_sdp = sdp;
    listener_.on_ringing(owner.call, response.status, sdp);
}

void Calls::on_invite_answered(ClientId id, Call& call, const Message& request,
                               const Message& response) {
    learn_from_response(call.dialog, response);
    std::string sdp = session_in(response).value_or("");
    // Some gateways put their answer into the 183 alone.
    if (sdp.empty() && call.has_our_offer) sdp = call.early_sdp;
    call.dialog.remote_sdp = sdp;
    call.invite_client = id;
    if (call.is_told) {  // our CANCEL crossed their 2xx, or went into the void (section 15)
        call.phase = Phase::talking;
        send_ack(call, id, request, "");
        return send_bye(call);
    }
    const CallId call_id = call.id;
    if (!call.has_our_offer) {
        call.phase = Phase::acknowledging;
        call.unacked_invite = request;
        return listener_.on_answered(call_id, sdp);
    }
    call.phase = Phase::talking;
    send_ack(call, id, request, "");
    listener_.on_answered(call_id, sdp);
    if (Call* still = find(call_id)) send_queued_offer(*still);
}

void Calls::acknowledge(CallId id, const std::string& sdp) {
    Call* call = find(id);
    if (call == nullptr || call->phase != Phase::acknowledging) return;
    call->phase = Phase::talking;
    call->dialog.local_sdp = sdp;
    call->dialog.is_last_offer_ours = false;
    const Message request = std::move(*call->unacked_invite);
    call->unacked_invite.reset();
    send_ack(*call, call->invite_client, request, sdp);
    send_queued_offer(*call);
}

void Calls::on_invite_refused(Call& call, const Owner& owner, const Message& request,
                              const Message& response) {
    const CallId id = call.id;
    if (call.is_told) return erase(id);
    if (send_again_with_credentials(call, owner, request, response)) return;
    erase(id);
    listener_.on_refused(id, response.status, response.reason);
}

// Another branch of a forking proxy answered as well: thank it and hang up (section 13.2.2.4).
void Calls::end_fork(ClientId id, const Message& request, const Message& response) {
    DialogState dialog;
    dialog.call_id = request.call_id;
    dialog.local = request.from;
    dialog.local_cseq = request.cseq;
    dialog.is_caller = true;
    dialog.remote_target = request.request_uri;
    learn_from_response(dialog, response);
    Call& fork = create(Phase::talking);
    fork.is_told = true;
    fork.dialog = std::move(dialog);
    // Nobody finds it by its tag: that belongs to the branch which answered first.
    send_ack(fork, id, request, "");
    send_bye(fork);
}

void Calls::send_ack(Call& call, ClientId invite, const Message& request, const std::string& sdp) {
    Message ack = ack_in(call.dialog, request);
    set_session(ack, sdp);
    with_way(call, [this, invite, ack = std::move(ack)](std::optional<Flow> flow) {
        if (flow) transactions_.acknowledge(invite, ack, *flow);
    });
}

bool Calls::send_again_with_credentials(Call& call, const Owner& owner, const Message& request,
                                        const Message& response) {
    if (response.status != 401 && response.status != 407) return false;
    if (owner.attempt >= kMostAttempts) return false;
    auto again = with_credentials(request, response, call.credentials, around_.tokens);
    if (!again) return false;
    again->cseq = ++call.dialog.local_cseq;
    Owner next = owner;
    ++next.attempt;
    if (owner.purpose == Purpose::invite) {
        call.invite_client = transactions_.start(std::move(*again), call.dialog.flow, next);
    } else {
        send_in_dialog(call, std::move(*again), next);
    }
    return true;
}

}  // namespace amer::sip

// Requests that belong to a call, both ways: RFC 3261 section 12.2.
#include "sip/content/content.h"
#include "sip/content/inspect.h"
#include "sip/dialog/calls.h"
#include "sip/dialog/dialog.h"

namespace amer::sip {

void Calls::on_in_dialog(const Message& request, const Flow& flow) {
    Call* call = find_by_tag(request);
    if (call == nullptr) return transactions_.refuse_statelessly(request, flow, 481);
    if (!is_from_peer(*call, request, flow)) {
        ++around_.counts.refused_strangers;
        return transactions_.refuse_statelessly(request, flow, 403);
    }
    if (const auto refusal = inspect(request, call->dialog.local_tag())) {
        return transactions_.respond_statelessly(request, flow, *refusal);
    }
    if (!is_in_order(*call, request)) return transactions_.refuse_statelessly(request, flow, 500);
    call->dialog.remote_cseq = request.cseq;
    if (call->dialog.is_flow_fixed) call->dialog.flow = flow;
    if (request.method == Method::bye) return on_bye(*call, request, flow);
    if (call->phase == Phase::leaving) {
        return transactions_.refuse_statelessly(request, flow, 481);
    }
    switch (request.method) {
        case Method::invite:
        case Method::update: return on_their_offer(*call, request, flow);
        case Method::info: return on_info(*call, request, flow);
        case Method::options: return answer_at_once(*call, request, flow, 200);
        default: return transactions_.refuse_statelessly(request, flow, 405);
    }
}

// Knowing the tags is not enough: they travel in clear.
bool Calls::is_from_peer(const Call& call, const Message& request, const Flow& flow) {
    if (flow.remote.address == call.dialog.flow.remote.address) return true;
    if (registrar_.has_binding_from(call.dialog.peer, flow)) return true;
    return policy_.admit(request, flow).admission == Admission::trunk;
}

bool Calls::is_in_order(const Call& call, const Message& request) {
    return !call.dialog.remote_cseq || request.cseq > *call.dialog.remote_cseq;
}

void Calls::on_info(Call& call, const Message& info, const Flow& flow) {
    const CallId id = call.id;
    answer_at_once(call, info, flow, 200);
    const auto digit = digit_in(info);
    if (digit && !call.is_told) listener_.on_digit(id, *digit);
}

void Calls::answer_at_once(Call& call, const Message& request, const Flow& flow, int status) {
    const ServerId server = transactions_.open(request, flow);
    Message response = make_response(request, status, call.dialog.local_tag());
    if (request.method == Method::options) {
        response.add_header("Allow", std::string{kAllowed});
        response.add_header("Accept", std::string{kAccepted});
    }
    transactions_.respond(server, response);
}

void Calls::send_in_dialog(Call& call, Message request, Owner owner) {
    const CallId id = call.id;
    with_way(call, [this, id, owner, request = std::move(request)](std::optional<Flow> flow) {
        Call* sender = find(id);
        if (sender == nullptr) return;
        if (!flow) return on_failure(owner, 503);
        Message sent = request;
        const bool needs_contact = sent.method == Method::invite || sent.method == Method::update;
        if (needs_contact) sent.contacts = {own_contact(*sender, *flow)};
        transactions_.start(std::move(sent), *flow, owner);
    });
}

// When a Contact leads nowhere (a private name, a mistyped host) the way that is known is taken.
void Calls::with_way(const Call& call, Locator::Use use) {
    const Flow known = call.dialog.flow;
    if (call.dialog.is_flow_fixed) return use(known);
    locator_.locate(next_hop(call.dialog), known.remote.address.empty() ? nullptr : &known,
                    [known, use = std::move(use)](std::optional<Flow> flow) {
                        if (!flow && !known.remote.address.empty()) return use(known);
                        use(std::move(flow));
                    });
}

NameAddress Calls::own_contact(const Call& call, const Flow& flow) const {
    return contact_at(around_.sender.advertised(flow), flow.transport, call.dialog.local.uri.user);
}

}  // namespace amer::sip

#include "sip/dialog/dialog.h"

namespace amer::sip {
namespace {

Message bare_request(const DialogState& dialog, Method method, std::uint32_t cseq) {
    Message request;
    request.method = method;
    request.method_text = text_of(method);
    request.from = dialog.local;
    request.to = dialog.remote;
    request.call_id = dialog.call_id;
    request.cseq = cseq;
    request.cseq_method = method;
    request.cseq_method_text = request.method_text;
    request.max_forwards = 70;
    request.request_uri = dialog.remote_target;
    request.request_uri.headers.clear();  // section 19.1.1: not allowed here
    request.request_uri.parameters.remove("method");
    request.route = dialog.route_set;
    const bool is_strict =
        !request.route.empty() && !request.route.front().uri.parameters.has("lr");
    if (is_strict) {  // the first proxy expects itself as the request URI (RFC 2543)
        NameAddress target;
        target.uri = dialog.remote_target;
        request.request_uri = request.route.front().uri;
        request.route.erase(request.route.begin());
        request.route.push_back(std::move(target));
    }
    return request;
}

}  // namespace

DialogState dialog_of_callee(const Message& invite, const Flow& flow,
                             const std::string& local_tag) {
    DialogState dialog;
    dialog.call_id = invite.call_id;
    dialog.local = invite.to;
    dialog.local.parameters.set("tag", local_tag);
    dialog.remote = invite.from;
    dialog.remote_target = invite.contacts.empty() ? invite.from.uri : invite.contacts.front().uri;
    dialog.route_set = invite.record_route;
    dialog.remote_cseq = invite.cseq;
    dialog.flow = flow;
    return dialog;
}

void learn_from_response(DialogState& dialog, const Message& response) {
    dialog.remote = response.to;
    if (!response.contacts.empty()) dialog.remote_target = response.contacts.front().uri;
    dialog.route_set.assign(response.record_route.rbegin(), response.record_route.rend());
}

Message request_in(DialogState& dialog, Method method) {
    return bare_request(dialog, method, ++dialog.local_cseq);
}

Message ack_in(const DialogState& dialog, const Message& invite) {
    Message ack = bare_request(dialog, Method::ack, invite.cseq);
    for (const Header& header : invite.headers) {  // section 22.1: the same credentials
        if (header.name == "Authorization" || header.name == "Proxy-Authorization") {
            ack.headers.push_back(header);
        }
    }
    return ack;
}

const Uri& next_hop(const DialogState& dialog) {
    return dialog.route_set.empty() ? dialog.remote_target : dialog.route_set.front().uri;
}

NameAddress contact_at(const Endpoint& own, Transport transport, std::string_view user) {
    NameAddress contact;
    contact.uri.scheme = "sip";
    contact.uri.user = user;
    contact.uri.host = own.address;
    contact.uri.port = own.port;
    if (transport == Transport::tcp) contact.uri.parameters.set("transport", "tcp");
    if (transport == Transport::tls) contact.uri.parameters.set("transport", "tls");
    if (transport == Transport::ws || transport == Transport::wss) {
        contact.uri.parameters.set("transport", "ws");
    }
    return contact;
}

}  // namespace amer::sip

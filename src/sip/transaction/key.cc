#include "sip/transaction/key.h"

namespace amer::sip {
namespace {

constexpr std::string_view kCookie = "z9hG4bK";

std::string key_as(const Message& request, const Flow& flow, std::string_view method) {
    const Via& top = request.via.front();
    const std::string_view branch = top.branch();
    std::string key;
    key.reserve(128);
    key.append(flow.remote.address).append("|").append(method).append("|");
    const bool is_unique = branch.size() > kCookie.size() && branch.starts_with(kCookie);
    if (is_unique) {
        key.append(branch).append("|").append(top.host).append(":");
        return key.append(std::to_string(top.port));
    }
    key.append(request.request_uri.text()).append("|").append(request.from.tag());
    key.append("|").append(request.call_id).append("|").append(std::to_string(request.cseq));
    return key.append("|").append(top.text());
}

}  // namespace

std::string server_key(const Message& request, const Flow& flow) {
    if (request.method == Method::ack) return key_as(request, flow, "INVITE");
    return key_as(request, flow, request.method_text);
}

std::string cancelled_key(const Message& cancel, const Flow& flow) {
    return key_as(cancel, flow, "INVITE");
}

std::string merge_key(const Message& request) {
    std::string key{request.from.tag()};
    key.append("|").append(request.call_id).append("|").append(std::to_string(request.cseq));
    return key.append("|").append(request.method_text);
}

std::string client_key(std::string_view branch, std::string_view method) {
    std::string key{branch};
    return key.append("|").append(method);
}

void note_source(Message& request, const Flow& flow) {
    Via& top = request.via.front();
    const bool wants_port = top.parameters.has("rport");
    if (wants_port) top.parameters.set("rport", std::to_string(flow.remote.port));
    if (wants_port || top.host != flow.remote.address) {
        top.parameters.set("received", flow.remote.address);
    }
}

Flow reply_flow(const Message& request, const Flow& flow) {
    const Via& top = request.via.front();
    Flow back = flow;
    if (flow.transport == Transport::udp && !top.parameters.has("rport")) {
        back.remote.port = top.port != 0 ? top.port : kDefaultPort;
    }
    return back;
}

std::string_view via_transport(Transport transport) {
    switch (transport) {
        case Transport::udp: return "UDP";
        case Transport::tcp: return "TCP";
        case Transport::tls: return "TLS";
        case Transport::ws: return "WS";
        case Transport::wss: return "WSS";
    }
    return "UDP";
}

}  // namespace amer::sip

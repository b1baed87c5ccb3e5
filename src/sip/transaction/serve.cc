// The server side: RFC 3261 section 17.2, RFC 6026 section 7.1.
#include "sip/transaction/key.h"
#include "sip/transaction/transactions.h"

namespace amer::sip {

bool Transactions::absorb(const Message& request, const Flow& flow) {
    const auto found = servers_by_key_.find(server_key(request, flow));
    if (found == servers_by_key_.end()) return false;
    const ServerId id = found->second;
    Server& server = servers_.at(id);
    if (request.method == Method::ack) {
        // The ACK to a 2xx has a branch of its own; peers that reuse it still mean the dialog.
        if (server.state == ServerState::accepted) return false;
        if (server.state == ServerState::completed) confirm(id, server);
        return true;
    }
    ++around_.counts.absorbed;
    const bool core_repeats_it = server.state == ServerState::accepted;
    const bool is_settled = server.state == ServerState::confirmed;
    if (!core_repeats_it && !is_settled && !server.last_response.empty()) {
        ++around_.counts.retransmissions;
        around_.send(server.reply_to, server.last_response);
    }
    return true;
}

bool Transactions::is_merged(const Message& request) const {
    return request.to.tag().empty() && servers_by_merge_key_.contains(merge_key(request));
}

bool Transactions::is_full() const { return size() >= around_.options.max_transactions; }

ServerId Transactions::open(const Message& request, const Flow& flow) {
    const ServerId id{++last_id_};
    Server server;
    server.is_invite = request.method == Method::invite;
    server.reply_to = reply_flow(request, flow);
    server.key = server_key(request, flow);
    server.merge_key = merge_key(request);
    Message& head = server.request.emplace();
    head.method = request.method;
    head.method_text = request.method_text;
    head.request_uri = request.request_uri;
    head.via = request.via;
    head.from = request.from;
    head.to = request.to;
    head.call_id = request.call_id;
    head.cseq = request.cseq;
    head.cseq_method = request.cseq_method;
    head.cseq_method_text = request.cseq_method_text;
    head.record_route = request.record_route;
    servers_by_key_.emplace(server.key, id);
    servers_by_merge_key_.emplace(server.merge_key, id);
    servers_.emplace(id, std::move(server));
    return id;
}

ServerId Transactions::find_cancelled(const Message& cancel, const Flow& flow) const {
    const auto found = servers_by_key_.find(cancelled_key(cancel, flow));
    return found == servers_by_key_.end() ? ServerId{} : found->second;
}

const Message* Transactions::request_of(ServerId id) const {
    const auto found = servers_.find(id);
    if (found == servers_.end() || !found->second.request) return nullptr;
    return &*found->second.request;
}

Flow Transactions::reply_flow_of(ServerId id) const {
    const auto found = servers_.find(id);
    return found == servers_.end() ? Flow{} : found->second.reply_to;
}

std::string Transactions::respond(ServerId id, const Message& response) {
    const auto found = servers_.find(id);
    if (found == servers_.end() || !found->second.request) return {};
    Server& server = found->second;
    server.last_response = serialise(response);
    around_.send(server.reply_to, server.last_response);
    std::string bytes = server.last_response;
    if (response.status >= 200) finish_server(id, server, response.status);
    return bytes;
}

void Transactions::finish_server(ServerId id, Server& server, int status) {
    const bool reliable = is_reliable(server.reply_to);
    server.request.reset();
    if (server.is_invite && status < 300) {
        server.state = ServerState::accepted;
        server.last_response.clear();
        server.over = around_.after(around_.patience(), AlarmKind::server_over, id.value);
        return;
    }
    server.state = ServerState::completed;
    if (!server.is_invite && reliable) return erase_server(id);
    server.over = around_.after(around_.patience(), AlarmKind::server_over, id.value);
    if (server.is_invite && !reliable) {
        server.interval = around_.options.t1;
        server.again = around_.after(server.interval, AlarmKind::server_again, id.value);
    }
}

void Transactions::confirm(ServerId id, Server& server) {
    around_.timers.cancel(server.again);
    around_.timers.cancel(server.over);
    if (is_reliable(server.reply_to)) return erase_server(id);
    server.state = ServerState::confirmed;
    server.last_response.clear();
    server.over = around_.after(around_.lifetime(), AlarmKind::server_over, id.value);
}

void Transactions::erase_server(ServerId id) {
    const auto found = servers_.find(id);
    if (found == servers_.end()) return;
    Server& server = found->second;
    around_.timers.cancel(server.again);
    around_.timers.cancel(server.over);
    servers_by_key_.erase(server.key);
    const auto merged = servers_by_merge_key_.find(server.merge_key);
    if (merged != servers_by_merge_key_.end() && merged->second == id) {
        servers_by_merge_key_.erase(merged);
    }
    servers_.erase(found);
}

void Transactions::repeat_server(ServerId id) {
    const auto found = servers_.find(id);
    if (found == servers_.end() || found->second.state != ServerState::completed) return;
    Server& server = found->second;
    ++around_.counts.retransmissions;
    around_.send(server.reply_to, server.last_response);
    server.interval = std::min(2 * server.interval, around_.options.t2);
    server.again = around_.after(server.interval, AlarmKind::server_again, id.value);
}

std::string Transactions::stateless_tag(const Message& request) const {
    std::string text{request.via.front().branch()};
    text.append("|").append(request.call_id).append("|").append(request.from.tag());
    return keyed_hash(refusal_key_, text, 8);
}

void Transactions::refuse_statelessly(const Message& request, const Flow& flow, int status,
                                      std::optional<Duration> retry_after) {
    Message refusal = make_response(request, status, stateless_tag(request));
    if (retry_after) set_retry_after(refusal, *retry_after);
    respond_statelessly(request, flow, refusal);
}

void Transactions::respond_statelessly(const Message& request, const Flow& flow,
                                       const Message& response) {
    around_.send(reply_flow(request, flow), serialise(response));
}

}  // namespace amer::sip

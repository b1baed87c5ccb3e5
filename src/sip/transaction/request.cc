// The client side: RFC 3261 section 17.1, RFC 6026 section 7.2.
#include "sip/transaction/key.h"
#include "sip/transaction/transactions.h"

namespace amer::sip {
namespace {

// Above this a datagram may be cut on its way (RFC 3261 section 18.1.1).
constexpr std::size_t kLargestWholeDatagram = 1300;

Message like(const Message& request, Method method) {
    Message message;
    message.method = method;
    message.method_text = text_of(method);
    message.request_uri = request.request_uri;
    message.via = {request.via.front()};
    message.from = request.from;
    message.to = request.to;
    message.call_id = request.call_id;
    message.cseq = request.cseq;
    message.cseq_method = method;
    message.cseq_method_text = message.method_text;
    message.max_forwards = 70;
    message.route = request.route;
    return message;
}

void add_via(Message& message, const Flow& flow, const Endpoint& own, std::string branch) {
    Via via;
    via.transport = via_transport(flow.transport);
    via.host = own.address;
    via.port = own.port;
    via.parameters.set("branch", std::move(branch));
    via.parameters.set("rport", std::nullopt);
    message.via = {std::move(via)};
}

}  // namespace

ClientId Transactions::start(Message request, const Flow& flow, Owner owner) {
    Flow way = flow;
    const std::string branch = "z9hG4bK" + around_.tokens.hex(12);
    add_via(request, way, around_.sender.advertised(way), branch);
    if (around_.options.large_requests_over_tcp && way.transport == Transport::udp &&
        serialise(request).size() > kLargestWholeDatagram) {
        way = Flow{Transport::tcp, {}, flow.remote, 0};
        add_via(request, way, around_.sender.advertised(way), branch);
    }
    return launch(std::move(request), way, owner);
}

ClientId Transactions::launch(Message request, const Flow& flow, Owner owner) {
    const ClientId id{++last_id_};
    Client& client = clients_[id];
    client.is_invite = request.method == Method::invite;
    client.owner = owner;
    client.flow = flow;
    client.key = client_key(request.via.front().branch(), request.method_text);
    client.bytes = serialise(request);
    client.request = std::move(request);
    client.over = around_.after(around_.patience(), AlarmKind::client_silent, id.value);
    if (is_reliable(flow)) {
        stream_clients_.insert(id);
    } else {
        client.interval = around_.options.t1;
        client.again = around_.after(client.interval, AlarmKind::client_again, id.value);
    }
    clients_by_key_.emplace(client.key, id);
    around_.send(flow, client.bytes);
    return id;
}

void Transactions::acknowledge(ClientId invite, Message ack, const Flow& flow) {
    add_via(ack, flow, around_.sender.advertised(flow), "z9hG4bK" + around_.tokens.hex(12));
    RememberedAck remembered{std::string{ack.to.tag()}, serialise(ack), flow};
    around_.send(flow, remembered.bytes);
    const auto found = clients_.find(invite);
    if (found != clients_.end()) found->second.acks.push_back(std::move(remembered));
}

void Transactions::cancel(ClientId invite, std::string reason) {
    const auto found = clients_.find(invite);
    if (found == clients_.end()) return;
    Client& client = found->second;
    client.cancel_reason = std::move(reason);
    if (client.state == ClientState::calling) client.is_cancel_wanted = true;
    if (client.state == ClientState::proceeding) send_cancel(invite, client);
}

void Transactions::send_cancel(ClientId id, Client& client) {
    client.is_cancel_wanted = false;
    around_.timers.cancel(client.over);
    client.over = around_.after(around_.patience(), AlarmKind::cancel_unheard, id.value);
    const Owner owner{Purpose::cancel, client.owner.call, 0};
    Message cancel = like(client.request, Method::cancel);
    if (!client.cancel_reason.empty()) cancel.headers.push_back({"Reason", client.cancel_reason});
    launch(std::move(cancel), client.flow, owner);
}

void Transactions::on_response(const Message& response) {
    const auto found =
        clients_by_key_.find(client_key(response.via.front().branch(), response.cseq_method_text));
    const bool is_for_one_hop = response.via.size() == 1;  // RFC 3261 section 8.1.3.3
    if (found == clients_by_key_.end() || !is_for_one_hop) {
        ++around_.counts.absorbed;
        return;
    }
    const ClientId id = found->second;
    Client& client = clients_.at(id);
    if (client.is_invite) return on_invite_response(id, client, response);
    on_plain_response(id, client, response);
}

void Transactions::on_invite_response(ClientId id, Client& client, const Message& response) {
    if (response.status >= 300) return refuse(id, client, response);
    if (response.status >= 200) return accept(id, client, response);
    if (client.state == ClientState::calling) {
        stop_repeating(client);
        around_.timers.cancel(client.over);
        client.state = ClientState::proceeding;
        if (client.is_cancel_wanted) send_cancel(id, client);
    }
    if (client.state != ClientState::proceeding) return;
    user_->on_response(id, client.owner, client.request, response);
}

void Transactions::accept(ClientId id, Client& client, const Message& response) {
    if (client.state == ClientState::completed) return;
    if (client.state != ClientState::accepted) {
        stop_repeating(client);
        around_.timers.cancel(client.over);
        client.state = ClientState::accepted;
        client.over = around_.after(around_.patience(), AlarmKind::client_over, id.value);
    }
    for (const RememberedAck& ack : client.acks) {
        if (ack.remote_tag != response.to.tag()) continue;
        ++around_.counts.retransmissions;
        around_.send(ack.flow, ack.bytes);
        return;
    }
    user_->on_response(id, client.owner, client.request, response);
}

void Transactions::refuse(ClientId id, Client& client, const Message& response) {
    if (client.state == ClientState::accepted) return;
    if (client.state == ClientState::completed) {
        ++around_.counts.retransmissions;
        return around_.send(client.flow, client.bytes);
    }
    stop_repeating(client);
    around_.timers.cancel(client.over);
    client.state = ClientState::completed;
    Message ack = like(client.request, Method::ack);
    ack.to = response.to;
    client.bytes = serialise(ack);
    around_.send(client.flow, client.bytes);
    const Owner owner = client.owner;
    const Message request = std::move(client.request);
    end_client(id);
    user_->on_response(id, owner, request, response);
}

void Transactions::on_plain_response(ClientId id, Client& client, const Message& response) {
    if (client.state == ClientState::completed) return;
    if (response.status < 200) {
        client.state = ClientState::proceeding;
        return;
    }
    stop_repeating(client);
    around_.timers.cancel(client.over);
    client.state = ClientState::completed;
    const Owner owner = client.owner;
    const Message request = std::move(client.request);
    end_client(id);
    user_->on_response(id, owner, request, response);
}

// Stays to absorb retransmitted responses (timers D and K); a reliable transport has none.
void Transactions::end_client(ClientId id) {
    Client& client = clients_.at(id);
    if (is_reliable(client.flow)) return erase_client(id);
    const Duration stay = client.is_invite ? around_.patience() : around_.lifetime();
    client.over = around_.after(stay, AlarmKind::client_over, id.value);
}

void Transactions::stop_repeating(Client& client) { around_.timers.cancel(client.again); }

void Transactions::repeat_client(ClientId id) {
    const auto found = clients_.find(id);
    if (found == clients_.end()) return;
    Client& client = found->second;
    ++around_.counts.retransmissions;
    around_.send(client.flow, client.bytes);
    client.interval = 2 * client.interval;
    if (!client.is_invite) client.interval = std::min(client.interval, around_.options.t2);
    if (!client.is_invite && client.state == ClientState::proceeding) {
        client.interval = around_.options.t2;
    }
    client.again = around_.after(client.interval, AlarmKind::client_again, id.value);
}

void Transactions::erase_client(ClientId id) {
    const auto found = clients_.find(id);
    if (found == clients_.end()) return;
    around_.timers.cancel(found->second.again);
    around_.timers.cancel(found->second.over);
    clients_by_key_.erase(found->second.key);
    stream_clients_.erase(id);
    clients_.erase(found);
}

void Transactions::fail(ClientId id, int status) {
    const auto found = clients_.find(id);
    if (found == clients_.end()) return;
    const Owner owner = found->second.owner;
    erase_client(id);
    user_->on_failure(owner, status);
}

void Transactions::on_flow_closed(const Flow& flow) {
    std::vector<ClientId> dead;
    for (const ClientId id : stream_clients_) {
        const Client& client = clients_.at(id);
        const bool awaits_answer =
            client.state == ClientState::calling || client.state == ClientState::proceeding;
        const bool is_on_it = client.flow.transport == flow.transport &&
                              (client.flow.connection == flow.connection ||
                               (client.flow.connection == 0 && client.flow.remote == flow.remote));
        if (awaits_answer && is_on_it) dead.push_back(id);
    }
    std::sort(dead.begin(), dead.end());  // the set's order is nobody's business
    for (const ClientId id : dead) fail(id, 503);
}

void Transactions::on_alarm(const Alarm& alarm) {
    const ClientId client{alarm.subject};
    const ServerId server{alarm.subject};
    switch (alarm.kind) {
        case AlarmKind::client_again: return repeat_client(client);
        case AlarmKind::client_silent:
        case AlarmKind::cancel_unheard: return fail(client, 408);
        case AlarmKind::client_over: return erase_client(client);
        case AlarmKind::server_again: return repeat_server(server);
        case AlarmKind::server_over: return erase_server(server);
        default: return;
    }
}

}  // namespace amer::sip

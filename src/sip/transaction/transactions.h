#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/id.h"
#include "sip/surroundings.h"

namespace amer::sip {

using ServerId = Id<struct ServerTransactionTag>;
using ClientId = Id<struct ClientTransactionTag>;

enum class Purpose : std::uint8_t { invite, offer, bye, cancel };

// On whose behalf a request was sent; `attempt` counts the answers to digest challenges.
struct Owner {
    Purpose purpose = Purpose::bye;
    CallId call;
    std::uint8_t attempt = 0;
};

// The layer above: learns what became of the requests it sent.
class TransactionUser {
public:
    virtual ~TransactionUser() = default;
    // Every response but retransmissions; of an INVITE also every 2xx of another fork.
    virtual void on_response(ClientId id, const Owner& owner, const Message& request,
                             const Message& response) = 0;
    // No final response: 408 for silence, 503 for a dead transport.
    virtual void on_failure(const Owner& owner, int status) = 0;
};

// The four state machines of RFC 3261 section 17 with the accepted state of RFC 6026.
class Transactions {
public:
    explicit Transactions(Surroundings& surroundings)
        : around_{surroundings}, refusal_key_{surroundings.tokens.derive_key("refusal")} {}
    void report_to(TransactionUser& user) { user_ = &user; }

    // --- server side ---
    // Whether the request is a retransmission, or the ACK to a refusal; then all is done.
    bool absorb(const Message& request, const Flow& flow);
    bool is_merged(const Message& request) const;  // section 8.2.2.2
    bool is_full() const;
    ServerId open(const Message& request, const Flow& flow);
    // The unfinished INVITE that this CANCEL means; none when there is no such transaction.
    ServerId find_cancelled(const Message& cancel, const Flow& flow) const;
    // The request without its body and rarer headers, as make_response needs it; null when a final
    // response has gone out.
    const Message* request_of(ServerId id) const;
    // Sends; returns the bytes for the core's own retransmission of a 2xx (section 13.3.1.4).
    std::string respond(ServerId id, const Message& response);
    Flow reply_flow_of(ServerId id) const;
    // Answers and forgets at once: for strangers, who must not cost memory. The tag is the same
    // whenever the same request comes again.
    std::string stateless_tag(const Message& request) const;
    void respond_statelessly(const Message& request, const Flow& flow, const Message& response);
    void refuse_statelessly(const Message& request, const Flow& flow, int status,
                            std::optional<Duration> retry_after = {});

    // --- client side ---
    // Adds the Via, sends and repeats until answered.
    ClientId start(Message request, const Flow& flow, Owner owner);
    // Sends the ACK to a 2xx, now and whenever that 2xx comes again (section 13.2.2.4).
    void acknowledge(ClientId invite, Message ack, const Flow& flow);
    // Ends our INVITE: at once after a provisional response, else when one comes (section 9.1).
    void cancel(ClientId invite, std::string reason);
    void on_response(const Message& response);

    void on_flow_closed(const Flow& flow);
    void on_alarm(const Alarm& alarm);
    std::size_t size() const { return servers_.size() + clients_.size(); }

private:
    enum class ServerState : std::uint8_t { proceeding, completed, accepted, confirmed };
    struct Server {
        ServerState state = ServerState::proceeding;
        bool is_invite = false;
        Flow reply_to;
        std::string key;
        std::string merge_key;
        std::optional<Message> request;
        std::string last_response;
        Duration interval{};
        TimerId again;
        TimerId over;
    };

    enum class ClientState : std::uint8_t { calling, proceeding, completed, accepted };
    struct RememberedAck {
        std::string remote_tag;
        std::string bytes;
        Flow flow;
    };
    struct Client {
        ClientState state = ClientState::calling;
        bool is_invite = false;
        bool is_cancel_wanted = false;
        std::string cancel_reason;  // value of its Reason header (RFC 3326); empty: none
        Owner owner;
        Flow flow;
        std::string key;
        Message request;
        std::string bytes;
        std::vector<RememberedAck> acks;
        Duration interval{};
        TimerId again;
        TimerId over;
    };

    void finish_server(ServerId id, Server& server, int status);
    void confirm(ServerId id, Server& server);
    void erase_server(ServerId id);
    void repeat_server(ServerId id);
    void on_invite_response(ClientId id, Client& client, const Message& response);
    void on_plain_response(ClientId id, Client& client, const Message& response);
    void accept(ClientId id, Client& client, const Message& response);
    void refuse(ClientId id, Client& client, const Message& response);
    ClientId launch(Message request, const Flow& flow, Owner owner);
    void send_cancel(ClientId id, Client& client);
    void repeat_client(ClientId id);
    void stop_repeating(Client& client);
    void end_client(ClientId id);
    void erase_client(ClientId id);
    void fail(ClientId id, int status);

    Surroundings& around_;
    std::string refusal_key_;
    TransactionUser* user_ = nullptr;
    std::uint64_t last_id_ = 0;
    std::unordered_map<ServerId, Server> servers_;
    std::unordered_map<std::string, ServerId> servers_by_key_;
    std::unordered_map<std::string, ServerId> servers_by_merge_key_;
    std::unordered_map<ClientId, Client> clients_;
    std::unordered_map<std::string, ClientId> clients_by_key_;
    std::unordered_set<ClientId> stream_clients_;  // those that a closing connection may end
};

}  // namespace amer::sip

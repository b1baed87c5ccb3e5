#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "sip/transport/resolver.h"
#include "sip/transport/tcp_door.h"
#include "sip/user_agent.h"

namespace amer::sip {

struct TransportsOptions {
    std::optional<Endpoint> udp;  // where to listen; port 0 takes a free one
    std::optional<Endpoint> tcp;
    std::string advertised_address;  // "": the address of the door, which then may not be 0.0.0.0
    TcpOptions tcp_options;
};

// The doors to the network and the one timer, joined to a user agent: Sender and Resolver for it,
// and its source of bytes and time. Everything runs on the thread that runs the io_context (the
// signalling thread); only post() may be called from elsewhere.
class Transports : public Sender, public Resolver {
public:
    Transports(boost::asio::io_context& context, TransportsOptions options);
    ~Transports() override;
    Transports(const Transports&) = delete;
    Transports& operator=(const Transports&) = delete;

    // Opens the doors; from now on messages reach `agent`, which must outlive this or detach().
    Result<void> open(UserAgent& agent);
    void detach();

    // Runs a function on the signalling thread, and sees to the agent's timers after it. Whoever
    // calls the agent from outside its events does it in here.
    void post(std::function<void()> work);

    Endpoint udp_local() const;  // of the open doors; empty without
    Endpoint tcp_local() const;

    void send(const Flow& flow, std::string_view bytes) override;
    Endpoint advertised(const Flow& flow) const override;
    void resolve(const std::string& host, Done done) override;

private:
    struct Doors;
    std::shared_ptr<Doors> doors_;  // shared with what waits in the io_context
};

}  // namespace amer::sip

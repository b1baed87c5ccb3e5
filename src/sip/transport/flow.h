#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/id.h"

namespace amer::sip {

enum class Transport : std::uint8_t { udp, tcp, tls, ws, wss };

// A literal address and port, IPv4 or IPv6 without brackets.
struct Endpoint {
    std::string address;
    std::uint16_t port = 0;

    auto operator<=>(const Endpoint&) const = default;
};

// Where a message came from and by which way an answer goes back: for UDP the peer's address, for
// a stream the very connection it came on.
struct Flow {
    Transport transport = Transport::udp;
    Endpoint local;
    Endpoint remote;
    std::uint64_t connection = 0;  // streams: which connection; 0 for UDP or "open one"

    auto operator<=>(const Flow&) const = default;
};

// How the state machine gets bytes out. send() on a stream flow with connection 0 opens one; a
// failure is reported later through UserAgent::on_flow_closed.
class Sender {
public:
    virtual ~Sender() = default;
    virtual void send(const Flow& flow, std::string_view bytes) = 0;
    // Our own address as the far side of `flow` can reach it, for Via and Contact.
    virtual Endpoint advertised(const Flow& flow) const = 0;
};

}  // namespace amer::sip

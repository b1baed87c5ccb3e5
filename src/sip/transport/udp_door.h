#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "base/result.h"
#include "sip/transport/flow.h"

namespace boost::asio {
class io_context;
}

namespace amer::sip {

// One UDP socket. Lives on the thread that runs the io_context; destroying it closes the socket.
class UdpDoor {
public:
    using Receive = std::function<void(const Flow& flow, std::string_view bytes)>;

    // Port 0 takes a free one. Fails when the address is not ours or is taken.
    static Result<std::unique_ptr<UdpDoor>> open(boost::asio::io_context& context,
                                                 const Endpoint& at, Receive receive);
    ~UdpDoor();

    // A datagram that the system cannot take at once is lost, as on any wire.
    void send(const Endpoint& remote, std::string_view bytes);
    const Endpoint& local() const;

private:
    struct Socket;
    explicit UdpDoor(std::shared_ptr<Socket> socket) : socket_{std::move(socket)} {}

    std::shared_ptr<Socket> socket_;  // shared with the read that waits in the io_context
};

}  // namespace amer::sip

#include "sip/transport/udp_door.h"

#include <coroutine>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>

namespace amer::sip {
namespace {

namespace asio = boost::asio;
using asio::ip::udp;
using boost::system::error_code;

// After so many the other work of the thread gets its turn.
constexpr int kMostAtOnce = 64;
constexpr int kBufferBytes = 4 << 20;  // half a second of a registration storm

Endpoint endpoint_from(const udp::endpoint& endpoint) {
    return {endpoint.address().to_string(), endpoint.port()};
}

}  // namespace

struct UdpDoor::Socket : std::enable_shared_from_this<Socket> {
    Socket(asio::io_context& context, Receive receiver)
        : socket{context}, receive{std::move(receiver)} {}

    error_code bind(const udp::endpoint& at) {
        error_code error;
        socket.open(at.protocol(), error);
        if (error) return error;
        error_code ignored;  // the system may grant less
        socket.set_option(asio::socket_base::receive_buffer_size{kBufferBytes}, ignored);
        socket.set_option(asio::socket_base::send_buffer_size{kBufferBytes}, ignored);
        socket.bind(at, error);
        if (error) return error;
        socket.non_blocking(true, error);
        local = endpoint_from(socket.local_endpoint(ignored));
        return error;
    }

    void wait() {
        socket.async_wait(udp::socket::wait_read,
                          [self = shared_from_this()](const error_code& error) {
                              if (error || !self->receive) return;
                              self->read_batch();
                              if (self->receive) self->wait();
                          });
    }

    void read_batch() {
        for (int count = 0; count < kMostAtOnce && receive; ++count) {
            udp::endpoint from;
            error_code error;
            const std::size_t size = socket.receive_from(asio::buffer(buffer), from, 0, error);
            if (error == asio::error::would_block) return;
            if (error) continue;  // an ICMP error of an earlier send
            receive(Flow{Transport::udp, local, endpoint_from(from), 0}, {buffer.data(), size});
        }
    }

    udp::socket socket;
    Receive receive;  // empty once the door is closed
    Endpoint local;
    std::array<char, 65'536> buffer{};
};

Result<std::unique_ptr<UdpDoor>> UdpDoor::open(asio::io_context& context, const Endpoint& at,
                                               Receive receive) {
    error_code error;
    const auto address = asio::ip::make_address(at.address, error);
    if (error) return failure("not an address: " + at.address);
    auto socket = std::make_shared<Socket>(context, std::move(receive));
    error = socket->bind({address, at.port});
    if (error) {
        return failure(fmt::format("UDP {} port {}: {}", at.address, at.port, error.message()));
    }
    socket->wait();
    return std::unique_ptr<UdpDoor>{new UdpDoor{std::move(socket)}};
}

UdpDoor::~UdpDoor() {
    error_code ignored;
    socket_->receive = nullptr;
    socket_->socket.close(ignored);
}

void UdpDoor::send(const Endpoint& remote, std::string_view bytes) {
    error_code error;
    const auto address = asio::ip::make_address(remote.address, error);
    if (error) return;
    socket_->socket.send_to(asio::buffer(bytes.data(), bytes.size()), {address, remote.port}, 0,
                            error);
}

const Endpoint& UdpDoor::local() const { return socket_->local; }

}  // namespace amer::sip

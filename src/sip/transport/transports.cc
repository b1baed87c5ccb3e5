#include "sip/transport/transports.h"

#include <coroutine>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "sip/transport/steady_now.h"
#include "sip/transport/udp_door.h"

namespace amer::sip {

namespace asio = boost::asio;
using boost::system::error_code;

struct Transports::Doors : std::enable_shared_from_this<Doors> {
    Doors(asio::io_context& io_context, TransportsOptions settings)
        : context{io_context},
          timer{io_context},
          resolver{io_context},
          options{std::move(settings)} {}

    Result<void> open_udp();
    Result<void> open_tcp();
    void arm();

    asio::io_context& context;
    asio::steady_timer timer;
    asio::ip::tcp::resolver resolver;
    TransportsOptions options;
    UserAgent* agent = nullptr;
    std::unique_ptr<UdpDoor> udp;
    std::unique_ptr<TcpDoor> tcp;
    std::optional<MonotonicInstant> armed_for;
};

// Without this an earlier timer set by a message would wait for the one that is armed.
void Transports::Doors::arm() {
    if (agent == nullptr) return;
    const auto next = agent->next_timer();
    if (!next || (armed_for && *armed_for <= *next)) return;
    armed_for = next;
    timer.expires_at(std::chrono::time_point_cast<std::chrono::steady_clock::duration>(*next));
    timer.async_wait([self = shared_from_this()](const error_code& error) {
        if (error || self->agent == nullptr) return;
        self->armed_for.reset();
        self->agent->on_timer(steady_now());
        self->arm();
    });
}

Result<void> Transports::Doors::open_udp() {
    const auto receive = [this](const Flow& flow, std::string_view bytes) {
        if (agent == nullptr) return;
        agent->on_datagram(flow, bytes, steady_now());
        arm();
    };
    auto door = UdpDoor::open(context, *options.udp, receive);
    if (!door) return tl::unexpected{door.error()};
    udp = std::move(*door);
    return {};
}

Result<void> Transports::Doors::open_tcp() {
    TcpDoor::Events events;
    events.receive = [this](const Flow& flow, Parsed<Message> message) {
        if (agent == nullptr) return;
        agent->on_message(flow, std::move(message), steady_now());
        arm();
    };
    events.closed = [this](const Flow& flow) {
        if (agent == nullptr) return;
        agent->on_flow_closed(flow, steady_now());
        arm();
    };
    events.is_needed = [this](const Flow& flow) {
        return agent != nullptr && agent->is_flow_needed(flow);
    };
    auto door = TcpDoor::open(context, *options.tcp, options.tcp_options, std::move(events));
    if (!door) return tl::unexpected{door.error()};
    tcp = std::move(*door);
    return {};
}

Transports::Transports(asio::io_context& context, TransportsOptions options)
    : doors_{std::make_shared<Doors>(context, std::move(options))} {}

Transports::~Transports() { detach(); }

Result<void> Transports::open(UserAgent& agent) {
    doors_->agent = &agent;
    if (doors_->options.udp) {
        if (auto opened = doors_->open_udp(); !opened) return opened;
    }
    if (doors_->options.tcp) {
        if (auto opened = doors_->open_tcp(); !opened) return opened;
    }
    doors_->arm();
    return {};
}

void Transports::detach() {
    doors_->agent = nullptr;
    doors_->udp.reset();
    doors_->tcp.reset();
    doors_->timer.cancel();
    doors_->resolver.cancel();
}

void Transports::post(std::function<void()> work) {
    asio::post(doors_->context, [doors = doors_, work = std::move(work)] {
        work();
        doors->arm();
    });
}

Endpoint Transports::udp_local() const { return doors_->udp ? doors_->udp->local() : Endpoint{}; }

Endpoint Transports::tcp_local() const { return doors_->tcp ? doors_->tcp->local() : Endpoint{}; }

void Transports::send(const Flow& flow, std::string_view bytes) {
    if (flow.transport == Transport::udp && doors_->udp) {
        return doors_->udp->send(flow.remote, bytes);
    }
    if (flow.transport == Transport::tcp && doors_->tcp) return doors_->tcp->send(flow, bytes);
    // No such door: the same end as a connection that cannot be made.
    asio::post(doors_->context, [doors = doors_, flow] {
        if (doors->agent != nullptr) doors->agent->on_flow_closed(flow, steady_now());
    });
}

Endpoint Transports::advertised(const Flow& flow) const {
    Endpoint own = flow.transport == Transport::tcp ? tcp_local() : udp_local();
    if (!doors_->options.advertised_address.empty()) {
        own.address = doors_->options.advertised_address;
    }
    return own;
}

void Transports::resolve(const std::string& host, Done done) {
    doors_->resolver.async_resolve(
        host, "", [doors = doors_, done = std::move(done)](const error_code& error, auto found) {
            std::vector<std::string> addresses;
            if (!error) {
                for (const auto& entry : found) {
                    addresses.push_back(entry.endpoint().address().to_string());
                }
            }
            if (doors->agent == nullptr) return;
            done(std::move(addresses));
            doors->arm();
        });
}

}  // namespace amer::sip

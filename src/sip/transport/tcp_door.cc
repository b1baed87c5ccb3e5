#include "sip/transport/tcp_door.h"

#include <coroutine>
#include <deque>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "sip/transport/steady_now.h"

namespace amer::sip {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kReadBytes = 16'384;
constexpr auto kSweepEvery = std::chrono::milliseconds{500};
constexpr std::string_view kPong = "\r\n";  // RFC 5626 section 3.5.1

Endpoint endpoint_from(const tcp::endpoint& endpoint) {
    return {endpoint.address().to_string(), endpoint.port()};
}

}  // namespace

struct TcpDoor::Listener : std::enable_shared_from_this<Listener> {
    struct Connection {
        Connection(asio::io_context& context, const Limits& limits)
            : socket{context}, parser{limits} {}

        tcp::socket socket;
        StreamParser parser;
        Flow flow;
        bool is_open = false;
        bool is_ours = false;  // opened from here
        bool is_writing = false;
        std::deque<std::string> queue;
        std::size_t queued_bytes = 0;
        MonotonicInstant last_use{};
        std::optional<MonotonicInstant> half_since;
        std::array<char, kReadBytes> buffer{};
    };
    using ConnectionPointer = std::shared_ptr<Connection>;

    Listener(asio::io_context& io_context, TcpOptions settings, Events owner)
        : context{io_context},
          acceptor{io_context},
          sweep_timer{io_context},
          options{settings},
          events{std::move(owner)} {}

    error_code bind(const tcp::endpoint& at);
    void accept();
    void admit(tcp::socket socket);
    void connect(const Flow& flow, std::string_view bytes);
    void read(const ConnectionPointer& connection);
    void take(const ConnectionPointer& connection, std::size_t size);
    void push(const ConnectionPointer& connection, std::string_view bytes);
    void write(const ConnectionPointer& connection);
    void close(std::uint64_t id);
    void sweep();
    bool is_overdue(const Connection& connection, MonotonicInstant now) const;
    ConnectionPointer find(const Flow& flow) const;
    std::size_t count_from(const std::string& address) const;

    asio::io_context& context;
    tcp::acceptor acceptor;
    asio::steady_timer sweep_timer;
    TcpOptions options;
    Events events;
    bool is_closed = false;
    Endpoint local;
    std::uint64_t last_id = 0;
    std::map<std::uint64_t, ConnectionPointer> connections;
    std::map<std::string, std::size_t> accepted_from;
};

error_code TcpDoor::Listener::bind(const tcp::endpoint& at) {
    error_code error;
    acceptor.open(at.protocol(), error);
    if (error) return error;
    acceptor.set_option(asio::socket_base::reuse_address{true}, error);
    acceptor.bind(at, error);
    if (error) return error;
    acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) return error;
    local = endpoint_from(acceptor.local_endpoint(error));
    return error;
}

void TcpDoor::Listener::accept() {
    acceptor.async_accept([self = shared_from_this()](const error_code& error, tcp::socket socket) {
        if (self->is_closed) return;
        if (!error) {
            self->admit(std::move(socket));
            return self->accept();
        }
        // Out of descriptors: a pause instead of a spin.
        auto pause = std::make_shared<asio::steady_timer>(self->context, kSweepEvery);
        pause->async_wait([self, pause](const error_code&) {
            if (!self->is_closed) self->accept();
        });
    });
}

void TcpDoor::Listener::admit(tcp::socket socket) {
    error_code error;
    const tcp::endpoint remote = socket.remote_endpoint(error);
    if (error || connections.size() >= options.max_connections) return;  // closes it
    const std::string source = remote.address().to_string();
    if (count_from(source) >= options.max_per_source) return;
    auto connection = std::make_shared<Connection>(context, options.limits);
    connection->socket = std::move(socket);
    connection->socket.set_option(tcp::no_delay{true}, error);
    const Endpoint own = endpoint_from(connection->socket.local_endpoint(error));
    connection->flow = {Transport::tcp, own, endpoint_from(remote), ++last_id};
    connection->is_open = true;
    connection->last_use = steady_now();
    connections.emplace(last_id, connection);
    ++accepted_from[source];
    read(connection);
}

std::size_t TcpDoor::Listener::count_from(const std::string& address) const {
    const auto found = accepted_from.find(address);
    return found == accepted_from.end() ? 0 : found->second;
}

void TcpDoor::Listener::connect(const Flow& flow, std::string_view bytes) {
    error_code error;
    const auto address = asio::ip::make_address(flow.remote.address, error);
    if (error || connections.size() >= options.max_connections) {
        return asio::post(context, [self = shared_from_this(), flow] {
            if (!self->is_closed) self->events.closed(flow);
        });
    }
    auto connection = std::make_shared<Connection>(context, options.limits);
    connection->flow = {Transport::tcp, local, flow.remote, ++last_id};
    connection->is_ours = true;
    connection->last_use = steady_now();
    connections.emplace(last_id, connection);
    push(connection, bytes);
    connection->socket.async_connect(
        tcp::endpoint{address, flow.remote.port},
        [self = shared_from_this(), connection](const error_code& failed) {
            const std::uint64_t id = connection->flow.connection;
            if (self->is_closed || !self->connections.contains(id)) return;
            if (failed) return self->close(id);
            connection->is_open = true;
            connection->last_use = steady_now();
            self->read(connection);
            self->write(connection);
        });
}

void TcpDoor::Listener::read(const ConnectionPointer& connection) {
    connection->socket.async_read_some(
        asio::buffer(connection->buffer),
        [self = shared_from_this(), connection](const error_code& error, std::size_t size) {
            const std::uint64_t id = connection->flow.connection;
            if (self->is_closed || !self->connections.contains(id)) return;
            if (error) return self->close(id);
            self->take(connection, size);
            if (!self->is_closed && self->connections.contains(id)) self->read(connection);
        });
}

void TcpDoor::Listener::take(const ConnectionPointer& connection, std::size_t size) {
    const std::uint64_t id = connection->flow.connection;
    connection->last_use = steady_now();
    connection->parser.feed({connection->buffer.data(), size});
    while (auto message = connection->parser.next()) {
        connection->half_since.reset();
        events.receive(connection->flow, std::move(*message));
        if (is_closed || !connections.contains(id)) return;
    }
    if (connection->parser.is_broken()) {
        // What was just queued says why; it goes out if the socket takes it now.
        return asio::post(context, [self = shared_from_this(), id] {
            if (!self->is_closed) self->close(id);
        });
    }
    for (std::size_t ping = connection->parser.take_pings(); ping > 0; --ping) {
        push(connection, kPong);
    }
    if (!connection->parser.has_partial()) {
        connection->half_since.reset();
    } else if (!connection->half_since) {
        connection->half_since = connection->last_use;
    }
}

void TcpDoor::Listener::push(const ConnectionPointer& connection, std::string_view bytes) {
    const std::uint64_t id = connection->flow.connection;
    if (connection->queued_bytes + bytes.size() > options.max_queued_bytes) {
        return asio::post(context, [self = shared_from_this(), id] {
            if (!self->is_closed) self->close(id);
        });
    }
    connection->queued_bytes += bytes.size();
    connection->queue.emplace_back(bytes);
    if (connection->is_open && !connection->is_writing) write(connection);
}

void TcpDoor::Listener::write(const ConnectionPointer& connection) {
    if (connection->queue.empty()) return;
    connection->is_writing = true;
    asio::async_write(
        connection->socket, asio::buffer(connection->queue.front()),
        [self = shared_from_this(), connection](const error_code& error, std::size_t) {
            const std::uint64_t id = connection->flow.connection;
            if (self->is_closed || !self->connections.contains(id)) return;
            if (error) return self->close(id);
            connection->is_writing = false;
            connection->last_use = steady_now();
            connection->queued_bytes -= connection->queue.front().size();
            connection->queue.pop_front();
            self->write(connection);
        });
}

void TcpDoor::Listener::close(std::uint64_t id) {
    const auto found = connections.find(id);
    if (found == connections.end()) return;
    const ConnectionPointer connection = found->second;
    connections.erase(found);
    if (!connection->is_ours) {
        const auto source = accepted_from.find(connection->flow.remote.address);
        if (source != accepted_from.end() && --source->second == 0) accepted_from.erase(source);
    }
    error_code ignored;
    connection->socket.close(ignored);
    events.closed(connection->flow);
}

void TcpDoor::Listener::sweep() {
    sweep_timer.expires_after(kSweepEvery);
    sweep_timer.async_wait([self = shared_from_this()](const error_code& error) {
        if (error || self->is_closed) return;
        const MonotonicInstant now = steady_now();
        std::vector<std::uint64_t> overdue;
        for (const auto& [id, connection] : self->connections) {
            if (self->is_overdue(*connection, now)) overdue.push_back(id);
        }
        for (const std::uint64_t id : overdue) {
            self->close(id);
            if (self->is_closed) return;
        }
        self->sweep();
    });
}

bool TcpDoor::Listener::is_overdue(const Connection& connection, MonotonicInstant now) const {
    if (!connection.is_open) return now - connection.last_use > options.connect;
    if (connection.half_since && now - *connection.half_since > options.half_message) return true;
    return now - connection.last_use > options.idle && !events.is_needed(connection.flow);
}

TcpDoor::Listener::ConnectionPointer TcpDoor::Listener::find(const Flow& flow) const {
    if (flow.connection != 0) {
        const auto found = connections.find(flow.connection);
        return found == connections.end() ? nullptr : found->second;
    }
    for (const auto& [id, connection] : connections) {
        if (connection->flow.remote == flow.remote) return connection;
    }
    return nullptr;
}

Result<std::unique_ptr<TcpDoor>> TcpDoor::open(asio::io_context& context, const Endpoint& at,
                                               TcpOptions options, Events events) {
    error_code error;
    const auto address = asio::ip::make_address(at.address, error);
    if (error) return failure("not an address: " + at.address);
    auto listener = std::make_shared<Listener>(context, options, std::move(events));
    error = listener->bind({address, at.port});
    if (error) {
        return failure(fmt::format("TCP {} port {}: {}", at.address, at.port, error.message()));
    }
    listener->accept();
    listener->sweep();
    return std::unique_ptr<TcpDoor>{new TcpDoor{std::move(listener)}};
}

TcpDoor::~TcpDoor() {
    error_code ignored;
    listener_->is_closed = true;
    listener_->acceptor.close(ignored);
    listener_->sweep_timer.cancel();
    for (const auto& [id, connection] : listener_->connections) connection->socket.close(ignored);
    listener_->connections.clear();
}

void TcpDoor::send(const Flow& flow, std::string_view bytes) {
    if (const auto connection = listener_->find(flow)) return listener_->push(connection, bytes);
    if (flow.connection == 0) return listener_->connect(flow, bytes);
    asio::post(listener_->context, [listener = listener_, flow] {
        if (!listener->is_closed) listener->events.closed(flow);
    });
}

const Endpoint& TcpDoor::local() const { return listener_->local; }

std::size_t TcpDoor::connections() const { return listener_->connections.size(); }

}  // namespace amer::sip

#include "main/control/server.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <list>
#include <string_view>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "main/control/local_socket.h"

namespace amer::control {
namespace {

constexpr int kBacklog = 16;

struct Client {
    Descriptor connection;
    std::string received;  // less than one line
    std::string to_send;
    bool ends_when_sent = false;
    bool is_gone = false;
};

Json error_of(const std::string& text) { return Json{{"error", text}}; }

Result<Descriptor> listen_on(const std::filesystem::path& path) {
    const auto address = address_of(path);
    if (!address) return tl::unexpected<Error>{address.error()};
    if (connect_to(*address)) {
        return failure(fmt::format("another centre runs with the data folder {}",
                                   path.parent_path().string()));
    }
    unlink(path.c_str());  // what a killed process left
    Descriptor door{socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    const auto* generic = reinterpret_cast<const sockaddr*>(&*address);
    // Nobody can connect between bind and listen, so the mode is in force for everybody.
    const bool is_open = door && bind(door.number(), generic, sizeof *address) == 0 &&
                         chmod(path.c_str(), S_IRUSR | S_IWUSR) == 0 &&
                         listen(door.number(), kBacklog) == 0;
    if (!is_open) {
        return failure(
            fmt::format("{}: cannot be listened on: {}", path.string(), std::strerror(errno)));
    }
    return door;
}

}  // namespace

struct Server::Impl {
    std::filesystem::path path;
    Handlers handlers;
    ServerLimits limits;
    Descriptor door;
    Descriptor stop;  // readable: end
    std::list<Client> clients;
    std::thread thread;

    void run() {
        for (;;) {
            std::vector<pollfd> watched{{stop.number(), POLLIN, 0}, {door.number(), POLLIN, 0}};
            for (const Client& client : clients) {
                const int wish = client.to_send.empty() ? POLLIN : POLLIN | POLLOUT;
                watched.push_back({client.connection.number(), static_cast<short>(wish), 0});
            }
            if (poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR) return;
            if (watched[0].revents != 0) return;
            std::size_t index = 2;
            for (Client& client : clients) {
                const short what = watched[index++].revents;
                if ((what & (POLLIN | POLLHUP | POLLERR)) != 0) receive(client);
                if (!client.to_send.empty()) send_some(client);
            }
            clients.remove_if([](const Client& client) { return client.is_gone; });
            if (watched[1].revents != 0) accept_one();
        }
    }

    void accept_one() {
        Descriptor connection{
            accept4(door.number(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)};
        if (!connection) return;
        Client client{std::move(connection), "", "", false, false};
        if (clients.size() >= limits.clients) {
            client.to_send = error_of("too many commands at once; try again").dump() + "\n";
            send_some(client);
            return;
        }
        clients.push_back(std::move(client));
    }

    void receive(Client& client) {
        char bytes[16 * 1024];
        const ssize_t received = recv(client.connection.number(), bytes, sizeof bytes, 0);
        if (received < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (received <= 0) {
            client.is_gone = true;
            return;
        }
        if (client.ends_when_sent) return;  // what comes after a fault is not heard
        client.received.append(bytes, static_cast<std::size_t>(received));
        for (;;) {
            const std::size_t end = client.received.find('\n');
            if (end == std::string::npos || end > limits.request_bytes) break;
            const std::string line = client.received.substr(0, end);
            client.received.erase(0, end + 1);
            put(client, answer(client, line));
        }
        if (client.received.size() > limits.request_bytes) {
            put(client, error_of(fmt::format("a question may have at most {} bytes",
                                             limits.request_bytes)));
            client.received.clear();
            client.ends_when_sent = true;
        }
    }

    Json answer(Client& client, const std::string& line) {
        const Json request = Json::parse(line, nullptr, false);
        if (!request.is_object() || !request.contains("command") ||
            !request["command"].is_string()) {
            return error_of(R"(expected {"command":"...","arguments":{...}})");
        }
        const Json arguments = request.value("arguments", Json::object());
        if (!arguments.is_object()) return error_of("'arguments' must be an object");
        const auto handler = handlers.find(request["command"].get<std::string>());
        if (handler == handlers.end()) {
            return error_of(
                fmt::format("unknown command '{}'", request["command"].get<std::string>()));
        }
        const auto progress = [&](const std::string& text) {
            put(client, Json{{"progress", text}});
            send_some(client);
        };
        // The JSON library throws on arguments of the wrong type; this is the room's door.
        try {
            const Result<Json> result = handler->second(arguments, progress);
            return result ? Json{{"result", *result}} : error_of(result.error().what);
        } catch (const std::exception& thrown) {
            return error_of(fmt::format("the arguments do not fit: {}", thrown.what()));
        }
    }

    void put(Client& client, const Json& message) {
        client.to_send += message.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
        if (client.to_send.size() > limits.answer_bytes) client.is_gone = true;
    }

    static void send_some(Client& client) {
        std::size_t done = 0;
        while (done < client.to_send.size()) {
            const ssize_t sent = send(client.connection.number(), client.to_send.data() + done,
                                      client.to_send.size() - done, MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent < 0 && errno == EINTR) continue;
            if (sent < 0 && errno == EAGAIN) break;
            if (sent <= 0) {
                client.is_gone = true;
                return;
            }
            done += static_cast<std::size_t>(sent);
        }
        client.to_send.erase(0, done);
        if (client.to_send.empty() && client.ends_when_sent) client.is_gone = true;
    }
};

Result<std::unique_ptr<Server>> Server::start(const std::filesystem::path& socket,
                                              Handlers handlers, ServerLimits limits) {
    auto door = listen_on(socket);
    if (!door) return tl::unexpected<Error>{door.error()};
    auto impl = std::make_unique<Impl>();
    impl->path = socket;
    impl->handlers = std::move(handlers);
    impl->limits = limits;
    impl->door = std::move(*door);
    impl->stop = Descriptor{eventfd(0, EFD_CLOEXEC)};
    if (!impl->stop) return failure("no event descriptor left");
    impl->thread = std::thread{[running = impl.get()] { running->run(); }};
    return std::unique_ptr<Server>{new Server{std::move(impl)}};
}

Server::Server(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}

Server::~Server() {
    const std::uint64_t one = 1;
    const ssize_t woken = write(impl_->stop.number(), &one, sizeof one);
    static_cast<void>(woken);  // an eventfd of our own always takes its first number
    impl_->thread.join();
    unlink(impl_->path.c_str());
}

std::filesystem::path socket_in(const std::filesystem::path& data) { return data / "control.sock"; }

}  // namespace amer::control

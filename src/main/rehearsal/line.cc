#include "main/rehearsal/line.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace amer::rehearsal {
namespace {

constexpr std::size_t kLargestDatagram = 65'536;
constexpr int kMostAtOnce = 64;  // then the timers get their turn

// Set by the signal handler, which may do nothing more.
std::atomic<int> signals_seen = 0;
void count_signal(int) { ++signals_seen; }

struct Address {
    sockaddr_storage storage{};
    socklen_t length = 0;

    const sockaddr* generic() const { return reinterpret_cast<const sockaddr*>(&storage); }
    sockaddr* generic() { return reinterpret_cast<sockaddr*>(&storage); }
};

std::optional<Address> address_from(const sip::Endpoint& endpoint) {
    Address address;
    sockaddr_in four{};
    sockaddr_in6 six{};
    if (inet_pton(AF_INET, endpoint.address.c_str(), &four.sin_addr) == 1) {
        four.sin_family = AF_INET;
        four.sin_port = htons(endpoint.port);
        std::memcpy(&address.storage, &four, sizeof four);
        address.length = sizeof four;
        return address;
    }
    if (inet_pton(AF_INET6, endpoint.address.c_str(), &six.sin6_addr) == 1) {
        six.sin6_family = AF_INET6;
        six.sin6_port = htons(endpoint.port);
        std::memcpy(&address.storage, &six, sizeof six);
        address.length = sizeof six;
        return address;
    }
    return std::nullopt;
}

sip::Endpoint endpoint_from(const Address& address) {
    char text[INET6_ADDRSTRLEN] = "";
    if (address.storage.ss_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, &address.storage, sizeof four);
        inet_ntop(AF_INET, &four.sin_addr, text, sizeof text);
        return {text, ntohs(four.sin_port)};
    }
    sockaddr_in6 six{};
    std::memcpy(&six, &address.storage, sizeof six);
    inet_ntop(AF_INET6, &six.sin6_addr, text, sizeof text);
    return {text, ntohs(six.sin6_port)};
}

}  // namespace

Result<std::unique_ptr<Line>> Line::open(const sip::Endpoint& at) {
    auto address = address_from(at);
    if (!address) return failure(fmt::format("\"{}\" is not an address", at.address));
    const int handle =
        socket(address->storage.ss_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const bool is_bound = handle >= 0 && bind(handle, address->generic(), address->length) == 0;
    if (!is_bound) {
        const std::string why = std::strerror(errno);
        if (handle >= 0) close(handle);
        return failure(fmt::format("{} port {}: {}", at.address, at.port, why));
    }
    address->length = sizeof address->storage;
    getsockname(handle, address->generic(), &address->length);
    return std::unique_ptr<Line>{new Line{handle, endpoint_from(*address)}};
}

Line::Line(int socket, sip::Endpoint local) : socket_{socket}, local_{std::move(local)} {}

Line::~Line() { close(socket_); }

void Line::attach(sip::UserAgent& agent, std::function<bool(const std::string&)> first) {
    agent_ = &agent;
    first_ = std::move(first);
}

void Line::at(MonotonicInstant when, std::function<void()> work) {
    timers_.emplace(when, std::move(work));
}

void Line::run(const std::function<void()>& on_signal) {
    std::signal(SIGINT, count_signal);
    std::signal(SIGTERM, count_signal);
    int signals_told = 0;
    while (!is_ended_) {
        if (signals_seen > signals_told) {
            if (++signals_told == 1) {
                on_signal();
            } else {
                return;
            }
        }
        pollfd watched{socket_, POLLIN, 0};
        poll(&watched, 1, milliseconds_to_wait());
        receive();
        run_timers();
    }
}

int Line::milliseconds_to_wait() const {
    Duration wait = std::chrono::milliseconds{100};  // a signal is seen within this
    if (!timers_.empty())
        wait = std::min(wait, Duration{timers_.begin()->first - sip::steady_now()});
    if (const auto timer = agent_->next_timer())
        wait = std::min(wait, Duration{*timer - sip::steady_now()});
    if (wait <= Duration{0}) return 0;
    return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(wait).count());
}

void Line::receive() {
    std::string bytes(kLargestDatagram, '\0');
    for (int count = 0; count < kMostAtOnce; ++count) {
        Address from;
        from.length = sizeof from.storage;
        const ssize_t size =
            recvfrom(socket_, bytes.data(), bytes.size(), 0, from.generic(), &from.length);
        if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (size < 0) continue;  // an ICMP error of an earlier datagram
        const std::string datagram = bytes.substr(0, static_cast<std::size_t>(size));
        if (first_ && first_(datagram)) continue;
        agent_->on_datagram(flow_to(endpoint_from(from)), datagram, sip::steady_now());
    }
}

void Line::run_timers() {
    while (!timers_.empty() && timers_.begin()->first <= sip::steady_now()) {
        auto work = timers_.extract(timers_.begin());
        work.mapped()();
    }
    const auto timer = agent_->next_timer();
    if (timer && *timer <= sip::steady_now()) agent_->on_timer(sip::steady_now());
}

sip::Flow Line::flow_to(const sip::Endpoint& remote) const {
    return {sip::Transport::udp, local_, remote, 0};
}

void Line::send(const sip::Flow& flow, std::string_view bytes) {
    const auto address = address_from(flow.remote);
    if (!address) return;
    // A datagram the system cannot take is lost, as on any wire.
    sendto(socket_, bytes.data(), bytes.size(), 0, address->generic(), address->length);
}

sip::Endpoint Line::advertised(const sip::Flow&) const { return local_; }

}  // namespace amer::rehearsal

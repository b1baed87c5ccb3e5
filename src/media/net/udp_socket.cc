#include "media/net/udp_socket.h"

#include <netinet/ip.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace amer::media {

UdpSocket::~UdpSocket() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

UdpSocket::UdpSocket(UdpSocket&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, -1)} {}

UdpSocket& UdpSocket::operator=(UdpSocket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

Result<UdpSocket> UdpSocket::bind(const Address& address) {
    UdpSocket socket{::socket(address.family(), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    if (socket.descriptor_ < 0) return failure(std::string{"no socket: "} + std::strerror(errno));
    constexpr int kExpedited = 46 << 2;
    if (address.family() == AF_INET6) {
        // Dual stack, so that "::" also serves far sides with IPv4 (RFC 3493 section 5.3).
        const int no = 0;
        ::setsockopt(socket.descriptor_, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
        ::setsockopt(socket.descriptor_, IPPROTO_IPV6, IPV6_TCLASS, &kExpedited, sizeof kExpedited);
    }
    ::setsockopt(socket.descriptor_, IPPROTO_IP, IP_TOS, &kExpedited, sizeof kExpedited);
    if (::bind(socket.descriptor_, address.data(), address.size()) != 0) {
        return failure("cannot bind " + address.text() + ": " + std::strerror(errno));
    }
    return socket;
}

Address UdpSocket::local() const noexcept {
    Address address;
    socklen_t size = Address::capacity();
    ::getsockname(descriptor_, address.data(), &size);
    return address;
}

std::optional<UdpSocket::Datagram> UdpSocket::receive(std::span<std::uint8_t> buffer,
                                                      Address& source) const noexcept {
    socklen_t size = Address::capacity();
    const ssize_t got =
        ::recvfrom(descriptor_, buffer.data(), buffer.size(), MSG_TRUNC, source.data(), &size);
    if (got < 0) return std::nullopt;
    const auto length = static_cast<std::size_t>(got);
    return Datagram{std::min(length, buffer.size()), length > buffer.size()};
}

bool UdpSocket::send(std::span<const std::uint8_t> datagram, const Address& to) const noexcept {
    return ::sendto(descriptor_, datagram.data(), datagram.size(), MSG_NOSIGNAL, to.data(),
                    to.size()) >= 0;
}

}  // namespace amer::media

#include "media/net/address.h"

#include <arpa/inet.h>

#include <cstring>

namespace amer::media {

Result<Address> Address::parse(const std::string& literal, std::uint16_t port) {
    Address address;
    if (inet_pton(AF_INET, literal.c_str(), &address.any_.v4.sin_addr) == 1) {
        address.any_.v4.sin_family = AF_INET;
        address.any_.v4.sin_port = htons(port);
        return address;
    }
    address.any_ = Any{};
    if (inet_pton(AF_INET6, literal.c_str(), &address.any_.v6.sin6_addr) == 1) {
        address.any_.v6.sin6_family = AF_INET6;
        address.any_.v6.sin6_port = htons(port);
        return address;
    }
    return failure("not an IPv4 or IPv6 address: " + literal);
}

bool Address::is_reachable() const noexcept {
    if (port() == 0) return false;
    if (family() == AF_INET) return any_.v4.sin_addr.s_addr != INADDR_ANY;
    if (family() != AF_INET6) return false;
    if (IN6_IS_ADDR_UNSPECIFIED(&any_.v6.sin6_addr)) return false;
    if (!IN6_IS_ADDR_V4MAPPED(&any_.v6.sin6_addr)) return true;
    in_addr_t mapped = 0;
    std::memcpy(&mapped, &any_.v6.sin6_addr.s6_addr[12], sizeof mapped);
    return mapped != INADDR_ANY;
}

bool Address::is_same_host(const Address& other) const noexcept {
    if (family() != other.family()) return false;
    if (family() == AF_INET) return any_.v4.sin_addr.s_addr == other.any_.v4.sin_addr.s_addr;
    if (family() == AF_INET6) {
        return std::memcmp(&any_.v6.sin6_addr, &other.any_.v6.sin6_addr, sizeof(in6_addr)) == 0;
    }
    return true;
}

bool Address::operator==(const Address& other) const noexcept {
    return is_same_host(other) && port() == other.port();
}

std::uint16_t Address::port() const noexcept {
    if (family() == AF_INET) return ntohs(any_.v4.sin_port);
    if (family() == AF_INET6) return ntohs(any_.v6.sin6_port);
    return 0;
}

Address Address::with_port(std::uint16_t port) const noexcept {
    Address changed = *this;
    if (family() == AF_INET) changed.any_.v4.sin_port = htons(port);
    if (family() == AF_INET6) changed.any_.v6.sin6_port = htons(port);
    return changed;
}

Address Address::mapped_to_v6() const noexcept {
    if (family() != AF_INET) return *this;
    Address mapped;
    mapped.any_.v6.sin6_family = AF_INET6;
    mapped.any_.v6.sin6_port = any_.v4.sin_port;
    mapped.any_.v6.sin6_addr.s6_addr[10] = 0xFF;
    mapped.any_.v6.sin6_addr.s6_addr[11] = 0xFF;
    std::memcpy(&mapped.any_.v6.sin6_addr.s6_addr[12], &any_.v4.sin_addr, sizeof(in_addr));
    return mapped;
}

std::string Address::text() const {
    char literal[INET6_ADDRSTRLEN] = {};
    if (family() == AF_INET) {
        inet_ntop(AF_INET, &any_.v4.sin_addr, literal, sizeof literal);
        return std::string{literal} + ":" + std::to_string(port());
    }
    inet_ntop(AF_INET6, &any_.v6.sin6_addr, literal, sizeof literal);
    return "[" + std::string{literal} + "]:" + std::to_string(port());
}

socklen_t Address::size() const noexcept {
    return family() == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
}

}  // namespace amer::media

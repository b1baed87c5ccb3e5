#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <string>

#include "base/result.h"

namespace amer::media {

// An IPv4 or IPv6 host and a UDP port, in the form the kernel takes. Literals only: names are
// never looked up on the way of media.
class Address {
public:
    Address() = default;

    static Result<Address> parse(const std::string& literal, std::uint16_t port);

    // Nothing can be sent to nowhere: port 0, or 0.0.0.0 and ::, the hold of RFC 2543.
    bool is_reachable() const noexcept;
    bool is_same_host(const Address& other) const noexcept;
    bool operator==(const Address& other) const noexcept;

    std::uint16_t port() const noexcept;
    Address with_port(std::uint16_t port) const noexcept;
    // The same host as seen by an IPv6 socket (RFC 4291 section 2.5.5.2).
    Address mapped_to_v6() const noexcept;
    sa_family_t family() const noexcept { return any_.generic.sa_family; }
    std::string text() const;

    const sockaddr* data() const noexcept { return &any_.generic; }
    sockaddr* data() noexcept { return &any_.generic; }
    socklen_t size() const noexcept;
    static constexpr socklen_t capacity() noexcept { return sizeof(Any); }

private:
    union Any {
        sockaddr_in6 v6;  // the longest first: {} clears no more than the first member
        sockaddr_in v4;
        sockaddr generic;
    };
    Any any_{};
};

}  // namespace amer::media

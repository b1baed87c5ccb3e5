#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "media/net/udp_socket.h"

namespace amer::media {

struct PortPair {
    UdpSocket rtp;   // even port
    UdpSocket rtcp;  // the next odd one (RFC 3550 section 11)
    std::uint16_t port = 0;
};

// Hands out port pairs in turn, so that a port rests as long as possible before it is used again:
// late packets of an ended call must not reach the next one. Control thread only.
class PortPool {
public:
    static constexpr std::chrono::seconds kRest{5};

    PortPool(std::uint16_t low, std::uint16_t high);

    // Ports held by other programs are skipped; those given back less than kRest ago are taken
    // only when nothing else is left.
    Result<PortPair> open(const std::string& address, MonotonicInstant now);
    void give_back(std::uint16_t port, MonotonicInstant now);

private:
    struct Place {
        bool is_taken = false;
        MonotonicInstant rested_at{};
    };
    Result<PortPair> bind_pair(const std::string& address, std::size_t place) const;

    std::uint16_t first_ = 0;
    std::size_t next_ = 0;
    std::vector<Place> places_;
};

}  // namespace amer::media

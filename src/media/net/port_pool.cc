#include "media/net/port_pool.h"

namespace amer::media {

PortPool::PortPool(std::uint16_t low, std::uint16_t high) {
    const unsigned first = (low + 1U) & ~1U;
    first_ = static_cast<std::uint16_t>(first);
    if (high > first) places_.resize((high - first + 1U) / 2U);
}

Result<PortPair> PortPool::bind_pair(const std::string& address, std::size_t place) const {
    const auto port = static_cast<std::uint16_t>(first_ + 2 * place);
    const auto even = Address::parse(address, port);
    if (!even) return tl::unexpected(even.error());
    auto rtp = UdpSocket::bind(*even);
    if (!rtp) return tl::unexpected(rtp.error());
    auto rtcp = UdpSocket::bind(even->with_port(static_cast<std::uint16_t>(port + 1)));
    if (!rtcp) return tl::unexpected(rtcp.error());
    return PortPair{std::move(*rtp), std::move(*rtcp), port};
}

Result<PortPair> PortPool::open(const std::string& address, MonotonicInstant now) {
    if (const auto literal = Address::parse(address, 0); !literal) {
        return tl::unexpected(literal.error());
    }
    std::string last_refusal = "all are taken";
    for (const bool may_be_tired : {false, true}) {
        for (std::size_t step = 0; step < places_.size(); step++) {
            const std::size_t place = (next_ + step) % places_.size();
            if (places_[place].is_taken) continue;
            if ((now < places_[place].rested_at) != may_be_tired) continue;
            auto pair = bind_pair(address, place);
            if (!pair) {
                last_refusal = pair.error().what;
                continue;
            }
            places_[place].is_taken = true;
            next_ = (place + 1) % places_.size();
            return pair;
        }
    }
    return failure("no RTP port pair is free: " + last_refusal);
}

void PortPool::give_back(std::uint16_t port, MonotonicInstant now) {
    const std::size_t place = (port - first_) / 2U;
    if (port < first_ || place >= places_.size()) return;
    places_[place] = {.is_taken = false, .rested_at = now + kRest};
}

}  // namespace amer::media

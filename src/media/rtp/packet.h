#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace amer::media {

// What we keep of an RTP fixed header (RFC 3550 section 5.1).
struct RtpHeader {
    bool marker = false;
    std::uint8_t payload_type = 0;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
    std::uint32_t ssrc = 0;

    bool operator==(const RtpHeader&) const = default;
};

constexpr std::size_t kRtpHeaderSize = 12;
constexpr std::size_t kLargestDatagram = 1500;  // nothing longer is RTP of ours

struct RtpPacket {
    RtpHeader header;
    std::span<const std::uint8_t> payload;  // into the datagram; padding and extensions left out
};

// Nothing when the datagram is not a whole RTP packet of version 2. Sources, an extension and
// padding are stepped over (RFC 3550 sections 5.1 and 5.3.1).
std::optional<RtpPacket> parse_rtp(std::span<const std::uint8_t> datagram) noexcept;

// Writes a header without sources or extension into the first kRtpHeaderSize bytes.
void write_rtp_header(const RtpHeader& header, std::span<std::uint8_t> datagram) noexcept;

}  // namespace amer::media

#include "media/rtp/packet.h"

#include "media/rtp/bytes.h"

namespace amer::media {

std::optional<RtpPacket> parse_rtp(std::span<const std::uint8_t> datagram) noexcept {
    if (datagram.size() < kRtpHeaderSize || datagram.size() > kLargestDatagram) return std::nullopt;
    constexpr unsigned kVersion = 2;
    if ((datagram[0] >> 6U) != kVersion) return std::nullopt;
    const bool has_padding = (datagram[0] & 0x20U) != 0;
    const bool has_extension = (datagram[0] & 0x10U) != 0;
    const std::size_t sources = datagram[0] & 0x0FU;

    std::size_t begin = kRtpHeaderSize + 4 * sources;
    if (has_extension) {
        if (begin + 4 > datagram.size()) return std::nullopt;
        begin += 4 + std::size_t{4} * read_u16(datagram, begin + 2);
    }
    std::size_t end = datagram.size();
    if (begin > end) return std::nullopt;
    if (has_padding) {
        const std::size_t padding = datagram[end - 1];  // counts itself
        if (padding == 0 || padding > end - begin) return std::nullopt;
        end -= padding;
    }
    const RtpHeader header{.marker = (datagram[1] & 0x80U) != 0,
                           .payload_type = static_cast<std::uint8_t>(datagram[1] & 0x7FU),
                           .sequence = read_u16(datagram, 2),
                           .timestamp = read_u32(datagram, 4),
                           .ssrc = read_u32(datagram, 8)};
    return RtpPacket{header, datagram.subspan(begin, end - begin)};
}

void write_rtp_header(const RtpHeader& header, std::span<std::uint8_t> datagram) noexcept {
    datagram[0] = 0x80;  // version 2
    datagram[1] = static_cast<std::uint8_t>((header.marker ? 0x80U : 0U) | header.payload_type);
    write_u16(datagram, 2, header.sequence);
    write_u32(datagram, 4, header.timestamp);
    write_u32(datagram, 8, header.ssrc);
}

}  // namespace amer::media

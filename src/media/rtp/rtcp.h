#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "media/rtp/receive_stream.h"

namespace amer::media {

// RTCP (RFC 3550 section 6): sender and receiver reports, our CNAME, goodbye.

struct SenderInfo {
    std::uint64_t ntp = 0;  // 32.32 seconds; ours counts the monotonic clock (section 6.4.1)
    std::uint32_t rtp_timestamp = 0;
    std::uint32_t packets = 0;
    std::uint32_t bytes = 0;
};

struct ReportBlock {
    ReceiveStream::Report heard;
    std::uint32_t last_sender_report = 0;        // middle 32 bits of its ntp; 0: none came
    std::uint32_t since_last_sender_report = 0;  // 1/65536 s
};

// What one compound packet says. Other packets inside it are stepped over.
struct RtcpReport {
    std::uint32_t ssrc = 0;
    std::optional<SenderInfo> sender;
    std::array<ReportBlock, 31> blocks{};
    std::size_t block_count = 0;
    bool says_goodbye = false;
};

// Nothing when the datagram fails the checks of RFC 3550 appendix A.2.
std::optional<RtcpReport> parse_rtcp(std::span<const std::uint8_t> datagram) noexcept;

struct OutgoingReport {
    std::uint32_t ssrc = 0;
    std::optional<SenderInfo> sender;
    std::optional<ReportBlock> block;
    std::string_view cname;  // at most 64 bytes
    bool says_goodbye = false;
};

constexpr std::size_t kLargestReport = 256;
// Bytes written.
std::size_t write_rtcp(const OutgoingReport& report,
                       std::span<std::uint8_t, kLargestReport> datagram) noexcept;

}  // namespace amer::media

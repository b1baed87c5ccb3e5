#include "media/rtp/rtcp.h"

#include <algorithm>

#include "media/rtp/bytes.h"
#include "media/rtp/packet.h"

namespace amer::media {
namespace {

constexpr std::uint8_t kSenderReport = 200;
constexpr std::uint8_t kReceiverReport = 201;
constexpr std::uint8_t kSourceDescription = 202;
constexpr std::uint8_t kGoodbye = 203;
constexpr std::size_t kSenderInfoSize = 20;
constexpr std::size_t kBlockSize = 24;

ReportBlock read_block(std::span<const std::uint8_t> bytes) {
    const std::uint32_t lost = read_u32(bytes, 4);
    const auto signed_lost = static_cast<std::int32_t>(lost << 8U) >> 8;  // 24 bits
    return {.heard = {.ssrc = read_u32(bytes, 0),
                      .fraction_lost = bytes[4],
                      .lost = signed_lost,
                      .highest_sequence = read_u32(bytes, 8),
                      .jitter = read_u32(bytes, 12)},
            .last_sender_report = read_u32(bytes, 16),
            .since_last_sender_report = read_u32(bytes, 20)};
}

// One SR or RR without its padding; false when its counts do not fit its length.
bool read_report(std::span<const std::uint8_t> packet, RtcpReport& report) {
    if (packet.size() < 8) return false;
    const std::size_t count = packet[0] & 0x1FU;
    const bool is_sender = packet[1] == kSenderReport;
    std::size_t at = 8;
    if (is_sender) at += kSenderInfoSize;
    if (packet.size() < at + count * kBlockSize) return false;
    report.ssrc = read_u32(packet, 4);
    if (is_sender) {
        report.sender =
            SenderInfo{.ntp = (std::uint64_t{read_u32(packet, 8)} << 32U) | read_u32(packet, 12),
                       .rtp_timestamp = read_u32(packet, 16),
                       .packets = read_u32(packet, 20),
                       .bytes = read_u32(packet, 24)};
    }
    for (std::size_t i = 0; i < count && report.block_count < report.blocks.size(); i++) {
        report.blocks[report.block_count++] = read_block(packet.subspan(at + i * kBlockSize));
    }
    return true;
}

class Writer {
public:
    explicit Writer(std::span<std::uint8_t> bytes) : bytes_{bytes} {}

    std::size_t begin(std::uint8_t type, std::size_t count) {
        const std::size_t start = at_;
        bytes_[at_] = static_cast<std::uint8_t>(0x80U | count);
        bytes_[at_ + 1] = type;
        at_ += 4;
        return start;
    }
    void end(std::size_t start) {
        while ((at_ - start) % 4 != 0) byte(0);
        write_u16(bytes_, start + 2, static_cast<std::uint16_t>((at_ - start) / 4 - 1));
    }
    void byte(std::uint8_t value) { bytes_[at_++] = value; }
    void word(std::uint32_t value) {
        write_u32(bytes_, at_, value);
        at_ += 4;
    }
    void text(std::string_view value) {
        for (const char letter : value) byte(static_cast<std::uint8_t>(letter));
    }
    std::size_t size() const { return at_; }

private:
    std::span<std::uint8_t> bytes_;
    std::size_t at_ = 0;
};

void write_block(const ReportBlock& block, Writer& out) {
    out.word(block.heard.ssrc);
    out.word((std::uint32_t{block.heard.fraction_lost} << 24U) |
             (static_cast<std::uint32_t>(block.heard.lost) & 0xFFFFFFU));
    out.word(block.heard.highest_sequence);
    out.word(block.heard.jitter);
    out.word(block.last_sender_report);
    out.word(block.since_last_sender_report);
}

}  // namespace

std::optional<RtcpReport> parse_rtcp(std::span<const std::uint8_t> datagram) noexcept {
    if (datagram.size() > kLargestDatagram) return std::nullopt;
    RtcpReport report;
    std::size_t at = 0;
    while (at < datagram.size()) {
        const auto rest = datagram.subspan(at);
        if (rest.size() < 4 || (rest[0] >> 6U) != 2) return std::nullopt;
        const bool has_padding = (rest[0] & 0x20U) != 0;
        const std::uint8_t type = rest[1];
        const std::size_t size = std::size_t{4} * (read_u16(rest, 2) + 1U);
        if (size > rest.size()) return std::nullopt;
        if (at == 0 && (has_padding || (type != kSenderReport && type != kReceiverReport))) {
            return std::nullopt;
        }
        std::size_t used = size;
        if (has_padding) {  // only in the last packet of a compound (section 6.4.1)
            const std::size_t padding = rest[size - 1];
            if (size != rest.size() || padding == 0 || padding > size - 4) return std::nullopt;
            used -= padding;
        }
        const auto packet = rest.first(used);
        if (type == kSenderReport || type == kReceiverReport) {
            if (!read_report(packet, report)) return std::nullopt;
        }
        if (type == kGoodbye) report.says_goodbye = true;
        at += size;
    }
    if (at == 0) return std::nullopt;
    return report;
}

std::size_t write_rtcp(const OutgoingReport& report,
                       std::span<std::uint8_t, kLargestReport> datagram) noexcept {
    Writer out{datagram};
    const std::size_t first =
        out.begin(report.sender ? kSenderReport : kReceiverReport, report.block ? 1 : 0);
    out.word(report.ssrc);
    if (report.sender) {
        out.word(static_cast<std::uint32_t>(report.sender->ntp >> 32U));
        out.word(static_cast<std::uint32_t>(report.sender->ntp & 0xFFFFFFFFU));
        out.word(report.sender->rtp_timestamp);
        out.word(report.sender->packets);
        out.word(report.sender->bytes);
    }
    if (report.block) write_block(*report.block, out);
    out.end(first);

    const std::string_view cname = report.cname.substr(0, 64);
    const std::size_t description = out.begin(kSourceDescription, 1);
    constexpr std::uint8_t kCname = 1;
    out.word(report.ssrc);
    out.byte(kCname);
    out.byte(static_cast<std::uint8_t>(cname.size()));
    out.text(cname);
    out.byte(0);  // ends the items; end() fills the word
    out.end(description);

    if (report.says_goodbye) {
        const std::size_t goodbye = out.begin(kGoodbye, 1);
        out.word(report.ssrc);
        out.end(goodbye);
    }
    return out.size();
}

}  // namespace amer::media

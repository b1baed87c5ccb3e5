#include "media/rtp/digit_receiver.h"

#include <algorithm>

#include "media/rtp/bytes.h"
#include "media/rtp/telephone_event.h"

namespace amer::media {
namespace {

// Senders may let the duration reach its limit or stop a packet short of it.
constexpr std::uint32_t kShortestFullSegment = 0xF000;

}  // namespace

void DigitReceiver::begin(const RtpHeader& header, char digit) noexcept {
    is_known_ = true;
    is_down_ = true;
    digit_ = digit;
    ssrc_ = header.ssrc;
    begin_ = header.timestamp;
    past_segments_ = 0;
    duration_ = 0;
}

DigitReceiver::Press DigitReceiver::finish() noexcept {
    is_down_ = false;
    const std::uint32_t samples = past_segments_ + duration_;
    return {digit_, std::chrono::milliseconds{samples / 8}};
}

bool DigitReceiver::continues(const RtpHeader& header, char digit) const noexcept {
    if (header.marker || digit != digit_ || duration_ < kShortestFullSegment) return false;
    const std::uint32_t gap = header.timestamp - end();
    return gap <= 0x10000U - kShortestFullSegment;
}

DigitReceiver::News DigitReceiver::on_packet(const RtpPacket& packet,
                                             MonotonicInstant now) noexcept {
    const auto event = parse_event(packet.payload);
    if (!event) return {};
    const auto digit = digit_of(event->event);
    if (!digit) return {};

    const RtpHeader& header = packet.header;
    News news;
    const bool is_same_source = is_known_ && header.ssrc == ssrc_;
    const std::uint32_t segment = begin_ + past_segments_;
    if (!is_same_source || is_after(header.timestamp, segment)) {
        if (is_same_source && continues(header, *digit)) {
            past_segments_ = header.timestamp - begin_;
            duration_ = 0;
        } else {
            if (is_down_) news.press = finish();
            begin(header, *digit);
            news.down = *digit;
        }
    } else if (header.timestamp != segment) {
        return {};  // a late packet of an earlier press or segment
    }
    heard_ = now;
    duration_ = std::max(duration_, event->duration);
    // When one packet completes two presses, the quiet time tells the second.
    if (event->is_end && is_down_ && !news.press) news.press = finish();
    return news;
}

std::optional<DigitReceiver::Press> DigitReceiver::on_time(MonotonicInstant now) noexcept {
    if (!is_down_ || now - heard_ < kQuiet) return std::nullopt;
    return finish();
}

}  // namespace amer::media

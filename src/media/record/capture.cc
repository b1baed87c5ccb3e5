#include "media/record/capture.h"

#include <algorithm>

#include "media/rtp/bytes.h"

namespace amer::media {
namespace {

// So many packets in order and all too late: the sender's clock has fallen behind ours.
constexpr int kLateStreak = 3;
// A timestamp further off than this belongs to a stream that has begun anew.
constexpr std::uint32_t kOtherStream = 8'000;
constexpr int kSettling = 100;  // packets: two seconds

}  // namespace

void Capture::restart(const RtpHeader& header) noexcept {
    if (is_running_ && is_after(filled_, reading_)) dropped_ += filled_ - reading_;
    samples_.fill(0);
    muted_until_.reset();
    if (!is_running_) unbegun_ = depth_.delay;
    is_running_ = true;
    late_in_a_row_ = 0;
    settling_ = 0;
    least_lead_ = kSize;
    ssrc_ = header.ssrc;
    sequence_ = header.sequence;
    reading_ = header.timestamp - depth_.delay;
    filled_ = header.timestamp;
}

// `timestamp` lies at most kOtherStream ahead of the reading.
void Capture::drop_to(std::uint32_t timestamp) noexcept {
    while (reading_ != timestamp) {
        samples_[reading_ % kSize] = 0;
        reading_++;
        dropped_++;
    }
}

// A frame less waits when every packet of two seconds came so early that it will not be missed.
void Capture::settle(std::uint32_t lead) noexcept {
    least_lead_ = std::min(least_lead_, lead);
    if (++settling_ < kSettling) return;
    if (least_lead_ >= depth_.delay + kFrame) drop_to(reading_ + std::uint32_t{kFrame});
    settling_ = 0;
    least_lead_ = kSize;
}

void Capture::mute_waiting() noexcept {
    samples_.fill(0);
    if (is_after(filled_, reading_)) muted_until_ = filled_;
}

void Capture::push(const RtpPacket& packet, const DecodeTable& decode) noexcept {
    const auto size = static_cast<std::uint32_t>(packet.payload.size());
    if (size == 0 || size > kLargestDatagram) return;
    const RtpHeader& header = packet.header;
    if (!is_running_ || header.ssrc != ssrc_) restart(header);

    // Ours to give out next lies `lead` samples before the packet's first one.
    auto lead = static_cast<std::int32_t>(header.timestamp - reading_);
    const bool is_in_order = !is_after(sequence_, header.sequence);
    const bool is_late = lead < 0;
    late_in_a_row_ = is_late && is_in_order ? late_in_a_row_ + 1 : 0;
    const bool is_other_stream = lead > static_cast<std::int32_t>(kOtherStream) ||
                                 lead < -static_cast<std::int32_t>(kOtherStream);
    const bool is_hopeless = depth_.is_live && lead < -static_cast<std::int32_t>(depth_.deepest);
    // A talk spurt after a pause may begin anywhere; it must not be thrown away for being late.
    if (is_other_stream || is_hopeless || late_in_a_row_ >= kLateStreak ||
        (is_late && header.marker)) {
        restart(header);
        lead = static_cast<std::int32_t>(depth_.delay);
    }
    if (is_in_order) sequence_ = header.sequence;
    if (lead < 0 && depth_.is_live && is_in_order) {
        reading_ = header.timestamp;
        lead = 0;
    }
    if (lead < 0 || (muted_until_ && is_after(*muted_until_, header.timestamp))) {
        dropped_ += size;
        return;
    }
    const std::uint32_t end = header.timestamp + size;
    const auto ahead = static_cast<std::uint32_t>(lead);
    // A single long packet is not a sender too fast: only what lies before it can be given up.
    if (ahead > depth_.delay && ahead + size > depth_.deepest) {
        drop_to(header.timestamp - depth_.delay);
    } else if (depth_.is_live) {
        settle(ahead);
    }
    for (std::uint32_t i = 0; i < size; i++) {
        samples_[(header.timestamp + i) % kSize] = decode[packet.payload[i]];
    }
    if (is_after(end, filled_)) filled_ = end;
}

bool Capture::pull(std::span<std::int16_t, kFrame> frame) noexcept {
    if (!is_running_) {
        std::fill(frame.begin(), frame.end(), std::int16_t{0});
        return false;
    }
    const bool has_begun = unbegun_ < kFrame;
    if (!has_begun) unbegun_ -= kFrame;
    for (std::int16_t& sample : frame) {
        sample = samples_[reading_ % kSize];
        samples_[reading_ % kSize] = 0;
        reading_++;
    }
    if (muted_until_ && !is_after(*muted_until_, reading_)) muted_until_.reset();
    // Through a long silence the reading runs ahead of the stream by design: packets that follow
    // their own clock come with timestamps that have moved on as well.
    return has_begun;
}

}  // namespace amer::media

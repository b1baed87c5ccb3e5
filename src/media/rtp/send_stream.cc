#include "media/rtp/send_stream.h"

#include "media/rtp/bytes.h"

namespace amer::media {
namespace {

// A source whose numbers jump further than this has begun anew without saying so.
constexpr std::uint32_t kLargestTimestampJump = 10 * 8000;
constexpr int kLargestSequenceJump = 500;

}  // namespace

std::uint32_t SendStream::spurt_begin(std::uint32_t clock) const noexcept {
    const std::uint32_t now = timestamp_at(clock);
    return has_sent_ && is_after(next_timestamp_, now) ? next_timestamp_ : now;
}

RtpHeader SendStream::paced(std::uint8_t payload_type, std::uint32_t samples,
                            std::uint32_t clock) noexcept {
    const bool begins_spurt = source_ != Source::own;
    const std::uint32_t timestamp = begins_spurt ? spurt_begin(clock) : next_timestamp_;
    source_ = Source::own;
    has_sent_ = true;
    next_timestamp_ = timestamp + samples;
    return {begins_spurt, payload_type, sequence_++, timestamp, ssrc_};
}

bool SendStream::still_follows(const RtpHeader& theirs) const noexcept {
    if (source_ != Source::relay || theirs.ssrc != relayed_ssrc_) return false;
    const auto step =
        static_cast<std::int16_t>(static_cast<std::uint16_t>(theirs.sequence - relayed_sequence_));
    if (step > kLargestSequenceJump || step < -kLargestSequenceJump) return false;
    const std::uint32_t ahead = theirs.timestamp - relayed_timestamp_;
    return ahead <= kLargestTimestampJump || 0U - ahead <= kLargestTimestampJump;
}

RtpHeader SendStream::relayed(const RtpHeader& theirs, std::uint8_t payload_type,
                              std::uint32_t samples, std::uint32_t clock) noexcept {
    const bool begins = !still_follows(theirs);
    if (begins) {
        sequence_shift_ = static_cast<std::uint16_t>(sequence_ - theirs.sequence);
        timestamp_shift_ = spurt_begin(clock) - theirs.timestamp;
        relayed_ssrc_ = theirs.ssrc;
        relayed_sequence_ = static_cast<std::uint16_t>(theirs.sequence - 1U);
        next_timestamp_ = theirs.timestamp + timestamp_shift_;
        source_ = Source::relay;
        has_sent_ = true;
    }
    const auto sequence = static_cast<std::uint16_t>(theirs.sequence + sequence_shift_);
    const std::uint32_t timestamp = theirs.timestamp + timestamp_shift_;
    if (is_after(theirs.sequence, relayed_sequence_)) {
        relayed_sequence_ = theirs.sequence;
        relayed_timestamp_ = theirs.timestamp;
        sequence_ = static_cast<std::uint16_t>(sequence + 1U);
    }
    if (is_after(timestamp + samples, next_timestamp_)) next_timestamp_ = timestamp + samples;
    return {begins || theirs.marker, payload_type, sequence, timestamp, ssrc_};
}

void SendStream::skip_relayed(const RtpHeader& theirs) noexcept {
    if (!still_follows(theirs) || !is_after(theirs.sequence, relayed_sequence_)) return;
    relayed_sequence_ = theirs.sequence;
    relayed_timestamp_ = theirs.timestamp;
    sequence_shift_--;
}

std::uint32_t SendStream::begin_event(std::uint32_t clock) noexcept {
    const std::uint32_t timestamp = source_ == Source::own ? next_timestamp_ : spurt_begin(clock);
    source_ = Source::none;
    has_sent_ = true;
    next_timestamp_ = timestamp;
    return timestamp;
}

RtpHeader SendStream::event_packet(std::uint8_t payload_type, bool is_first,
                                   std::uint32_t timestamp) noexcept {
    return {is_first, payload_type, sequence_++, timestamp, ssrc_};
}

void SendStream::end_event(std::uint32_t timestamp, std::uint32_t samples) noexcept {
    next_timestamp_ = timestamp + samples;
}

}  // namespace amer::media

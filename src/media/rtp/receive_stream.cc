#include "media/rtp/receive_stream.h"

#include <algorithm>

#include "media/rtp/bytes.h"

namespace amer::media {
namespace {

constexpr int kLargestJump = 3000;    // RFC 3550 A.1: about a minute of packets
constexpr int kMostMisordered = 100;  // likewise

std::uint32_t samples_of(MonotonicInstant now) {
    return static_cast<std::uint32_t>(now.time_since_epoch().count() * 8 / 1000);
}

}  // namespace

void ReceiveStream::begin(const RtpHeader& header) noexcept {
    lost_before_ = lost();
    has_begun_ = true;
    ssrc_ = header.ssrc;
    highest_ = header.sequence;
    cycles_ = 0;
    base_ = header.sequence;
    received_ = 0;
    expected_at_report_ = 0;
    received_at_report_ = 0;
    has_transit_ = false;
}

void ReceiveStream::count(const RtpHeader& header, MonotonicInstant now) noexcept {
    if (!has_begun_ || header.ssrc != ssrc_) begin(header);
    const auto step =
        static_cast<std::int16_t>(static_cast<std::uint16_t>(header.sequence - highest_));
    if (step > kLargestJump || step < -kMostMisordered) {
        begin(header);
    } else if (step > 0) {
        if (header.sequence < highest_) cycles_ += 1U << 16U;
        highest_ = header.sequence;
    }
    received_++;
    measure_jitter(header, now);
}

void ReceiveStream::measure_jitter(const RtpHeader& header, MonotonicInstant now) noexcept {
    const std::uint32_t transit = samples_of(now) - header.timestamp;
    if (has_transit_) {
        const auto change = static_cast<std::int32_t>(transit - transit_);
        const auto size = static_cast<std::uint32_t>(change < 0 ? -std::int64_t{change} : change);
        // A new talk spurt of a careless sender is no jitter: more than a second is left out.
        if (size < 8000) jitter_times_16_ += size - ((jitter_times_16_ + 8U) >> 4U);
    }
    transit_ = transit;
    has_transit_ = true;
}

std::int64_t ReceiveStream::lost_of_this_source() const noexcept {
    if (!has_begun_) return 0;
    return std::int64_t{highest()} - base_ + 1 - received_;
}

std::uint64_t ReceiveStream::lost() const noexcept {
    return lost_before_ +
           static_cast<std::uint64_t>(std::max<std::int64_t>(lost_of_this_source(), 0));
}

std::uint32_t ReceiveStream::jitter_us() const noexcept {
    return static_cast<std::uint32_t>(std::uint64_t{jitter_times_16_} * 125U / 16U);
}

ReceiveStream::Report ReceiveStream::take_report() noexcept {
    const std::uint32_t expected = highest() - base_ + 1;
    const std::uint32_t expected_now = expected - expected_at_report_;
    const std::uint32_t received_now = received_ - received_at_report_;
    expected_at_report_ = expected;
    received_at_report_ = received_;
    const std::int64_t lost_now = std::int64_t{expected_now} - received_now;
    constexpr std::int64_t kLargest = 0x7FFFFF, kSmallest = -0x800000;  // 24 bits, signed
    return {
        .ssrc = ssrc_,
        .fraction_lost = static_cast<std::uint8_t>(
            lost_now <= 0 || expected_now == 0
                ? 0
                : std::min<std::int64_t>(lost_now * 256 / expected_now, 255)),
        .lost = static_cast<std::int32_t>(std::clamp(lost_of_this_source(), kSmallest, kLargest)),
        .highest_sequence = highest(),
        .jitter = jitter_times_16_ >> 4U};
}

}  // namespace amer::media

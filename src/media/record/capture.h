#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "media/codec/g711.h"
#include "media/rtp/packet.h"

namespace amer::media {

// How far a capture gives out behind what comes, in samples.
struct CaptureDepth {
    std::uint32_t delay = 0;    // between a voice's first sample and its giving out
    std::uint32_t deepest = 0;  // more does not wait: the oldest is dropped
    // Somebody listens: the delay grows by what comes late, instead of dropping it, and shrinks
    // again when for two seconds less would have done.
    bool is_live = false;
};
inline constexpr CaptureDepth kRecordedDepth{480, 1280, false};  // 60 ms, at most 160
inline constexpr CaptureDepth kMixedDepth{320, 960, true};       // 40 ms, at most 120

// One voice of a recording or a mix: puts the packets of a leg in order by their timestamps and
// gives them out by our clock, 20 ms at a time and a little late. What is missing is silence, so a
// recording stays as long as the wall clock says whatever the network does.
class Capture {
public:
    static constexpr std::size_t kFrame = 160;

    explicit Capture(CaptureDepth depth = kRecordedDepth) noexcept : depth_{depth} {}

    void push(const RtpPacket& packet, const DecodeTable& decode) noexcept;
    // False while the voice has not begun: then the frame is silence.
    bool pull(std::span<std::int16_t, kFrame> frame) noexcept;
    // Nothing that has come so far is given out, nor what was sent before it and comes yet.
    void mute_waiting() noexcept;

    std::uint64_t dropped_samples() const noexcept { return dropped_; }

private:
    static constexpr std::uint32_t kSize = 4096;  // a power of two, above any depth and a packet

    void restart(const RtpHeader& header) noexcept;
    void drop_to(std::uint32_t timestamp) noexcept;
    void settle(std::uint32_t lead) noexcept;

    CaptureDepth depth_;
    std::array<std::int16_t, kSize> samples_{};  // by timestamp; silence where nothing came
    bool is_running_ = false;
    std::uint32_t ssrc_ = 0;
    std::uint32_t reading_ = 0;  // timestamp of the next sample to give out
    std::uint32_t filled_ = 0;   // where the newest packet ended
    std::size_t unbegun_ = 0;    // silence to give out before the voice's first sample
    std::optional<std::uint32_t> muted_until_;  // a timestamp that the reading has yet to reach
    std::uint16_t sequence_ = 0;
    int late_in_a_row_ = 0;
    int settling_ = 0;                  // packets since the least lead was reset
    std::uint32_t least_lead_ = kSize;  // of those packets
    std::uint64_t dropped_ = 0;
};

}  // namespace amer::media

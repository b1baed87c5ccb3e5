#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "media/codec/g711.h"
#include "media/rtp/packet.h"

namespace amer::media {

// One side of a recording: puts the packets of a leg in order by their timestamps and gives them
// out by the recorder's clock, 20 ms at a time and 60 ms late. What is missing is silence, so the
// recording stays as long as the wall clock says whatever the network does.
class Capture {
public:
    static constexpr std::size_t kFrame = 160;
    static constexpr std::uint32_t kDelay = 480;     // 60 ms
    static constexpr std::uint32_t kDeepest = 1280;  // 160 ms waiting: the oldest is dropped

    void push(const RtpPacket& packet, const DecodeTable& decode) noexcept;
    void pull(std::span<std::int16_t, kFrame> frame) noexcept;
    // Forgets the source; what waits is dropped.
    void reset() noexcept;

    std::uint64_t dropped_samples() const noexcept { return dropped_; }

private:
    static constexpr std::uint32_t kSize = 4096;  // a power of two, above kDeepest and a packet

    void restart(const RtpHeader& header) noexcept;
    void drop_to(std::uint32_t timestamp) noexcept;

    std::array<std::int16_t, kSize> samples_{};  // by timestamp; silence where nothing came
    bool is_running_ = false;
    std::uint32_t ssrc_ = 0;
    std::uint32_t reading_ = 0;  // timestamp of the next sample to give out
    std::uint32_t filled_ = 0;   // where the newest packet ended
    std::uint16_t sequence_ = 0;
    int late_in_a_row_ = 0;
    std::uint64_t dropped_ = 0;
};

}  // namespace amer::media

#pragma once

#include <chrono>
#include <cstdint>
#include <span>

namespace amer::media {

// How long nobody has spoken. Speech is what stands 9 dB out of the line's own noise and above
// -50 dBFS for 60 ms or more; short gaps between words do not count as its end.
class SpeechDetector {
public:
    static constexpr std::chrono::milliseconds kFrame{20};

    void hear(std::span<const std::int16_t> frame) noexcept;
    // Since the last speech, or since the beginning when there was none.
    std::chrono::milliseconds silent_for() const noexcept { return silence_; }
    bool has_heard_speech() const noexcept { return has_heard_speech_; }

private:
    double noise_dbfs_ = -60.0;
    int loud_frames_ = 0;
    bool has_heard_speech_ = false;
    std::chrono::milliseconds silence_{0};
};

}  // namespace amer::media

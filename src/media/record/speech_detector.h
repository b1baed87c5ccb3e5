#pragma once

#include <chrono>
#include <cstdint>
#include <span>

#include "media/listen/voice_activity.h"

namespace amer::media {

// How long nobody has spoken; short gaps between words do not count as the end of speech.
class SpeechDetector {
public:
    static constexpr std::chrono::milliseconds kFrame = VoiceActivity::kFrame;

    void hear(std::span<const std::int16_t> frame) noexcept;
    // Since the last speech, or since the beginning when there was none.
    std::chrono::milliseconds silent_for() const noexcept { return silence_; }
    bool has_heard_speech() const noexcept { return has_heard_speech_; }

private:
    VoiceActivity voice_{VoiceActivity::Steady::is_voice};
    int loud_frames_ = 0;
    bool has_heard_speech_ = false;
    std::chrono::milliseconds silence_{0};
};

}  // namespace amer::media

#include "media/record/speech_detector.h"

namespace amer::media {

void SpeechDetector::hear(std::span<const std::int16_t> frame) noexcept {
    loud_frames_ = voice_.hear(frame) ? loud_frames_ + 1 : 0;
    silence_ += kFrame;
    if (loud_frames_ < VoiceActivity::kFramesOfVoice) return;
    has_heard_speech_ = true;
    silence_ = std::chrono::milliseconds{0};
}

}  // namespace amer::media

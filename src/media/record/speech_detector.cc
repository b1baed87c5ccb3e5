#include "media/record/speech_detector.h"

#include <algorithm>
#include <cmath>

namespace amer::media {
namespace {

constexpr double kQuietest = -50.0;
constexpr double kAboveNoise = 9.0;
// The noise estimate falls at once and rises by 1 dB a second: a voice is over long before it is
// taken for noise, a howling line is not heard as a voice for ever.
constexpr double kRisePerFrame = 0.02;
constexpr int kFramesOfSpeech = 3;

double level_dbfs(std::span<const std::int16_t> frame) {
    double energy = 0.0;
    for (const std::int16_t sample : frame) energy += static_cast<double>(sample) * sample;
    const double mean = energy / static_cast<double>(std::max<std::size_t>(frame.size(), 1));
    return 10.0 * std::log10(std::max(mean, 1e-3) / (32768.0 * 32768.0 / 2.0));
}

}  // namespace

void SpeechDetector::hear(std::span<const std::int16_t> frame) noexcept {
    const double level = level_dbfs(frame);
    const bool is_loud = level > kQuietest && level > noise_dbfs_ + kAboveNoise;
    noise_dbfs_ = std::max(std::min(level, noise_dbfs_ + kRisePerFrame), -70.0);
    loud_frames_ = is_loud ? loud_frames_ + 1 : 0;
    silence_ += kFrame;
    if (loud_frames_ < kFramesOfSpeech) return;
    has_heard_speech_ = true;
    silence_ = std::chrono::milliseconds{0};
}

}  // namespace amer::media

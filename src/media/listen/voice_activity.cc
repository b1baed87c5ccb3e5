#include "media/listen/voice_activity.h"

#include <algorithm>
#include <cmath>

namespace amer::media {
namespace {

constexpr double kQuietest = -50.0;
constexpr double kAboveNoise = 9.0;
// The noise estimate falls at once and rises by 1 dB a second: a voice is over long before it is
// taken for noise, a howling line is not heard as a voice for ever.
constexpr double kRisePerFrame = 0.02;
constexpr double kLowestNoise = -70.0;
// Syllables are further apart than that.
constexpr double kOneLevel = 6.0;
// Frames that stand out of one level and are of it all the same: a packet that is lost is silence.
constexpr std::size_t kStrays = 2;

}  // namespace

double level_dbfs(std::span<const std::int16_t> samples) noexcept {
    double energy = 0.0;
    for (const std::int16_t sample : samples) energy += static_cast<double>(sample) * sample;
    const double mean = energy / static_cast<double>(std::max<std::size_t>(samples.size(), 1));
    return 10.0 * std::log10(std::max(mean, 1e-3) / (32768.0 * 32768.0 / 2.0));
}

void VoiceActivity::learn_noise() noexcept {
    // Whoever speaks from the first moment on is heard after his first pause.
    if (heard_ == 1) noise_ = std::max(level_, kLowestNoise);
    if (heard_ < kRemembered) return;
    std::array<double, kRemembered> sorted = levels_;
    std::sort(sorted.begin(), sorted.end());
    const double low = sorted[kStrays];
    has_been_noise_ = sorted[kRemembered - 1 - kStrays] - low < kOneLevel;
    if (has_been_noise_) noise_ = std::max(noise_, low);
}

bool VoiceActivity::hear(std::span<const std::int16_t> frame) noexcept {
    level_ = level_dbfs(frame);
    levels_[heard_++ % kRemembered] = level_;
    if (steady_ == Steady::is_noise) learn_noise();
    const bool stands_out = level_ > kQuietest && level_ > noise_ + kAboveNoise;
    noise_ = std::max(std::min(level_, noise_ + kRisePerFrame), kLowestNoise);
    return stands_out;
}

}  // namespace amer::media

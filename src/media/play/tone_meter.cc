#include "media/play/tone_meter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace amer::media {

double tone_level_dbfs(std::span<const std::int16_t> samples, double frequency_hz) {
    constexpr double kNothing = -120.0;
    if (samples.empty()) return kNothing;
    const double turn = 2.0 * std::numbers::pi * frequency_hz / 8000.0;
    const double factor = 2.0 * std::cos(turn);
    const auto count = static_cast<double>(samples.size());
    double last = 0.0;
    double before = 0.0;
    double weights = 0.0;
    for (std::size_t i = 0; i < samples.size(); i++) {
        // A Hann window keeps a loud neighbour from leaking into the reading.
        const double place = 2.0 * std::numbers::pi * (static_cast<double>(i) + 0.5) / count;
        const double weight = 0.5 - 0.5 * std::cos(place);
        weights += weight;
        const double now = weight * samples[i] + factor * last - before;
        before = last;
        last = now;
    }
    const double power = last * last + before * before - factor * last * before;
    const double peak = 2.0 * std::sqrt(std::max(power, 0.0)) / weights;
    return std::max(kNothing, 20.0 * std::log10(std::max(peak, 1e-3) / 32767.0));
}

bool has_tone(std::span<const std::int16_t> samples, double frequency_hz) {
    constexpr double kThere = -35.0;
    return tone_level_dbfs(samples, frequency_hz) > kThere;
}

}  // namespace amer::media

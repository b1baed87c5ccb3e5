#include "media/listen/steady_tone.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "media/listen/voice_activity.h"
#include "media/play/tone_meter.h"

namespace amer::media {
namespace {

constexpr double kLowestHz = 350.0;
constexpr double kHighestHz = 2000.0;
// A tone that is alone leaves a fifth of the frame's power to noise at most.
constexpr double kMissingDb = 1.0;
constexpr double kWander = 0.03;  // of its frequency

// The frequency that fits the frame best, were it a sine in white noise: of a sine,
// x[n] + x[n-2] = 2 cos(w) x[n-1] holds everywhere, and total least squares solves it without the
// noise pulling the answer down.
double likeliest_hz(std::span<const std::int16_t> frame) {
    double middle = 0.0;
    double both = 0.0;
    double outer = 0.0;
    for (std::size_t i = 2; i < frame.size(); i++) {
        const double between = frame[i - 1];
        const double around = static_cast<double>(frame[i]) + frame[i - 2];
        middle += between * between;
        both += between * around;
        outer += around * around;
    }
    const double excess = outer - 2.0 * middle;
    const double root = std::sqrt(excess * excess + 8.0 * both * both);
    // Twice the cosine, in the form of the root in which nothing cancels out.
    double twice = 0.0;
    if (excess <= 0.0) {
        twice = root - excess > 0.0 ? 4.0 * both / (root - excess) : 0.0;
    } else if (both != 0.0) {
        twice = (excess + root) / (2.0 * both);
    }
    return std::acos(std::clamp(twice / 2.0, -1.0, 1.0)) * 8000.0 / (2.0 * std::numbers::pi);
}

}  // namespace

std::chrono::milliseconds SteadyTone::hear(std::span<const std::int16_t> frame) noexcept {
    const double hz = likeliest_hz(frame);
    const bool is_alone = hz > kLowestHz * (1.0 - kWander) && hz < kHighestHz * (1.0 + kWander) &&
                          tone_level_dbfs(frame, hz) > level_dbfs(frame) - kMissingDb;
    const bool goes_on =
        length_.count() > 0 && std::abs(hz - frequency_hz_) < kWander * frequency_hz_;
    if (!goes_on) {
        frequency_hz_ = hz;
        length_ = {};
    }
    length_ = is_alone ? length_ + kFrame : std::chrono::milliseconds{0};
    return length_;
}

}  // namespace amer::media

#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>

namespace amer::media {

// In dB below a full-scale sine.
double level_dbfs(std::span<const std::int16_t> samples) noexcept;

// What is a voice, 20 ms at a time: what stands 9 dB out of the line's own noise and above
// -50 dBFS; 60 ms of it on end, as less is a click. One place for all who ask.
class VoiceActivity {
public:
    static constexpr std::chrono::milliseconds kFrame{20};
    static constexpr int kFramesOfVoice = 3;

    // What is loud and stays at one level for 400 ms: a voice, so that nobody is cut off; or the
    // noise of a street, so that nobody is held for talking.
    enum class Steady : std::uint8_t { is_voice, is_noise };

    explicit VoiceActivity(Steady steady) noexcept : steady_{steady} {}

    // Does this frame stand out?
    bool hear(std::span<const std::int16_t> frame) noexcept;
    double level() const noexcept { return level_; }
    // Has it been at one level so long, and is that noise?
    bool has_been_noise() const noexcept { return has_been_noise_; }

private:
    void learn_noise() noexcept;

    static constexpr std::size_t kRemembered = 20;  // 400 ms

    Steady steady_;
    double level_ = 0.0;
    double noise_ = -60.0;
    std::array<double, kRemembered> levels_{};
    std::size_t heard_ = 0;
    bool has_been_noise_ = false;
};

}  // namespace amer::media

#include "main/rehearsal/ear.h"

#include <cmath>

#include "media/play/tone_meter.h"

namespace amer::rehearsal {
namespace {

constexpr std::size_t kBlock = 400;  // 50 ms at 8 kHz
constexpr std::chrono::milliseconds kBlockLength{50};
constexpr double kMostDb = 3;         // half of the energy
constexpr std::int64_t kQuiet = 200;  // mean square root of a sample, about -44 dB of full scale
// Longer than the pauses inside and between spoken sentences.
constexpr std::chrono::milliseconds kPause{900};

// Speech has a little of every frequency: a tone is there when most of the sound is that tone.
bool is_mostly(std::span<const std::int16_t> block, double tone, std::int64_t energy) {
    const double mean_square = static_cast<double>(energy) / static_cast<double>(block.size());
    const double full_scale_sine = 32'768.0 * 32'768.0 / 2;
    const double all_dbfs = 10 * std::log10(mean_square / full_scale_sine);
    return media::tone_level_dbfs(block, tone) > all_dbfs - kMostDb;
}

}  // namespace

Ear::Change Ear::listen(std::span<const std::int16_t> newer, MonotonicInstant at) {
    block_had_sound_ = false;
    for (const std::int16_t sample : newer) {
        block_.push_back(sample);
        if (block_.size() == kBlock) judge_block();
    }
    if (block_had_sound_) {
        last_sound_ = at;
        if (is_sounding_) return Change::none;
        is_sounding_ = true;
        return Change::sound_began;
    }
    if (!is_sounding_ || at - last_sound_ < kPause) return Change::none;
    is_sounding_ = false;
    return Change::sound_ended;
}

void Ear::judge_block() {
    std::int64_t energy = 0;
    for (const std::int16_t sample : block_) energy += std::int64_t{sample} * sample;
    if (energy > kQuiet * kQuiet * static_cast<std::int64_t>(kBlock)) {
        block_had_sound_ = true;
        sound_ += kBlockLength;
        for (const double tone : tones_) {
            if (is_mostly(block_, tone, energy)) heard_tones_[tone] += kBlockLength;
        }
    }
    block_.clear();
}

}  // namespace amer::rehearsal

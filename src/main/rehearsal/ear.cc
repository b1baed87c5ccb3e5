#include "main/rehearsal/ear.h"

#include "media/play/tone_meter.h"

namespace amer::rehearsal {
namespace {

constexpr std::size_t kBlock = 400;  // 50 ms at 8 kHz
constexpr std::chrono::milliseconds kBlockLength{50};
constexpr std::int64_t kQuiet = 200;  // mean square root of a sample, about -44 dB of full scale
// Longer than the pauses inside and between spoken sentences.
constexpr std::chrono::milliseconds kPause{900};

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
            if (media::has_tone(block_, tone)) heard_tones_[tone] += kBlockLength;
        }
    }
    block_.clear();
}

}  // namespace amer::rehearsal

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "main/rehearsal/line.h"

namespace amer::rehearsal {

// Tells speech and music from silence in what a far side sends, and which tones were in it. Fed
// every few milliseconds with what came since; nothing having come is silence too.
class Ear {
public:
    // `tones`: frequencies in Hz whose time is counted.
    explicit Ear(std::vector<double> tones) : tones_{std::move(tones)} {}

    enum class Change : std::uint8_t { none, sound_began, sound_ended };
    Change listen(std::span<const std::int16_t> newer, MonotonicInstant at);

    bool hears_sound() const { return is_sounding_; }
    // All sound so far, in samples of 8 kHz.
    std::chrono::milliseconds sound() const { return sound_; }
    std::map<double, std::chrono::milliseconds> tones() const { return heard_tones_; }

private:
    void judge_block();

    std::vector<double> tones_;
    std::vector<std::int16_t> block_;
    bool is_sounding_ = false;
    MonotonicInstant last_sound_{};
    bool block_had_sound_ = false;
    std::chrono::milliseconds sound_{0};
    std::map<double, std::chrono::milliseconds> heard_tones_;
};

}  // namespace amer::rehearsal

#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "base/rng.h"

namespace amer::media {

// What comes from a far side, made of speech-like sound, tones, noise and silence. Not part of the
// program.
class Sound {
public:
    using Milliseconds = std::chrono::milliseconds;

    Sound& quiet(Milliseconds length) {
        samples_.resize(samples_.size() + count(length));
        return *this;
    }
    // Syllables of a gliding voice with its harmonics; between them it almost stops.
    Sound& speech(Milliseconds length, double dbfs = -20.0) {
        constexpr std::size_t kSyllable = 8 * 180;
        constexpr std::size_t kVowel = 8 * 120;
        double turns = 0.0;
        for (std::size_t i = 0; i < count(length); i++) {
            const double pitch = 115.0 + 30.0 * std::sin(static_cast<double>(i) / 3'000.0);
            turns += pitch / 8000.0;
            double voice = 0.0;
            for (int harmonic = 1; harmonic <= 12; harmonic++) {
                const double formant = 1.0 + std::abs(harmonic * pitch - 550.0) / 200.0;
                voice += std::sin(angle(harmonic * turns) + harmonic * harmonic) / formant;
            }
            const bool is_vowel = i % kSyllable < kVowel;
            add(voice / 1.5 * peak(is_vowel ? dbfs : dbfs - 25.0));
        }
        return *this;
    }
    Sound& tone(double hz, Milliseconds length, double dbfs = -16.0) {
        return tones({hz}, length, dbfs);
    }
    Sound& tones(const std::vector<double>& all, Milliseconds length, double dbfs = -16.0) {
        for (std::size_t i = 0; i < count(length); i++) {
            double sum = 0.0;
            for (const double hz : all)
                sum += std::sin(angle(hz * static_cast<double>(i) / 8000.0));
            add(sum * peak(dbfs));
        }
        return *this;
    }
    Sound& noise(Milliseconds length, double dbfs) {
        const std::size_t begin = samples_.size();
        return quiet(length).under(dbfs, begin);
    }
    // Noise of the line under all of it so far.
    Sound& under(double dbfs, std::size_t from = 0) {
        for (std::size_t i = from; i < samples_.size(); i++) {
            // Evenly spread over its range, its power is a third of the peak's square.
            const double part = static_cast<double>(random_.below(2'000)) / 1'000.0 - 1.0;
            samples_[i] = clamped(samples_[i] + part * std::sqrt(1.5) * peak(dbfs));
        }
        return *this;
    }
    // Of each so many frames of 20 ms one did not come.
    Sound& lost(std::size_t every) {
        for (std::size_t i = 0; i < samples_.size(); i++) {
            if (i / 160 % every == every - 1) samples_[i] = 0;
        }
        return *this;
    }
    Sound& again(int times) {
        const std::vector<std::int16_t> once = samples_;
        for (int time = 1; time < times; time++) {
            samples_.insert(samples_.end(), once.begin(), once.end());
        }
        return *this;
    }
    Sound& then(const Sound& other) {
        samples_.insert(samples_.end(), other.samples_.begin(), other.samples_.end());
        return *this;
    }

    const std::vector<std::int16_t>& samples() const { return samples_; }

private:
    static std::size_t count(Milliseconds length) {
        return static_cast<std::size_t>(length.count()) * 8;
    }
    static double angle(double turns) { return 2.0 * std::numbers::pi * turns; }
    static double peak(double dbfs) { return 32767.0 * std::pow(10.0, dbfs / 20.0); }
    static std::int16_t clamped(double sample) {
        return static_cast<std::int16_t>(std::clamp(std::lround(sample), -32768L, 32767L));
    }
    void add(double sample) { samples_.push_back(clamped(sample)); }

    std::vector<std::int16_t> samples_;
    Rng random_{11};
};

}  // namespace amer::media

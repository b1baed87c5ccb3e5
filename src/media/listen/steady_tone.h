#pragma once

#include <chrono>
#include <cstdint>
#include <span>

namespace amer::media {

// How long one tone of 350 to 2000 Hz has sounded alone, 20 ms at a time: a machine's beep, a tone
// of the network. A vowel is never so clean, nor two tones at once.
class SteadyTone {
public:
    static constexpr std::chrono::milliseconds kFrame{20};

    // Up to the end of this frame; 0: there is none in it.
    std::chrono::milliseconds hear(std::span<const std::int16_t> frame) noexcept;

private:
    double frequency_hz_ = 0.0;
    std::chrono::milliseconds length_{0};
};

}  // namespace amer::media

#pragma once

#include <cstdint>
#include <span>

namespace amer::media {

// How loud one frequency is in 8 kHz samples, in dB below a full-scale sine (Goertzel's
// algorithm); -120 for nothing. Ten periods or more give a fair reading.
double tone_level_dbfs(std::span<const std::int16_t> samples, double frequency_hz);

// Is this tone there at all? True above -35 dBFS, far over what another tone leaks.
bool has_tone(std::span<const std::int16_t> samples, double frequency_hz);

}  // namespace amer::media

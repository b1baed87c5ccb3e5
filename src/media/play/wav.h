#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace amer::media {

struct WavSound {
    std::uint32_t rate_hz = 8000;
    std::vector<std::int16_t> samples;  // mono; stereo is averaged
};

// A RIFF/WAVE file: PCM 16 bit, A-law or mu-law, plain or "extensible", one or two channels, at
// one of the rates of load_clip. A data length that a streaming writer left open (0, or beyond
// the end) means "to the end of the file". Other chunks are stepped over.
Result<WavSound> parse_wav(std::span<const std::uint8_t> file);

}  // namespace amer::media

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace amer::media {

// The same sound at 8 kHz, as long as before; what 8 kHz cannot carry is filtered out.
Result<std::vector<std::int16_t>> resample_to_8k(std::span<const std::int16_t> samples,
                                                 std::uint32_t rate_hz);

}  // namespace amer::media

#pragma once

#include "base/instant.h"

namespace amer::media {

// The clock of media: it is never set and counts only while we live (house.md 3.6).
inline MonotonicInstant monotonic_now() {
    return std::chrono::time_point_cast<Duration>(std::chrono::steady_clock::now());
}

}  // namespace amer::media

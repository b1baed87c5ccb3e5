#pragma once

#include "base/instant.h"

namespace amer::sip {

// The only place where this room reads a clock.
inline MonotonicInstant steady_now() {
    return std::chrono::time_point_cast<Duration>(std::chrono::steady_clock::now());
}

}  // namespace amer::sip

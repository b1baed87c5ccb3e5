#pragma once

#include <chrono>

namespace amer {

using Duration = std::chrono::microseconds;

// A point on the UTC time line, microseconds since 1970. Wall-clock days and zones are the
// calendar's business (core/calendar).
using Instant = std::chrono::sys_time<Duration>;

// A point of the monotonic clock: for protocol timers and media, never stored.
using MonotonicInstant = std::chrono::time_point<std::chrono::steady_clock, Duration>;

}  // namespace amer

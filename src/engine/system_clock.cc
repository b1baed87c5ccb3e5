#include "engine/system_clock.h"

namespace amer::engine {

namespace {

using std::chrono::steady_clock;

// A waiter looks again this often, so that a jump of the machine's clock is noticed soon.
constexpr auto kLongestSleep = std::chrono::seconds{1};

Instant wall_now() {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

MonotonicInstant monotonic_now() {
    return std::chrono::time_point_cast<Duration>(steady_clock::now());
}

}  // namespace

SystemClock::SystemClock(std::optional<Instant> start)
    : drift_{[start] {
          const Instant wall = wall_now();
          const Instant shown = start.value_or(wall);
          return Drift{.shown = shown, .at = monotonic_now(), .offset = shown - wall};
      }()} {}

Instant SystemClock::now() {
    return drift_.with([](Drift& drift) { return drift.show(wall_now(), monotonic_now()); });
}

void SystemClock::not_before(Instant floor) {
    drift_.with([floor](Drift& drift) { drift.not_before(floor); });
}

std::optional<steady_clock::time_point> SystemClock::sleep_until(Instant instant) {
    const Duration left = std::clamp<Duration>(instant - now(), Duration{0}, kLongestSleep);
    return steady_clock::now() + left;
}

}  // namespace amer::engine

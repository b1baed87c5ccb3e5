#include "core/queue/expected_wait.h"

#include <algorithm>

namespace amer::queue {

namespace {

constexpr std::int64_t kMinuteMs = 60'000;

// The quartiles of a normal spread lie 0.6745 deviations from the mean.
constexpr std::int64_t kQuartile = 6'745;
constexpr std::int64_t kWhole = 10'000;

std::int64_t square_root(std::int64_t value) {
    std::int64_t low = 0;
    std::int64_t high = 3'037'000'499;  // of the largest 64-bit number
    while (low < high) {
        const std::int64_t middle = low + (high - low + 1) / 2;
        if (middle <= value / middle) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

std::int64_t step_of(std::int32_t minutes) {
    if (minutes < 10) return 1;
    return minutes < 30 ? 5 : 10;
}

}  // namespace

std::optional<WaitEstimate> expected_wait(std::int64_t ahead, std::int64_t agents,
                                          const Recent::Slot& hour, std::int64_t known_after) {
    if (agents <= 0 || hour.handled <= 0 || hour.handled < known_after) return std::nullopt;
    const std::int64_t handling_ms = std::max<std::int64_t>(1, hour.handled_ms / hour.handled);
    const std::int64_t waited_s = hour.waited_ms / 1'000;
    // Integers only: the same history tells the same wait on every machine. One departure takes
    // 1 / (agents / handling + ahead x abandoned / waited).
    std::int64_t sum = 0;
    std::int64_t squares = 0;
    for (std::int64_t before_him = ahead; before_him >= 0 && sum < kLongestEstimateMs;
         --before_him) {
        const std::int64_t by_giving_up = before_him * hour.abandoned * handling_ms / 1'000;
        const std::int64_t one = waited_s <= 0
                                     ? handling_ms / agents
                                     : handling_ms * waited_s / (agents * waited_s + by_giving_up);
        sum += one;
        squares += one * one;
    }
    const std::int64_t spread = square_root(squares) * kQuartile / kWhole;
    const std::int64_t expected = std::min(sum, kLongestEstimateMs);
    return WaitEstimate{std::max<std::int64_t>(0, expected - spread), expected, expected + spread};
}

std::int32_t told_minutes(std::int64_t expected_ms) {
    if (expected_ms < kMinuteMs) return 0;
    const auto minutes = static_cast<std::int32_t>((expected_ms + kMinuteMs - 1) / kMinuteMs);
    const auto step = static_cast<std::int32_t>(step_of(minutes));
    return (minutes + step - 1) / step * step;
}

std::int32_t told_after(std::int32_t before, std::int32_t now) {
    const bool is_one_step = now > before && now - before <= step_of(before);
    return is_one_step ? before : now;
}

}  // namespace amer::queue

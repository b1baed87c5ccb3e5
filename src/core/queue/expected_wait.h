#pragma once

#include <cstdint>
#include <optional>

#include "base/fields.h"
#include "core/queue/recent.h"

namespace amer::queue {

// How long a caller will wait, as far as the state tells: half of all waits end between `low_ms`
// and `high_ms`, their mean is `expected_ms`.
struct WaitEstimate {
    std::int64_t low_ms = 0;
    std::int64_t expected_ms = 0;
    std::int64_t high_ms = 0;

    AMER_FIELDS(WaitEstimate, low_ms, expected_ms, high_ms)
};

inline constexpr std::int64_t kLongestEstimateMs = 4 * 3'600'000;

// With `ahead` callers before him he is served at the (ahead + 1)th departure (acd.md 6.5). Agents
// free themselves at the rate agents / mean handling; of those ahead each gives up at the rate of
// the last hour. Nothing when there is no agent, or when less than `known_after` contacts were
// handled in that hour: a guess is not told. Ends at kLongestEstimateMs.
std::optional<WaitEstimate> expected_wait(std::int64_t ahead, std::int64_t agents,
                                          const Recent::Slot& hour, std::int64_t known_after);

// As it is told, in minutes and never too short: each minute to ten, then by five, from half an
// hour on by ten. 0: less than a minute.
std::int32_t told_minutes(std::int64_t expected_ms);

// What is told after `before` was: a rise by one step is not told, it may be chance.
std::int32_t told_after(std::int32_t before, std::int32_t now);

}  // namespace amer::queue

#pragma once

#include <compare>
#include <cstdint>
#include <tuple>

#include "core/terms/terms.h"

namespace amer::queue {

// The callers of one queue in one language. An agent of two languages stands in two lanes.
struct Lane {
    QueueId queue;
    Language language = Language::arabic;

    auto operator<=>(const Lane&) const = default;
};

inline constexpr std::uint32_t kNoRow = 0xffff'ffff;

// In place of a step: contacts that are held back, for one agent or for whoever else chooses.
inline constexpr std::int32_t kHeldForAgent = -1;
inline constexpr std::int32_t kHeldForOthers = -2;

// The contacts of a lane that are at the same step of the queue's requirements: the same agents can
// serve them. By the queue's row in the configuration in force, because this is the key of the
// busiest indexes; kNoRow for a queue that is no longer configured.
struct Pool {
    std::uint32_t queue = kNoRow;
    Language language = Language::arabic;
    std::int32_t step = 0;

    auto operator<=>(const Pool&) const = default;
};

// A contact's place in its pool. Emergencies come first. Then who has waited longest is served
// first, and a priority counts as minutes already waited (acd.md 6.2 b): "wait + priority" grows
// equally fast for all, so the order is that of a fixed instant and needs no sorting as time
// passes. With equal scores a caller on the line comes before a call back, then the earlier one,
// then the smaller id.
struct Place {
    Pool pool;
    bool is_ordinary = true;  // not an emergency
    Instant score;
    bool is_callback = false;
    Instant since;
    ContactId contact;

    auto operator<=>(const Place&) const = default;
};

// Before every place of this pool.
inline Place before_all(const Pool& pool) {
    return Place{pool, false, Instant::min(), false, Instant::min(), ContactId{}};
}

// A ready agent in one of the pools that he may serve: the lowest tier first, then as the queue's
// strategy ranks him, then the longest idle, then by his id: `agent` is his number among all agents
// of the configuration by id, from 0.
struct Idle {
    Pool pool;
    std::int32_t tier = 1;
    std::int64_t rank = 0;
    Instant since;
    std::uint32_t agent = 0;

    auto operator<=>(const Idle&) const = default;
};

// Which of two contacts is served first, whatever their lanes: the greater score, times the weight
// of its queue.
inline bool is_before(const Place& one, std::int64_t weight_of_one, const Place& other,
                      std::int64_t weight_of_other, Instant now) {
    if (one.is_ordinary != other.is_ordinary) return !one.is_ordinary;
    const auto score_of_one = (now - one.score).count() * weight_of_one;
    const auto score_of_other = (now - other.score).count() * weight_of_other;
    if (score_of_one != score_of_other) return score_of_one > score_of_other;
    return std::tie(one.is_callback, one.since, one.contact) <
           std::tie(other.is_callback, other.since, other.contact);
}

inline Instant score_of(Instant since, std::int32_t priority_minutes) {
    return since - std::chrono::minutes{priority_minutes};
}

}  // namespace amer::queue

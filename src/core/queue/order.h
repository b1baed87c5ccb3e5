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

// A contact's place, among those of its lane whom the same agents can serve (they are at the same
// step of the queue's requirements). Emergencies come first. Then who has waited longest is served
// first, and a priority counts as minutes already waited (acd.md 6.2 b): "wait + priority" grows
// equally fast for all, so the order is that of a fixed instant and needs no sorting as time
// passes. With equal scores a caller on the line comes before a call back, then the earlier one,
// then the smaller id.
struct Place {
    Lane lane;
    std::int32_t step = 0;
    bool is_ordinary = true;  // not an emergency
    Instant score;
    bool is_callback = false;
    Instant since;
    ContactId contact;

    auto operator<=>(const Place&) const = default;
};

// Before every place of this lane and step.
inline Place before_all(const Lane& lane, std::int32_t step) {
    return Place{lane, step, false, Instant::min(), false, Instant::min(), ContactId{}};
}

// A ready agent in one of his lanes: the lowest tier first, then as the queue's strategy ranks him,
// then the longest idle.
struct Idle {
    Lane lane;
    std::int32_t tier = 1;
    std::int64_t rank = 0;
    Instant since;
    AgentId agent;

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

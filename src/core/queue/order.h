#pragma once

#include <compare>
#include <cstdint>
#include <tuple>

#include "core/terms/terms.h"

namespace amer::queue {

// Who can be matched with whom: the callers of one queue in one language. An agent of two languages
// stands in two lanes.
struct Lane {
    QueueId queue;
    Language language = Language::arabic;

    auto operator<=>(const Lane&) const = default;
};

// A contact's place. Who has waited longest is served first, and a priority counts as minutes
// already waited (acd.md 6.2 b): "wait + priority" grows equally fast for all, so the order is that
// of a fixed instant and needs no sorting as time passes. With equal scores a caller on the line
// comes before a call back, then the earlier one, then the smaller id.
struct Place {
    Lane lane;
    Instant score;
    bool is_callback = false;
    Instant since;
    ContactId contact;

    auto operator<=>(const Place&) const = default;
};

// A ready agent in one of his queues, longest idle first.
struct Idle {
    Lane lane;
    Instant since;
    AgentId agent;

    auto operator<=>(const Idle&) const = default;
};

// Which of two contacts is served first, whatever their lanes.
inline bool is_before(const Place& one, const Place& other) {
    return std::tie(one.score, one.is_callback, one.since, one.contact) <
           std::tie(other.score, other.is_callback, other.since, other.contact);
}

inline Instant score_of(Instant since, std::int32_t priority_minutes) {
    return since - std::chrono::minutes{priority_minutes};
}

}  // namespace amer::queue

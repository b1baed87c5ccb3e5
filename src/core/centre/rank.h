#pragma once

#include <cstdint>
#include <limits>

#include "core/agent/agent.h"
#include "core/centre/configuration.h"
#include "core/centre/directory.h"

namespace amer::centre {

// Where a strategy with a standing order puts an idle agent of this queue: the lowest is first, the
// longest idle of equals (acd.md 6.2).
inline std::int64_t rank_of(const Queue& queue, const Directory::Member& member,
                            const agent::Agent& agent) {
    using queue::Strategy;
    const auto tally = [&] {
        return agent::tally_of(
            agent, queue.counts_all_queues ? std::nullopt : std::optional<QueueId>{queue.id});
    };
    switch (queue.strategy) {
        case Strategy::least_recent: {
            const auto last_end = tally().last_end;
            return last_end ? last_end->time_since_epoch().count()
                            : std::numeric_limits<std::int64_t>::min();
        }
        case Strategy::longest_ready: return agent.ready_since.time_since_epoch().count();
        case Strategy::linear: return static_cast<std::int64_t>(member.row);
        case Strategy::fewest_calls: return tally().calls;
        case Strategy::least_talk: return tally().talk_us;
        case Strategy::longest_idle:
        case Strategy::round_robin:
        case Strategy::least_occupied:
        case Strategy::random:
        case Strategy::weighted_random:
        case Strategy::most_skilled:
        case Strategy::least_skilled:
        case Strategy::ring_all:
        case Strategy::ring_progressively:
        case Strategy::external: return 0;
    }
    return 0;
}

}  // namespace amer::centre

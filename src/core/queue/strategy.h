#pragma once

#include <cstdint>

namespace amer::queue {

// How a queue chooses among the ready agents who can serve a contact (acd.md 6.2). All of them take
// the lowest tier first; what is equal is decided by longest idle, then by the agent's id.
enum class Strategy : std::uint8_t {
    longest_idle,        // since the end of the last contact or wrap-up, or login
    least_recent,        // oldest end of a contact of this queue; who had none comes first
    longest_ready,       // since he became ready
    round_robin,         // the next by id after the one last offered; remembered over a restart
    linear,              // the first in the order of the configuration
    fewest_calls,        // in this shift
    least_talk,          // in this shift
    least_occupied,      // smallest busy share of the last half hour
    random,              // the draw stands in the event
    weighted_random,     // likely in proportion to his weight in the queue
    most_skilled,        // greatest sum of weight x level over what the contact needs
    least_skilled,       // smallest such sum: keeps experts free
    ring_all,            // everybody ready at once; the first to answer has it
    ring_progressively,  // one more after each pause, while the others go on ringing
    external,            // somebody else has so long to say who; then the longest idle
};

// May several phones ring for one contact? Nobody is blamed then for not answering.
inline bool rings_several(Strategy strategy) {
    return strategy == Strategy::ring_all || strategy == Strategy::ring_progressively;
}

// Is the order among idle agents known before a contact comes? Otherwise all who are ready are
// weighed when it does.
inline bool is_ranked_ahead(Strategy strategy) {
    switch (strategy) {
        case Strategy::longest_idle:
        case Strategy::least_recent:
        case Strategy::longest_ready:
        case Strategy::linear:
        case Strategy::fewest_calls:
        case Strategy::least_talk:
        case Strategy::ring_all:
        case Strategy::ring_progressively:
        case Strategy::external: return true;
        case Strategy::round_robin:
        case Strategy::least_occupied:
        case Strategy::random:
        case Strategy::weighted_random:
        case Strategy::most_skilled:
        case Strategy::least_skilled: return false;
    }
    return true;
}

}  // namespace amer::queue

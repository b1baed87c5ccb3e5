#pragma once

#include <cstdint>

#include "base/fields.h"

namespace amer::callback {

// How a try to call a citizen back ended when it did not reach him.
enum class AttemptOutcome : std::uint8_t {
    no_answer,
    busy,
    rejected,
    invalid_number,  // there is no such number
    network,         // it did not ring: no channel, no way
    gave_up,         // our side hung up first
    unknown,         // we died in between
    voicemail,       // a machine answered, as far as can be heard
    left_waiting,    // he answered and was gone, or was let go, before an agent was there
};

// Who is asked first when a promise is due.
enum class DialMode : std::uint8_t {
    agent_first,     // the citizen's phone rings when an agent has taken the call
    customer_first,  // it rings when many agents are at work: one of them will be free in time
};

// Does such an end count as a try, where nothing else was said? He whom we let wait has done his
// part.
inline bool counts_by_itself(AttemptOutcome outcome) {
    return outcome != AttemptOutcome::left_waiting;
}

// What follows from such an end, besides what holds for all.
struct AttemptRule {
    AttemptOutcome outcome = AttemptOutcome::no_answer;
    std::int32_t pause_ms = 0;  // until the next try, at least
    bool counts = true;         // as one of the tries
    bool is_last = false;       // there is no use in another

    AMER_FIELDS(AttemptRule, outcome, pause_ms, counts, is_last)
};

}  // namespace amer::callback

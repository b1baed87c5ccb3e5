#pragma once

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <type_traits>

#include "base/fields.h"
#include "measure/service_level.h"

namespace amer::measure {

// What is counted, so that tallies of intervals, queues and days can be added up.

struct FlowOuts {  // F by reason: out of the queue, neither answered nor given up
    std::int64_t timeout = 0;
    std::int64_t key = 0;
    std::int64_t closing = 0;
    std::int64_t no_agent = 0;
    std::int64_t callback = 0;
    std::int64_t transfer = 0;
    std::int64_t elsewhere = 0;

    AMER_FIELDS(FlowOuts, timeout, key, closing, no_agent, callback, transfer, elsewhere)
};

struct Longest {  // added up, the longer one stays
    std::int64_t us = 0;

    AMER_FIELDS(Longest, us)
};

// Contacts that stood here too and are counted in the first queue they stood in (acd.md 6.4, 16).
struct AlsoStood {
    std::int64_t entered = 0;
    std::int64_t answered = 0;  // through whichever of their queues
    std::int64_t left = 0;      // anything else
    std::int64_t waiting = 0;

    AMER_FIELDS(AlsoStood, entered, answered, left, waiting)
};

// What became of those who arrived in the interval, whenever it became so: for service levels.
struct Cohort {
    std::int64_t entered = 0;   // N, counted at the door; `counts` at the end of each wait
    std::int64_t returned = 0;  // of these: had been answered before, their agent was lost
    Counts counts;
    FlowOuts flow_outs;
    std::int64_t answered_waits_us = 0;
    Longest longest_wait;
    AlsoStood also;  // in none of the numbers above

    AMER_FIELDS(Cohort, entered, returned, counts, flow_outs, answered_waits_us, longest_wait, also)
};

struct Offers {  // counted in the interval in which they were made
    std::int64_t made = 0;
    std::int64_t accepted = 0;
    std::int64_t no_answer = 0;  // RONA
    std::int64_t rejected = 0;
    std::int64_t busy = 0;
    std::int64_t unreachable = 0;
    std::int64_t caller_left = 0;
    std::int64_t crash = 0;
    std::int64_t answered_elsewhere = 0;

    AMER_FIELDS(Offers, made, accepted, no_answer, rejected, busy, unreachable, caller_left, crash,
                answered_elsewhere)
};

struct Handling {  // counted when the work after the talk is over
    std::int64_t handled = 0;
    std::int64_t talk_us = 0;  // of a call back: its dialling too
    std::int64_t wrap_up_us = 0;

    AMER_FIELDS(Handling, handled, talk_us, wrap_up_us)
};

// What happened in the interval, whenever it began: for load.
struct Load {
    std::int64_t entered = 0;
    std::int64_t answered = 0;
    std::int64_t abandoned = 0;
    std::int64_t flowed_out = 0;
    std::int64_t failed = 0;
    std::int64_t transferred = 0;  // to another queue, by the agent who talked
    std::int64_t handed_over = 0;  // to a colleague who was on it already
    Offers offers;
    Handling handling;

    std::int64_t left() const { return answered + abandoned + flowed_out + failed; }
    AMER_FIELDS(Load, entered, answered, abandoned, flowed_out, failed, transferred, handed_over,
                offers, handling)
};

struct Figures {
    Cohort cohort;
    Load load;

    AMER_FIELDS(Figures, cohort, load)
};

struct AgentTime {  // of one agent; logged out is no time of his
    std::int64_t ready_us = 0;
    std::int64_t reserved_us = 0;
    std::int64_t ringing_us = 0;
    std::int64_t talking_us = 0;
    std::int64_t wrap_up_us = 0;
    std::int64_t not_ready_us = 0;
    std::int64_t handled = 0;
    Offers offers;

    AMER_FIELDS(AgentTime, ready_us, reserved_us, ringing_us, talking_us, wrap_up_us, not_ready_us,
                handled, offers)
};

// What became of the inbound contacts that were opened in the span, queued or not.
struct Arrivals {
    std::int64_t opened = 0;
    std::int64_t completed = 0;
    std::int64_t abandoned = 0;
    std::int64_t left_in_flow = 0;  // in the greeting or a menu: no abandon
    std::int64_t flow_ended = 0;
    std::int64_t promised = 0;
    std::int64_t broken_by_crash = 0;
    std::int64_t alive = 0;

    AMER_FIELDS(Arrivals, opened, completed, abandoned, left_in_flow, flow_ended, promised,
                broken_by_crash, alive)
};

// Whose talk with an agent ended in the span: was it enough? `resolved` is the sum of the next
// three; the last two are in none of them.
struct FirstContacts {
    std::int64_t resolved = 0;
    std::int64_t first = 0;      // neither of the next two
    std::int64_t passed_on = 0;  // transferred or handed over
    std::int64_t came_back = 0;  // the same caller, with the same topic, soon after
    std::int64_t without_number = 0;
    std::int64_t not_yet_known = 0;  // there is time left to come back

    AMER_FIELDS(FirstContacts, resolved, first, passed_on, came_back, without_number, not_yet_known)
};

struct Promises {          // whose window ends in the span
    std::int64_t due = 0;  // all of these but those not yet due
    std::int64_t kept_in_time = 0;
    std::int64_t withdrawn_in_time = 0;
    std::int64_t kept_late = 0;
    std::int64_t withdrawn_late = 0;
    std::int64_t broken = 0;
    std::int64_t overdue = 0;      // open, and their window is over
    std::int64_t not_yet_due = 0;  // open, and their window is not over

    AMER_FIELDS(Promises, due, kept_in_time, withdrawn_in_time, kept_late, withdrawn_late, broken,
                overdue, not_yet_due)
};

// What waiting callers were told of their wait, and what became of each telling: the wait came
// true, or ended in another way and cannot be judged.
struct ToldWaits {
    std::int64_t told = 0;         // with an estimate; each telling is one
    std::int64_t callers = 0;      // of these: the first in a wait
    std::int64_t answered = 0;     // of these: judged, in one of the next three
    std::int64_t in_range = 0;     // its ends are inside
    std::int64_t below_range = 0;  // he was served sooner
    std::int64_t above_range = 0;  // later
    std::int64_t left = 0;
    std::int64_t moved = 0;
    std::int64_t kept_place = 0;
    std::int64_t failed = 0;
    std::int64_t waiting = 0;
    std::int64_t outlasted = 0;  // of those who left, moved or kept their place: past the range
    std::int64_t without_estimate = 0;  // his place alone: too little was known

    AMER_FIELDS(ToldWaits, told, callers, answered, in_range, below_range, above_range, left, moved,
                kept_place, failed, waiting, outlasted, without_estimate)
};

inline void add(std::int64_t& sum, std::int64_t part) { sum += part; }
inline void add(Longest& sum, const Longest& part) { sum.us = std::max(sum.us, part.us); }

template <HasFields T>
void add(T& sum, const T& part) {
    std::apply([&](const auto&... field) { (add(sum.*field.member, part.*field.member), ...); },
               T::fields());
}

}  // namespace amer::measure

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "core/agent/agent_state.h"
#include "core/agent/occupancy.h"
#include "core/terms/terms.h"

namespace amer::agent {

// Reasons the core itself gives; anything else is what the agent said.
inline constexpr const char* kNoAnswer = "no_answer";         // his phone rang and he did not come
inline constexpr const char* kDeclined = "declined";          // a few seconds, then ready again
inline constexpr const char* kUnreachable = "unreachable";    // his phone did not answer to us
inline constexpr const char* kUnregistered = "unregistered";  // his phone went away
inline constexpr const char* kLoggedOut = "logged_out";       // he asked for it
inline constexpr const char* kRestart = "restart";            // the process died
inline constexpr const char* kRemoved = "removed";            // no longer in the configuration

// Asked for while he was busy; happens when his work on the contact is over.
struct Deferred {
    AgentState state = AgentState::not_ready;
    std::string reason;

    AMER_FIELDS(Deferred, state, reason)
};

// What he did for one queue in this shift: since he logged in, from midnight at the latest.
struct QueueTally {
    QueueId queue;
    std::int32_t calls = 0;  // answered
    std::int64_t talk_us = 0;
    std::optional<Instant> last_end;  // kept from shift to shift

    AMER_FIELDS(QueueTally, queue, calls, talk_us, last_end)
};

struct Agent {
    AgentId id;
    AgentState state = AgentState::logged_out;
    std::string reason;
    Instant since;                 // in this state
    std::optional<Instant> until;  // the state ends by itself: wrap-up, a declined offer
    ContactId contact;             // reserved, ringing, talking, wrap-up
    OfferId offer;                 // reserved, ringing
    // End of his last contact or wrap-up, or his login: a break, a missed or a withdrawn offer
    // neither gives nor costs a place (acd.md 6.2, longest-idle).
    Instant idle_since;
    std::optional<Deferred> deferred;
    bool is_phone_in_use = false;  // for a call that is none of ours: no offers
    Instant ready_since;           // an offer that was withdrawn does not cost it
    QueueId serves;                // talking: the queue he does it for
    Instant busy_since;            // reserved, and then until he is free
    QueueId worked_for;            // the queue whose contact keeps him busy, once he answered it
    std::vector<QueueTally> tallies;
    Occupancy occupancy;

    AMER_FIELDS(Agent, id, state, reason, since, until, contact, offer, idle_since, deferred,
                is_phone_in_use, ready_since, serves, tallies, occupancy, busy_since, worked_for)
};

// Of this queue, or of all together: calls and talk added, the latest end.
QueueTally tally_of(const Agent& agent, const std::optional<QueueId>& queue);

// He answered a contact of this queue.
void count_answer(Agent& agent, const QueueId& queue);
void begin_shift(Agent& agent);

// Holds a contact or the work after it.
inline bool is_busy(AgentState state) {
    return state == AgentState::reserved || state == AgentState::ringing ||
           state == AgentState::talking || state == AgentState::wrap_up;
}

inline bool is_rung(AgentState state) {
    return state == AgentState::reserved || state == AgentState::ringing;
}

// May be offered a contact.
inline bool is_ready(const Agent& agent) {
    return agent.state == AgentState::ready && !agent.is_phone_in_use;
}

// Logged out by his own word: a phone that merely refreshes its registration does not undo it.
inline bool is_logged_out_by_choice(const Agent& agent) {
    return agent.state == AgentState::logged_out && agent.reason == kLoggedOut;
}

// What he becomes when nothing holds him any more.
inline Deferred state_when_free(const Agent& agent) {
    return agent.deferred.value_or(Deferred{AgentState::ready, ""});
}

// The change of state itself: what each state keeps and forgets.
void enter(Agent& agent, AgentState state, const std::string& reason, std::optional<Instant> until,
           ContactId contact, Instant at);

}  // namespace amer::agent

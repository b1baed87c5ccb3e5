#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/fields.h"
#include "core/calendar/calendar.h"
#include "core/callback/attempt.h"
#include "core/flow/flow.h"
#include "core/notification/notification.h"
#include "core/queue/requirement.h"
#include "core/queue/strategy.h"
#include "core/terms/terms.h"

namespace amer::centre {

// The centre's configuration: one versioned document, published as one event, so that a replay
// knows the rules that were in force. Everything a ministry may change is here and not in code.

struct TextPair {
    std::string ar;
    std::string en;

    AMER_FIELDS(TextPair, ar, en)
};

struct DialledNumber {  // a number the centre answers
    PhoneNumber number;
    std::vector<std::string> also;  // as networks may send it: "600500500", "8006679"
    TextPair title;
    FlowId flow;
    FlowId after_agent =
        {};  // what a caller meets when his agent hangs up first; "": the call ends

    AMER_FIELDS(DialledNumber, number, also, title, flow, after_agent)
};

struct Unit {  // a department or a branch
    enum class Kind : std::uint8_t { department, branch };

    UnitId id;
    Kind kind = Kind::department;
    TextPair title;
    PromptId spoken;           // UNIT-<id>
    std::string emirate = {};  // whose local holidays are its own

    AMER_FIELDS(Unit, id, kind, title, spoken, emirate)
};

struct Queue {
    QueueId id;
    TextPair title;
    UnitId unit;
    std::int32_t ring_ms = 15'000;  // an agent's phone rings this long
    // Who waits is spoken to so long after he came, and then so often; 0: never.
    std::int32_t announce_first_ms = 10'000;
    std::int32_t announce_every_ms = 30'000;
    bool says_position = true;
    bool says_wait = true;              // told only when it is known:
    std::int32_t wait_known_after = 5;  // contacts handled in the last hour
    std::int32_t most_waiting = 0;      // one more goes the flow's way for a full queue; 0: none
    // No agent is logged in for him so long after he came: he goes the flow's way; 0: he waits.
    std::int32_t nobody_after_ms = 0;
    // Before closing he is warned when he may not be served; who came in time is served until the
    // grace is over, or the last agent has left.
    std::int32_t closing_warning_ms = 1'200'000;
    std::int32_t closing_grace_ms = 1'800'000;
    std::int32_t longest_wait_ms = 0;  // 0: for ever
    PromptId music{"MUSIC"};
    queue::Strategy strategy = queue::Strategy::longest_idle;
    // Against other queues: the score of its contacts counts so many times.
    std::int32_t weight = 1;
    // Who may be offered its contacts as they wait; none: every agent of the queue, at once.
    std::vector<queue::Step> steps;
    // Strategies that count (calls, talk, last end) look at this queue only, or at all he did.
    bool counts_all_queues = false;
    // Strategies that ring several phones: how many at most, and the pause before one more.
    std::int32_t ring_at_most = 20;
    std::int32_t ring_next_after_ms = 5'000;
    // A caller waits so long for the agent who talked with him last, if that one is there; 0:
    // never.
    std::int32_t last_agent_ms = 0;
    // Strategy external: so long somebody else may say who is offered a contact.
    std::int32_t external_lease_ms = 5'000;

    AMER_FIELDS(Queue, id, title, unit, ring_ms, announce_every_ms, longest_wait_ms, music,
                strategy, weight, steps, counts_all_queues, ring_at_most, ring_next_after_ms,
                announce_first_ms, says_position, says_wait, wait_known_after, most_waiting,
                nobody_after_ms, closing_warning_ms, closing_grace_ms, last_agent_ms,
                external_lease_ms)
};

struct Membership {  // of an agent in a queue
    QueueId queue;
    std::int32_t tier = 1;    // the lowest tier with somebody ready is asked first
    std::int32_t weight = 1;  // weighted_random

    Membership() = default;
    Membership(QueueId of, std::int32_t in_tier = 1, std::int32_t weighing = 1)
        : queue{std::move(of)}, tier{in_tier}, weight{weighing} {}

    AMER_FIELDS(Membership, queue, tier, weight)
};

struct AgentRow {
    AgentId id;
    TextPair name;
    std::vector<Membership> queues;
    std::vector<Language> languages;
    std::int32_t wrap_up_ms = 20'000;
    bool ready_on_register = true;  // a desk phone that registers is ready at once
    std::vector<queue::SkillLevel> skills;
    bool is_supervisor = false;  // may listen to, whisper into and join the talks of others

    AMER_FIELDS(AgentRow, id, name, queues, languages, wrap_up_ms, ready_on_register, skills,
                is_supervisor)
};

struct Trunk {
    TrunkId id;
    std::vector<std::string> peers;  // literal addresses its INVITEs come from
    std::string host;                // where calls out go
    std::uint16_t port = 5060;
    std::string caller_number;  // shown on calls out, as the operator wants it
    std::int32_t channels = 60;

    AMER_FIELDS(Trunk, id, peers, host, port, caller_number, channels)
};

struct PromisePlan {  // how an out-of-hours call is returned (domain.md section 2, P04, P05)
    std::int32_t tries = 3;
    std::int32_t pause_ms = 7'200'000;  // between tries
    std::int32_t ring_ms = 30'000;      // at the citizen
    QueueId queue;                      // whose agents return calls when the caller chose none
    TrunkId trunk;
    PromptId greeting{"CB-OUT"};
    // What an agent hears before a citizen who left a message is dialled; "": he is dialled at
    // once.
    PromptId briefing{};
    // Words of who answers that go on so long, while our greeting plays, are a machine's; 0: nobody
    // listens for that.
    std::int32_t machine_after_ms = 3'000;
    // Exchanges behind which several people ring: nobody is known by these alone.
    std::vector<PhoneNumber> shared_numbers;
    // What else follows from how a try ended; an outcome without a row counts and waits `pause_ms`.
    std::vector<callback::AttemptRule> outcomes = {};
    // Minutes of the local day in which one may call, besides the official hours.
    std::int32_t call_from_minute = 0;
    std::int32_t call_until_minute = 24 * 60;
    // Calls back of the night take at most this part of the agents who are logged in, and at least
    // one of them; 100: as many as come.
    std::int32_t share_percent = 50;
    // Customer-first dials one citizen ahead for so many agents at work; with fewer agents the
    // agent is asked first.
    callback::DialMode mode = callback::DialMode::agent_first;
    std::int32_t agents_per_customer = 8;
    PromptId sorry{"CB-SORRY"};  // to one who was dialled ahead and for whom nobody is there

    AMER_FIELDS(PromisePlan, tries, pause_ms, ring_ms, queue, trunk, greeting, shared_numbers,
                outcomes, call_from_minute, call_until_minute, share_percent, mode,
                agents_per_customer, sorry, briefing, machine_after_ms)
};

struct NotificationPlan {                         // nothing is sent unless it is named here
    std::vector<notification::Occasion> by_text;  // to the citizen, as a short message
    std::vector<notification::Occasion> by_mail;  // to those who answer for the centre
    std::vector<std::string> mail_to;

    AMER_FIELDS(NotificationPlan, by_text, by_mail, mail_to)
};

struct RecordingPlan {
    bool is_on = true;
    std::int32_t shortest_message_ms = 1'000;  // shorter ones are kept as "no message left"
    std::int32_t longest_pause_ms = 120'000;   // an agent's pause; it goes on by itself then

    AMER_FIELDS(RecordingPlan, is_on, shortest_message_ms, longest_pause_ms)
};

struct NotReadyReason {
    std::string id;
    TextPair title;

    AMER_FIELDS(NotReadyReason, id, title)
};

// What holds for every agent.
struct AgentPlan {
    std::vector<NotReadyReason> reasons;  // none: an agent may say what he likes
    // After an offer that came to nothing, he is offered no other for so long.
    std::int32_t rejected_ms = 5'000;
    std::int32_t busy_ms = 5'000;
    std::int32_t unreachable_ms = 30'000;       // or until his phone registers again
    std::int32_t no_answer_ms = 0;              // 0: until he says that he is ready
    std::int32_t declines_before_alarm = 3;     // of one contact; 0: never
    std::int32_t longest_wrap_up_ms = 600'000;  // with all extensions
    std::int32_t invitation_ms = 30'000;  // a colleague's phone, a supervisor's, rings so long

    AMER_FIELDS(AgentPlan, reasons, rejected_ms, busy_ms, unreachable_ms, no_answer_ms,
                declines_before_alarm, longest_wrap_up_ms, invitation_ms)
};

struct Configuration {
    std::uint64_t version = 0;  // given by the core when published
    TextPair ministry;
    std::string country{"AE"};  // for numbers without a country code
    calendar::Calendar calendar;
    std::vector<DialledNumber> numbers;
    std::vector<Unit> units;
    std::vector<Queue> queues;
    std::vector<AgentRow> agents;
    std::vector<flow::Flow> flows;
    std::vector<Trunk> trunks;
    PromisePlan promises;
    RecordingPlan recording;
    AgentPlan agent_plan;
    NotificationPlan notifications;

    AMER_FIELDS(Configuration, version, ministry, country, calendar, numbers, units, queues, agents,
                flows, trunks, promises, recording, agent_plan, notifications)
};

}  // namespace amer::centre

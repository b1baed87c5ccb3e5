#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/fields.h"
#include "core/terms/terms.h"

namespace amer::flow {

// What a caller meets, as data: a graph of typed steps. `next` and the like name steps of the same
// flow. Placeholders of a prompt are filled by the core from what it knows ({date}, {time},
// {hours}, {ref}, {number}, {department}, {holiday}).

struct Say {
    std::vector<PromptId> prompts;
    bool cut_by_key = true;
    StepId next;

    AMER_FIELDS(Say, prompts, cut_by_key, next)
};

// Speaks, then waits for one key. A key not listed says `invalid` (which may be "" when every key
// is listed), none says `no_input`; after `tries` of either, `otherwise`.
struct Menu {
    std::vector<PromptId> prompts;
    std::map<std::string, StepId> keys;         // "1" .. "9", "0", "*", "#"
    std::map<std::string, Language> languages;  // keys that also choose the language
    PromptId invalid{"INV"};
    PromptId no_input{"NOI"};
    std::int32_t tries = 2;
    std::int32_t wait_ms = 5000;
    StepId otherwise;
    // A question whose answer is kept with the contact, "" for none, and what each key answers: a
    // key that is not listed answers nothing (the star that repeats). An empty list: keys answer
    // themselves.
    std::string stores;
    std::map<std::string, std::string> answers;

    AMER_FIELDS(Menu, prompts, keys, languages, invalid, no_input, tries, wait_ms, otherwise,
                stores, answers)
};

// Speaks and gathers digits until '#', the longest length, or silence.
struct Collect {
    enum class Purpose : std::uint8_t { callback_number, reference };

    std::vector<PromptId> prompts;
    Purpose purpose = Purpose::callback_number;
    std::int32_t longest = 15;
    std::int32_t wait_ms = 6000;
    std::int32_t tries = 2;
    PromptId invalid{"INV"};
    StepId next;       // understood
    StepId otherwise;  // not understood after all tries

    AMER_FIELDS(Collect, prompts, purpose, longest, wait_ms, tries, invalid, next, otherwise)
};

// The notice that the call is recorded; the key refuses (domain.md section 7, REC).
struct Consent {
    PromptId prompt{"REC"};
    PromptId refused{"REC-OFF"};
    std::string refusal_key{"9"};
    StepId next;

    AMER_FIELDS(Consent, prompt, refused, refusal_key, next)
};

// Asks the official calendar; the closed way makes the caller's promise at once.
struct Hours {
    StepId open;
    StepId closed;

    AMER_FIELDS(Hours, open, closed)
};

struct CallerKnown {  // has the caller a number we can call back?
    StepId known;
    StepId hidden;

    AMER_FIELDS(CallerKnown, known, hidden)
};

struct Enqueue {
    QueueId queue;
    std::int32_t priority = 0;            // minutes of waiting this is worth
    std::optional<PromptId> said_before;  // XFER with {department}
    StepId when_closed;         // the centre closed before he got here, or over him while he waited
    bool is_emergency = false;  // served before all who are not
    // Where he goes instead of waiting (on); "" is as when_closed.
    StepId when_full = {};      // the queue takes no more
    StepId when_nobody = {};    // no agent who could serve him is there
    StepId after_longest = {};  // he has waited as long as the queue lets him
    // What he may choose while he waits: to go on elsewhere in the flow, or with this key to be
    // called back when his turn comes. The promise is made at once, with his place.
    std::map<std::string, StepId> keys = {};
    std::string callback_key = {};
    StepId callback = {};
    // He stands in these too, with the same place: an agent of any of them may be offered him. He
    // is counted in `queue`, whose rules say what he is told and how long he waits.
    std::vector<QueueId> also = {};

    AMER_FIELDS(Enqueue, queue, priority, said_before, when_closed, is_emergency, when_full,
                when_nobody, after_longest, keys, callback_key, callback, also)
};

struct TakeMessage {
    std::vector<PromptId> prompts;  // CLS-MSG; the tone follows
    std::int32_t longest_ms = 180'000;
    std::int32_t silence_ms = 6'000;
    PromptId thanks{"CLS-OK"};
    PromptId nothing_left{"CLS-NONE"};
    StepId next;
    // What he left is his to hear (1), to record again (2) or to send (3); who says nothing, or
    // hangs up, has sent it. "": it is sent at once.
    PromptId review = {};
    PromptId heard = {};  // before it is played to him; says {message}
    std::int32_t review_wait_ms = 6'000;

    AMER_FIELDS(TakeMessage, prompts, longest_ms, silence_ms, thanks, nothing_left, next, review,
                heard, review_wait_ms)
};

// Looks the collected reference up among the promises and says how it stands.
struct LookUp {
    PromptId found{"REF-SAY"};
    PromptId unknown{"REF-BAD"};
    StepId next;

    AMER_FIELDS(LookUp, found, unknown, next)
};

// While a notice is in force (a storm, a road closed) it is said here, and a key may lead on;
// without a notice, or without a key, the call goes on at once.
struct Notice {
    std::vector<PromptId> prompts{PromptId{"STORM"}};
    std::map<std::string, StepId> keys;
    std::int32_t wait_ms = 3000;
    StepId next;

    AMER_FIELDS(Notice, prompts, keys, wait_ms, next)
};

struct HangUp {
    std::vector<PromptId> prompts;

    AMER_FIELDS(HangUp, prompts)
};

using StepBody = std::variant<Say, Menu, Collect, Consent, Hours, CallerKnown, Enqueue, TakeMessage,
                              LookUp, HangUp, Notice>;

struct Step {
    StepId id;
    StepBody body;

    AMER_FIELDS(Step, id, body)
};

struct Flow {
    FlowId id;
    StepId first;
    std::vector<Step> steps;

    AMER_FIELDS(Flow, id, first, steps)
};

}  // namespace amer::flow

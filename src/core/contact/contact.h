#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "core/terms/terms.h"

namespace amer::contact {

// What somebody is beside the agent whose contact it is.
enum class Part : std::uint8_t {
    consulted,   // the agent asks him; the caller hears music meanwhile
    conferring,  // all three hear each other
    listening,   // a supervisor, heard by nobody
    whispering,  // a supervisor, heard by the agent
    barging,     // a supervisor, heard by all
};

// Does he talk with the caller?
inline bool is_heard_by_caller(Part part) {
    return part == Part::conferring || part == Part::barging;
}

inline bool is_supervising(Part part) {
    return part == Part::listening || part == Part::whispering || part == Part::barging;
}

// One more on a contact that is being talked on.
struct Party {
    OfferId invitation;  // his telephone rings by it; his number on this contact afterwards
    AgentId agent;
    Part part = Part::consulted;
    bool is_here = false;  // he has answered

    AMER_FIELDS(Party, invitation, agent, part, is_here)
};

// One more queue in which a contact stands at the same time, with the same place.
struct AlsoIn {
    QueueId queue;
    std::int32_t step = 0;  // how far that queue's requirements are relaxed

    AMER_FIELDS(AlsoIn, queue, step)
};

// A contact while it lives: one caller, or one citizen we call back, from first ring to last word.
// It is in exactly one stage; ended contacts are history and live in the journal only.
struct Contact {
    enum class Stage : std::uint8_t {
        arriving,   // inbound: answered, his ACK is not here yet
        in_flow,    // hears prompts, presses keys, leaves a message
        queued,     // waits for an agent
        offered,    // an agent is reserved or rung for it
        dialling,   // callback: the citizen's phone rings; the agent waits, or is yet to be found
        greeting,   // callback: the citizen hears who calls, or that nobody is free for him
        connected,  // talks with the agent
        briefing,   // callback: the agent hears the message before the citizen is dialled
    };
    // How far the present step is.
    enum class Phase : std::uint8_t {
        asking,     // its prompts play
        awaiting,   // a key is awaited
        recording,  // a message is being left
        parting,    // its last words play: thanks, "will not be recorded"
        reviewing,  // a message was left: he is asked what to do with it, or hears it
    };

    ContactId id;
    bool is_callback = false;
    Stage stage = Stage::arriving;
    LegId leg;
    std::string dialled;
    CallerIdentity caller;
    TrunkId trunk;
    FlowId flow;
    Language language = Language::arabic;
    PromiseId promise;  // callback: to be kept; inbound: made for him, or joined
    Instant opened_at;
    // In force when he rang: he goes through its flows to the end, whatever is published meanwhile.
    std::uint64_t configuration_version = 0;
    FlowId after_agent;   // where he goes when his agent hangs up first; "": nowhere
    AgentId talked_with;  // who has hung up; he goes on in the flow

    StepId step;
    Phase phase = Phase::asking;
    PlaybackId playback;  // what he hears; a finish of any other is late news
    std::int32_t tries = 0;
    std::string digits;     // of the present step
    std::string reference;  // the last one he keyed in
    bool was_cut = false;   // a key came in this step
    // A Say came to its end by itself at this instant: see kSamePress in decide_flow.cc.
    std::optional<Instant> say_ended_at;

    std::optional<bool> has_consent;  // nothing: not asked yet
    RecordingId recording;            // of the whole contact
    RecordingId message;              // being left now
    RecordingId left_message;         // the last one he left, which he may hear

    QueueId queue;                             // the first, by which it is counted
    std::int32_t priority = 0;                 // minutes of waiting
    bool is_emergency = false;                 // before all others
    std::int32_t queue_step = 0;               // how far the queue's requirements are relaxed
    std::int32_t rings_in = 0;                 // offered in: 0 the first queue, else of `also`
    std::vector<AlsoIn> also;                  // most stand in one queue only
    std::optional<Instant> queued_since;       // the first time he was queued: his place
    Instant joined_at;                         // the present queue
    std::optional<Instant> closing;            // of the day on which he came to it
    std::optional<Instant> announced_at;       // when he was last told how he stands
    std::optional<std::int32_t> told_minutes;  // and what he was told to expect
    std::optional<Instant> held_until;         // no agent is offered it before, but
    AgentId held_for;                          // this one; "": whom somebody else chooses
    bool keeps_place = false;                  // a call back that stands where its citizen stood
    bool has_citizen = false;                  // a call back whose citizen waits on the line
    std::vector<OfferId> offers;               // out at the same time; usually one
    bool rings_on = false;                     // another phone may ring for it beside those
    std::int32_t declines = 0;                 // offers of it that agents let pass
    AgentId agent;
    std::vector<Party> parties;                // beside him, while he talks; the first came first
    std::optional<Instant> recording_goes_on;  // paused: when it goes on by itself

    std::optional<Instant> deadline;  // when the stage or step ends by itself

    AMER_FIELDS(Contact, id, is_callback, stage, leg, dialled, caller, trunk, flow, language,
                promise, opened_at, step, phase, playback, tries, digits, reference, was_cut,
                say_ended_at, has_consent, recording, message, queue, priority, queued_since,
                joined_at, offers, rings_on, agent, deadline, is_emergency, queue_step, declines,
                configuration_version, after_agent, talked_with, closing, announced_at,
                told_minutes, keeps_place, held_until, held_for, rings_in, also, parties,
                recording_goes_on, left_message, has_citizen)

    // In a queue, whether or not phones ring for it.
    bool waits() const { return stage == Stage::queued || stage == Stage::offered; }
    // A call back for which the citizen was rung before any agent, and which has none yet.
    bool is_dialled_ahead() const {
        if (!is_callback || agent) return false;
        return stage == Stage::dialling || stage == Stage::greeting || (has_citizen && waits());
    }
    const Party* party(const AgentId& who) const {
        for (const Party& each : parties) {
            if (each.agent == who) return &each;
        }
        return nullptr;
    }
    const Party* party(OfferId invitation) const {
        for (const Party& each : parties) {
            if (each.invitation == invitation) return &each;
        }
        return nullptr;
    }
    // The caller hears music: his agent asks somebody else.
    bool is_caller_aside() const {
        for (const Party& each : parties) {
            if (each.part == Part::consulted) return true;
        }
        return false;
    }
};

}  // namespace amer::contact

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/fields.h"
#include "core/agent/agent_state.h"
#include "core/callback/promise.h"
#include "core/centre/command.h"
#include "core/centre/configuration.h"
#include "core/queue/expected_wait.h"
#include "core/queue/passed_over.h"
#include "core/terms/terms.h"

namespace amer::centre {

// What happened: past tense, complete in itself, never edited once released. The instant stands in
// the journal entry that carries the event.

struct ConfigurationPublished {
    Configuration configuration;  // with its version

    AMER_FIELDS(ConfigurationPublished, configuration)
};

struct CentreRecovered {  // a start after which nothing of the former process lives
    std::int64_t contacts_broken = 0;

    AMER_FIELDS(CentreRecovered, contacts_broken)
};

enum class ContactKind : std::uint8_t { inbound, callback };

struct ContactOpened {
    ContactId contact;
    ContactKind kind = ContactKind::inbound;
    LegId leg;            // inbound: the adapter's caller leg
    std::string dialled;  // inbound: the number of ours, E.164
    CallerIdentity caller;
    TrunkId trunk;
    FlowId flow;        // inbound
    PromiseId promise;  // callback: the promise it is to keep
    Language language = Language::arabic;

    AMER_FIELDS(ContactOpened, contact, kind, leg, dialled, caller, trunk, flow, promise, language)
};

struct StepEntered {
    ContactId contact;
    StepId step;

    AMER_FIELDS(StepEntered, contact, step)
};

struct PromptStarted {  // replaces what he was hearing
    ContactId contact;
    PlaybackId playback;
    Language language = Language::arabic;
    std::vector<Saying> sayings;
    bool cut_by_key = true;
    bool is_to_agent = false;  // of a call back, before the citizen is dialled; else to the caller

    AMER_FIELDS(PromptStarted, contact, playback, language, sayings, cut_by_key, is_to_agent)
};

struct InputAwaited {  // the prompt is over (or cut); a key is awaited until then
    ContactId contact;
    Instant until;

    AMER_FIELDS(InputAwaited, contact, until)
};

struct DigitPressed {
    ContactId contact;
    std::string digit;

    AMER_FIELDS(DigitPressed, contact, digit)
};

struct InputRefused {  // wrong key or none; the count of tries grows
    ContactId contact;

    AMER_FIELDS(InputRefused, contact)
};

struct DigitsCollected {
    ContactId contact;
    flow::Collect::Purpose purpose = flow::Collect::Purpose::callback_number;
    std::string digits;
    std::optional<PhoneNumber> number;  // when the purpose is a number

    AMER_FIELDS(DigitsCollected, contact, purpose, digits, number)
};

struct LanguageChosen {
    ContactId contact;
    Language language = Language::arabic;

    AMER_FIELDS(LanguageChosen, contact, language)
};

struct ConsentRecorded {  // the caller heard the notice and stayed, or refused by key
    ContactId contact;
    PromptId prompt;
    std::uint64_t configuration_version = 0;
    bool is_given = true;

    AMER_FIELDS(ConsentRecorded, contact, prompt, configuration_version, is_given)
};

enum class RecordingKind : std::uint8_t { contact, message };

struct RecordingStarted {
    RecordingId recording;
    ContactId contact;
    RecordingKind kind = RecordingKind::contact;
    std::int64_t longest_ms = 0;  // messages: ends by itself then, at a '#', or after the silence
    std::int64_t silence_ms = 0;

    AMER_FIELDS(RecordingStarted, recording, contact, kind, longest_ms, silence_ms)
};

struct RecordingFinished {
    RecordingId recording;
    ContactId contact;
    RecordingKind kind = RecordingKind::contact;
    std::int64_t length_ms = 0;
    std::uint64_t bytes = 0;
    std::string sha256;
    bool has_failed = false;

    AMER_FIELDS(RecordingFinished, recording, contact, kind, length_ms, bytes, sha256, has_failed)
};

struct MessageLeft {
    PromiseId promise;
    ContactId contact;
    RecordingId recording;
    std::int64_t length_ms = 0;
    std::string sha256 = {};  // of its file

    AMER_FIELDS(MessageLeft, promise, contact, recording, length_ms, sha256)
};

struct ContactQueued {  // music from now on
    ContactId contact;
    QueueId queue;
    std::int32_t priority = 0;
    Instant since;  // his place: kept over every failed offer
    bool is_emergency = false;

    AMER_FIELDS(ContactQueued, contact, queue, priority, since, is_emergency)
};

// He has waited so long that the queue asks less of an agent.
struct RequirementRelaxed {
    ContactId contact;
    std::int32_t step = 0;  // of the queue's steps, from 0
    QueueId queue;          // "": the first it stands in

    AMER_FIELDS(RequirementRelaxed, contact, step, queue)
};

// A new day of the calendar's zone: what is counted by shift begins anew.
struct DayBegan {
    std::string day;  // "2026-11-24"
    Instant next;     // when the day after it begins

    AMER_FIELDS(DayBegan, day, next)
};

// A contact leaves a queue exactly once, for one reason (acd.md 6.1, I3). All from `timeout` to
// `transfer` are flow-outs. Of several queues the first is left last and for the true reason, the
// others as `answered_elsewhere`, or `elsewhere` when nobody answered.
enum class QueueExit : std::uint8_t {
    answered,
    abandoned,
    timeout,             // the longest wait was over
    key,                 // he chose another way
    closing,             // the day closed over him
    no_agent,            // nobody is there who could serve him
    callback,            // he chose to be called back
    transfer,            // to another queue
    elsewhere,           // what became of it is counted elsewhere
    failed,              // the process died
    answered_elsewhere,  // and counted in the first queue it stood in
};

struct QueueLeft {
    ContactId contact;
    QueueId queue;
    QueueExit how = QueueExit::answered;

    AMER_FIELDS(QueueLeft, contact, queue, how)
};

// Why this agent, and why not the others (acd.md section 5, 6).
struct OfferMade {
    OfferId offer;
    ContactId contact;
    AgentId agent;
    QueueId queue;
    Instant ring_until;
    queue::Strategy strategy = queue::Strategy::longest_idle;
    std::uint64_t draw = 0;  // strategies with chance: what they drew
    std::int32_t step = 0;   // of the queue's requirements
    std::vector<queue::PassedOver> passed_over;

    AMER_FIELDS(OfferMade, offer, contact, agent, queue, ring_until, strategy, draw, step,
                passed_over)
};

struct OfferRang {
    OfferId offer;

    AMER_FIELDS(OfferRang, offer)
};

struct OfferAccepted {
    OfferId offer;
    ContactId contact;
    AgentId agent;

    AMER_FIELDS(OfferAccepted, offer, contact, agent)
};

enum class OfferEnd : std::uint8_t {
    no_answer,  // ring time over: agent not ready (RONA)
    rejected,
    busy,
    unreachable,
    caller_left,
    crash,
    answered_elsewhere,  // another agent was first
};

// Did the agent let it pass, who could have answered?
inline bool was_let_pass(OfferEnd how) {
    return how == OfferEnd::no_answer || how == OfferEnd::rejected || how == OfferEnd::busy;
}

struct OfferEnded {  // without an answer: the agent's phone must stop ringing at once
    OfferId offer;
    ContactId contact;
    AgentId agent;
    OfferEnd how = OfferEnd::no_answer;

    AMER_FIELDS(OfferEnded, offer, contact, agent, how)
};

struct ContactConnected {  // caller and agent hear each other
    ContactId contact;
    AgentId agent;

    AMER_FIELDS(ContactConnected, contact, agent)
};

enum class ContactEnd : std::uint8_t {
    completed,     // talked with an agent, either side hung up
    abandoned,     // left while waiting or ringing
    left_in_flow,  // hung up in the greeting or a menu
    flow_ended,    // the centre said goodbye
    promised,      // ended with a promise (message, out of hours)
    not_reached,   // a call back that did not reach the citizen
    agent_left,    // a call back whose agent left before the citizen answered
    broken_by_crash,
};

struct ContactEnded {  // every leg of it must be hung up
    ContactId contact;
    ContactEnd how = ContactEnd::completed;

    AMER_FIELDS(ContactEnded, contact, how)
};

struct AgentStateChanged {
    AgentId agent;
    agent::AgentState state = agent::AgentState::logged_out;
    std::string reason;            // of not_ready: "no_answer", "break", what he said
    std::optional<Instant> until;  // wrap-up and delays end by themselves
    ContactId contact;

    AMER_FIELDS(AgentStateChanged, agent, state, reason, until, contact)
};

struct AgentChangeDeferred {  // not ready or log out asked while busy: happens after wrap-up
    AgentId agent;
    agent::AgentState state = agent::AgentState::not_ready;
    std::string reason;

    AMER_FIELDS(AgentChangeDeferred, agent, state, reason)
};

struct PromiseMade {
    callback::Promise promise;

    AMER_FIELDS(PromiseMade, promise)
};

struct PromiseNumberGiven {  // a hidden caller told his number
    PromiseId promise;
    PhoneNumber number;

    AMER_FIELDS(PromiseNumberGiven, promise, number)
};

struct PromiseOffered {  // due: a callback contact stands in the queue for it
    PromiseId promise;
    ContactId contact;

    AMER_FIELDS(PromiseOffered, promise, contact)
};

struct AttemptStarted {  // the dial intent, journalled before the INVITE leaves
    PromiseId promise;
    ContactId contact;
    AgentId agent;             // who waits for the citizen; "": he is dialled before any agent
    std::int32_t attempt = 0;  // from 1
    PhoneNumber number;
    TrunkId trunk;
    std::int32_t ring_ms = 0;
    QueueId queue = {};  // without an agent: where he will wait for one

    AMER_FIELDS(AttemptStarted, promise, contact, agent, attempt, number, trunk, ring_ms, queue)
};

struct AttemptFailed {
    PromiseId promise;
    ContactId contact;
    AttemptOutcome outcome = AttemptOutcome::no_answer;
    std::optional<Instant> next_try;  // nothing: that was the last
    bool counts = true;               // as one of the tries

    AMER_FIELDS(AttemptFailed, promise, contact, outcome, next_try, counts)
};

// Offered or due, but no agent took it before closing, or he left first: not a try.
struct PromisePutBack {
    PromiseId promise;
    Instant next_try = {};

    AMER_FIELDS(PromisePutBack, promise, next_try)
};

struct PromiseKept {
    PromiseId promise;
    ContactId contact;

    AMER_FIELDS(PromiseKept, promise, contact)
};

enum class BreakReason : std::uint8_t { tries_used_up, no_number, invalid_number };

struct PromiseBroken {  // aloud: an alarm, a report line
    PromiseId promise;
    BreakReason reason = BreakReason::tries_used_up;

    AMER_FIELDS(PromiseBroken, promise, reason)
};

struct PromiseOverdue {  // its window passed and it is still open: said aloud, still to be called
    PromiseId promise;

    AMER_FIELDS(PromiseOverdue, promise)
};

struct PromiseWithdrawn {
    PromiseId promise;
    std::string by;
    std::string reason;

    AMER_FIELDS(PromiseWithdrawn, promise, by, reason)
};

struct PromiseRedated {  // the calendar changed
    PromiseId promise;
    Window due;
    Window due_before;
    std::uint64_t calendar_version = 0;
    Instant next_try = {};

    AMER_FIELDS(PromiseRedated, promise, due, due_before, calendar_version, next_try)
};

// The same caller again: no second promise, this contact is noted with the one he has.
struct PromiseJoined {
    PromiseId promise;
    ContactId contact;

    AMER_FIELDS(PromiseJoined, promise, contact)
};

// The agent hung up first and the caller is still there: he goes on in this flow. The recording of
// the contact ends here.
struct TalkEnded {
    ContactId contact;
    AgentId agent;
    FlowId flow;

    AMER_FIELDS(TalkEnded, contact, agent, flow)
};

struct SurveyAnswered {  // a key at a step that stores its answer
    ContactId contact;
    std::string question;  // "happiness"
    std::string answer;    // "unhappy"
    AgentId agent;         // whom he talked with; empty: nobody
    QueueId queue;

    AMER_FIELDS(SurveyAnswered, contact, question, answer, agent, queue)
};

struct AlarmRaised {
    std::string what;   // "no_opening_in_30_days", "offers_declined"
    ContactId contact;  // where it is about one

    AMER_FIELDS(AlarmRaised, what, contact)
};

struct RingingWidened {  // one more phone may ring for it
    ContactId contact;

    AMER_FIELDS(RingingWidened, contact)
};

struct PhoneUseChanged {  // a call that is none of ours
    AgentId agent;
    bool is_in_use = false;

    AMER_FIELDS(PhoneUseChanged, agent, is_in_use)
};

// His agent was lost in the middle of the call; he waits again, before others.
struct ContactReturned {
    ContactId contact;
    AgentId agent;

    AMER_FIELDS(ContactReturned, contact, agent)
};

// How he stands, as he is told it. The estimate is kept to be compared with what came true.
struct WaitTold {
    ContactId contact;
    QueueId queue;
    std::int64_t position = 1;
    std::int64_t ahead = 0;                       // callers before him who want the same agents
    std::int64_t agents = 0;                      // logged in for him
    std::optional<queue::WaitEstimate> estimate;  // nothing: too little is known
    std::optional<std::int32_t> minutes;          // what is told of it

    AMER_FIELDS(WaitTold, contact, queue, position, ahead, agents, estimate, minutes)
};

// More callers wait than the queue takes: he goes another way, or stands in his other queues only.
struct QueueFull {
    ContactId contact;
    QueueId queue;
    std::int64_t waiting = 0;

    AMER_FIELDS(QueueFull, contact, queue, waiting)
};

// He stands in a queue since then, and whoever calls him back stands in it for him.
struct PromisePlaced {
    PromiseId promise;
    QueueId queue;
    Instant since;
    std::int32_t priority = 0;
    Instant next_try;

    AMER_FIELDS(PromisePlaced, promise, queue, since, priority, next_try)
};

enum class HoldReason : std::uint8_t {
    last_agent,  // he talked with this one before
    preferred,   // somebody asked for this one
    external,    // somebody else chooses
};

// An agent who could serve it is passed over until then (acd.md 6.1, I8).
struct ContactHeld {
    ContactId contact;
    AgentId agent;  // for whom; "": for whom somebody else chooses
    HoldReason why = HoldReason::preferred;
    Instant until;
    std::string by;  // who asked for it

    AMER_FIELDS(ContactHeld, contact, agent, why, until, by)
};

enum class HoldEnd : std::uint8_t { over, agent_away };

struct HoldEnded {  // it is anybody's again; an offer ends it too
    ContactId contact;
    HoldEnd how = HoldEnd::over;

    AMER_FIELDS(HoldEnded, contact, how)
};

struct ContactAssigned {  // the offer follows
    ContactId contact;
    AgentId agent;
    std::string by;

    AMER_FIELDS(ContactAssigned, contact, agent, by)
};

struct NoticeSet {
    UnitId area;
    Instant until;
    std::string by;

    AMER_FIELDS(NoticeSet, area, until, by)
};

struct NoticeEnded {  // before its time
    std::string by;

    AMER_FIELDS(NoticeEnded, by)
};

// From the agent to another queue; what follows says how he waits there.
struct ContactTransferred {
    ContactId contact;
    AgentId agent;  // who had it
    QueueId queue;  // to which it goes
    std::string by;

    AMER_FIELDS(ContactTransferred, contact, agent, queue, by)
};

// The telephone of one more rings for a contact that is being talked on.
struct PartyInvited {
    OfferId invitation;
    ContactId contact;
    AgentId agent;
    contact::Part part = contact::Part::consulted;
    Instant ring_until;

    AMER_FIELDS(PartyInvited, invitation, contact, agent, part, ring_until)
};

struct PartyJoined {  // he answered
    OfferId invitation;
    ContactId contact;
    AgentId agent;

    AMER_FIELDS(PartyJoined, invitation, contact, agent)
};

struct PartyChanged {
    OfferId invitation;
    ContactId contact;
    AgentId agent;
    contact::Part part = contact::Part::consulted;

    AMER_FIELDS(PartyChanged, invitation, contact, agent, part)
};

enum class PartyEnd : std::uint8_t {
    left,       // he hung up
    dismissed,  // the agent went on without him
    no_answer,  // he never came
    rejected,
    busy,
    unreachable,
    talk_ended,  // there is nothing to be a party to any more
    crash,
};

struct PartyLeft {  // his leg is hung up, or stops ringing
    OfferId invitation;
    ContactId contact;
    AgentId agent;
    PartyEnd how = PartyEnd::left;

    AMER_FIELDS(PartyLeft, invitation, contact, agent, how)
};

// A party has become the agent of the contact; who had it has left it.
struct ContactHandedOver {
    ContactId contact;
    OfferId invitation;
    AgentId from;
    AgentId to;

    AMER_FIELDS(ContactHandedOver, contact, invitation, from, to)
};

struct RecordingPaused {  // what is said meanwhile is silence in the file
    RecordingId recording;
    ContactId contact;
    std::string by;
    Instant until;  // it goes on by itself then

    AMER_FIELDS(RecordingPaused, recording, contact, by, until)
};

enum class ResumeReason : std::uint8_t { asked, time_over, next_agent };

struct RecordingResumed {
    RecordingId recording;
    ContactId contact;
    ResumeReason why = ResumeReason::asked;
    std::string by;

    AMER_FIELDS(RecordingResumed, recording, contact, why, by)
};

// It stands in this queue too, besides the first one that ContactQueued named (acd.md 6.4, 16).
struct ContactAlsoQueued {
    ContactId contact;
    QueueId queue;
    Instant since;  // the same place

    AMER_FIELDS(ContactAlsoQueued, contact, queue, since)
};

// He is asked what to do with the message he left: send it, hear it, record it again.
struct ReviewBegan {
    ContactId contact;
    RecordingId recording;

    AMER_FIELDS(ReviewBegan, contact, recording)
};

struct ReviewEnded {  // it is sent, or another one follows
    ContactId contact;
    RecordingId recording;
    bool is_sent = true;

    AMER_FIELDS(ReviewEnded, contact, recording, is_sent)
};

// The calendar has one more closure, or one that was changed: the centre closed, or opens again.
struct ClosureSet {
    calendar::Closure closure;
    std::uint64_t calendar_version = 0;  // of the calendar with it
    std::string by;

    AMER_FIELDS(ClosureSet, closure, calendar_version, by)
};

// The promise ledger up to here, at the end of a day on which something was written into it
// (core/centre/ledger_line.h).
struct LedgerSealed {
    std::string day;          // the local day that is over
    std::uint64_t lines = 0;  // since the first one
    std::string head;         // of the chain of their digests

    AMER_FIELDS(LedgerSealed, day, lines, head)
};

struct NotificationOwed {
    notification::Notification notification;

    AMER_FIELDS(NotificationOwed, notification)
};

struct NotificationSent {  // the gateway has taken it
    NotificationId notification;
    std::string receipt;

    AMER_FIELDS(NotificationSent, notification, receipt)
};

struct NotificationGivenUp {
    NotificationId notification;
    std::string why;

    AMER_FIELDS(NotificationGivenUp, notification, why)
};

using Event = std::variant<
    ConfigurationPublished, CentreRecovered, ContactOpened, StepEntered, PromptStarted,
    InputAwaited, DigitPressed, InputRefused, DigitsCollected, LanguageChosen, ConsentRecorded,
    RecordingStarted, RecordingFinished, MessageLeft, ContactQueued, OfferMade, OfferRang,
    OfferAccepted, OfferEnded, ContactConnected, ContactEnded, AgentStateChanged,
    AgentChangeDeferred, PromiseMade, PromiseNumberGiven, PromiseOffered, AttemptStarted,
    AttemptFailed, PromisePutBack, PromiseKept, PromiseBroken, PromiseOverdue, PromiseWithdrawn,
    PromiseRedated, AlarmRaised, PromiseJoined, QueueLeft, RequirementRelaxed, DayBegan,
    PhoneUseChanged, ContactReturned, RingingWidened, TalkEnded, SurveyAnswered, WaitTold,
    QueueFull, PromisePlaced, ContactHeld, HoldEnded, ContactAssigned, NoticeSet, NoticeEnded,
    ContactTransferred, PartyInvited, PartyJoined, PartyChanged, PartyLeft, ContactHandedOver,
    RecordingPaused, RecordingResumed, ContactAlsoQueued, ClosureSet, LedgerSealed,
    NotificationOwed, NotificationSent, NotificationGivenUp, ReviewBegan, ReviewEnded>;

}  // namespace amer::centre

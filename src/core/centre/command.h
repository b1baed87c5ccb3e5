#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/fields.h"
#include "core/callback/attempt.h"
#include "core/centre/configuration.h"
#include "core/contact/contact.h"
#include "core/terms/terms.h"

namespace amer::centre {

// What the world asks of the centre. Commands are imperative; each is answered by events or by a
// Rejection. All are idempotent where the world may repeat itself (late BYE, second FinishPrompt):
// what no longer fits the state yields no events and no rejection.

struct PublishConfiguration {
    Configuration configuration;

    AMER_FIELDS(PublishConfiguration, configuration)
};

// First command after every start: what was alive when the process died is ended, released,
// turned into promises (acd.md case 32).
struct RecoverFromCrash {
    AMER_FIELDS(RecoverFromCrash)
};

struct Tick {  // a deadline of the state has passed
    AMER_FIELDS(Tick)
};

struct OpenContact {  // an INVITE from a trunk
    LegId leg;
    std::string dialled;                // as sent
    std::optional<PhoneNumber> number;  // `dialled` normalised, when it could be
    CallerIdentity caller;
    TrunkId trunk;

    AMER_FIELDS(OpenContact, leg, dialled, number, caller, trunk)
};

struct CallerConnected {  // his ACK: he can hear us
    ContactId contact;

    AMER_FIELDS(CallerConnected, contact)
};

struct PressDigit {
    ContactId contact;
    std::string digit;

    AMER_FIELDS(PressDigit, contact, digit)
};

struct FinishPrompt {
    ContactId contact;
    PlaybackId playback;

    AMER_FIELDS(FinishPrompt, contact, playback)
};

// A recording file is complete (or was recovered after a crash).
struct FinishRecording {
    RecordingId recording;
    std::int64_t length_ms = 0;
    std::uint64_t bytes = 0;
    std::string sha256;
    bool has_failed = false;

    AMER_FIELDS(FinishRecording, recording, length_ms, bytes, sha256, has_failed)
};

struct CallerLeft {
    ContactId contact;

    AMER_FIELDS(CallerLeft, contact)
};

struct AcceptOffer {
    OfferId offer;

    AMER_FIELDS(AcceptOffer, offer)
};

struct ReportRinging {  // the agent's phone rings (180)
    OfferId offer;

    AMER_FIELDS(ReportRinging, offer)
};

enum class DeclineReason : std::uint8_t { rejected, busy, unreachable };

struct DeclineOffer {
    OfferId offer;
    DeclineReason reason = DeclineReason::rejected;

    AMER_FIELDS(DeclineOffer, offer, reason)
};

struct AgentLeft {  // the agent's leg of a connected contact ended
    ContactId contact;
    AgentId agent;

    AMER_FIELDS(AgentLeft, contact, agent)
};

struct SkipBriefing {  // the agent has heard enough: a key of his telephone
    ContactId contact;

    AMER_FIELDS(SkipBriefing, contact)
};

struct CustomerAnswered {  // the citizen we called back
    ContactId contact;

    AMER_FIELDS(CustomerAnswered, contact)
};

using callback::AttemptOutcome;

// He was not reached, or a machine answered; late news once he talks with the agent.
struct CustomerFailed {
    ContactId contact;
    AttemptOutcome outcome = AttemptOutcome::no_answer;

    AMER_FIELDS(CustomerFailed, contact, outcome)
};

struct RegisterPhone {
    AgentId agent;

    AMER_FIELDS(RegisterPhone, agent)
};

struct UnregisterPhone {
    AgentId agent;

    AMER_FIELDS(UnregisterPhone, agent)
};

struct SetReady {
    AgentId agent;

    AMER_FIELDS(SetReady, agent)
};

struct SetNotReady {
    AgentId agent;
    std::string reason;

    AMER_FIELDS(SetNotReady, agent, reason)
};

struct LogOut {
    AgentId agent;

    AMER_FIELDS(LogOut, agent)
};

struct FinishWrapUp {
    AgentId agent;

    AMER_FIELDS(FinishWrapUp, agent)
};

struct ExtendWrapUp {  // by so much more, up to the longest one
    AgentId agent;
    std::int32_t by_ms = 0;

    AMER_FIELDS(ExtendWrapUp, agent, by_ms)
};

// His telephone is used for a call that is none of ours, or no more.
struct ReportPhoneUse {
    AgentId agent;
    bool is_in_use = false;

    AMER_FIELDS(ReportPhoneUse, agent, is_in_use)
};

// The agent's side of a connected contact broke: his browser closed, his network went. The caller
// is still there.
struct LoseAgent {
    ContactId contact;
    AgentId agent;

    AMER_FIELDS(LoseAgent, contact, agent)
};

struct WithdrawPromise {
    PromiseId promise;
    std::string by;
    std::string reason;

    AMER_FIELDS(WithdrawPromise, promise, by, reason)
};

// Somebody else than the queue says who is offered a contact that waits: at once, or not at all.
struct AssignContact {
    ContactId contact;
    AgentId agent;
    std::string by;

    AMER_FIELDS(AssignContact, contact, agent, by)
};

// It waits for this agent as long as he is there, at most so long; then for anybody again.
struct PreferAgent {
    ContactId contact;
    AgentId agent;
    std::int32_t for_ms = 0;
    std::string by;

    AMER_FIELDS(PreferAgent, contact, agent, for_ms, by)
};

// A notice is said where flows have a step for it, until then; a later one replaces it.
struct SetNotice {
    UnitId area;
    Instant until;
    std::string by;

    AMER_FIELDS(SetNotice, area, until, by)
};

// The centre, or an office of it, is closed in that stretch whatever its hours say. One of a known
// id is changed; without an id it is given one.
struct CloseCentre {
    calendar::Closure closure;
    std::string by;

    AMER_FIELDS(CloseCentre, closure, by)
};

struct ReopenCentre {     // now, before its time
    std::string closure;  // "": every closure in force
    std::string by;

    AMER_FIELDS(ReopenCentre, closure, by)
};

// What became of a notification: delivered to the gateway, or given up.
struct ReportNotification {
    NotificationId notification;
    bool is_sent = true;
    std::string detail;  // the gateway's receipt, or why not

    AMER_FIELDS(ReportNotification, notification, is_sent, detail)
};

struct EndNotice {
    std::string by;

    AMER_FIELDS(EndNotice, by)
};

// The agent's word, or a supervisor's, on a contact that is being talked on: to another queue with
// him. Refused when nobody serves it now (acd.md 6.4, 26).
struct TransferContact {
    ContactId contact;
    QueueId queue;
    std::string by;

    AMER_FIELDS(TransferContact, contact, queue, by)
};

// The agent asks a colleague while the caller hears music.
struct ConsultAgent {
    ContactId contact;
    AgentId agent;

    AMER_FIELDS(ConsultAgent, contact, agent)
};

struct ConferAll {  // the caller joins the two
    ContactId contact;

    AMER_FIELDS(ConferAll, contact)
};

struct HandOver {  // the colleague has the contact now; its agent leaves it
    ContactId contact;

    AMER_FIELDS(HandOver, contact)
};

struct DismissParty {  // back without him
    ContactId contact;
    AgentId agent;

    AMER_FIELDS(DismissParty, contact, agent)
};

// A supervisor takes a part in a talk, or changes the part he has.
struct Supervise {
    ContactId contact;
    AgentId agent;
    contact::Part part = contact::Part::listening;

    AMER_FIELDS(Supervise, contact, agent, part)
};

struct PauseRecording {
    ContactId contact;
    std::string by;

    AMER_FIELDS(PauseRecording, contact, by)
};

struct ResumeRecording {
    ContactId contact;
    std::string by;

    AMER_FIELDS(ResumeRecording, contact, by)
};

using Command =
    std::variant<PublishConfiguration, RecoverFromCrash, Tick, OpenContact, CallerConnected,
                 PressDigit, FinishPrompt, FinishRecording, CallerLeft, AcceptOffer, ReportRinging,
                 DeclineOffer, AgentLeft, SkipBriefing, CustomerAnswered, CustomerFailed,
                 RegisterPhone, UnregisterPhone, SetReady, SetNotReady, LogOut, FinishWrapUp,
                 WithdrawPromise, ExtendWrapUp, ReportPhoneUse, LoseAgent, AssignContact,
                 PreferAgent, SetNotice, EndNotice, TransferContact, ConsultAgent, ConferAll,
                 HandOver, DismissParty, Supervise, PauseRecording, ResumeRecording, CloseCentre,
                 ReopenCentre, ReportNotification>;

}  // namespace amer::centre

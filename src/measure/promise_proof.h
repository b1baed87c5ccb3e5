#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/centre/event.h"

namespace amer::measure {

// What the promise ledger says about a day, told from the journal alone: every call that came
// outside hours with the promise it led to, and every other promise made on that day. Promises are
// told to their end, on whichever day that was.

struct LedgerLine {
    std::uint64_t number = 0;  // since the first line of all, from 1
    Instant at;
    std::string text;
    std::string head_before;
    std::string head;  // after it

    AMER_FIELDS(LedgerLine, number, at, text, head_before, head)
};

// Is the sound what it was when it was left? Who gathers from the journal does not look at files.
enum class FileState : std::uint8_t {
    not_looked_at,
    right,       // its digest is the ledger's
    altered,     // it is another
    missing,     // deleted when its time was over, or lost
    unreadable,  // it is there and cannot be read
    no_digest,   // left before digests were written into the ledger
};

struct ProvedMessage {
    Instant at;
    ContactId contact;
    RecordingId recording;
    std::int64_t length_ms = 0;
    std::string sha256;
    FileState file = FileState::not_looked_at;

    AMER_FIELDS(ProvedMessage, at, contact, recording, length_ms, sha256, file)
};

struct ProvedRedating {
    Instant at;
    Window due;
    Window due_before;
    std::uint64_t calendar_version = 0;

    AMER_FIELDS(ProvedRedating, at, due, due_before, calendar_version)
};

struct ProvedAttempt {
    Instant at;
    std::int32_t attempt = 0;
    ContactId contact;
    AgentId agent;
    PhoneNumber number;
    std::optional<Instant> ended;
    // An AttemptOutcome's name, "answered", or "agent_left": he hung up while the phone rang. "" as
    // long as it rings.
    std::string outcome;
    std::optional<Instant> next_try;

    AMER_FIELDS(ProvedAttempt, at, attempt, contact, agent, number, ended, outcome, next_try)
};

struct ProvedNotification {
    NotificationId id;
    Instant at;
    notification::Occasion occasion = notification::Occasion::promise_made;
    notification::Channel channel = notification::Channel::text;
    std::string to;
    std::optional<Instant> ended;
    bool is_sent = false;
    std::string detail;  // the gateway's receipt, or why it was given up

    AMER_FIELDS(ProvedNotification, id, at, occasion, channel, to, ended, is_sent, detail)
};

enum class Standing : std::uint8_t { open, overdue, kept_in_time, kept_late, broken, withdrawn };

struct ProvedPromise {
    PromiseId id;
    std::string reference;
    callback::Promise::Origin origin = callback::Promise::Origin::out_of_hours;
    std::optional<PhoneNumber> number;
    Language language = Language::arabic;
    QueueId queue;
    ContactId made_in;
    Instant made_at;
    Window promised;  // what was said when it was made
    std::uint64_t calendar_version = 0;
    Window due;                     // as it was re-dated last
    std::vector<ContactId> joined;  // the same caller again
    std::vector<ProvedMessage> messages;
    std::vector<ProvedRedating> redatings;
    std::vector<ProvedAttempt> attempts;
    std::vector<ProvedNotification> notifications;
    Standing standing = Standing::open;
    std::optional<Instant> overdue_at;  // said aloud
    std::optional<Instant> ended;
    ContactId kept_in;
    std::string reason;        // of a broken or withdrawn one
    std::string withdrawn_by;  // ""
    std::vector<LedgerLine> lines;

    AMER_FIELDS(ProvedPromise, id, reference, origin, number, language, queue, made_in, made_at,
                promised, calendar_version, due, joined, messages, redatings, attempts,
                notifications, standing, overdue_at, ended, kept_in, reason, withdrawn_by, lines)
};

// Why a call outside hours led to no promise.
enum class WithoutPromise : std::uint8_t {
    is_there,          // he is on the line, what follows is still to be decided
    served,            // he talked with an agent
    waited,            // and left, in the queue of an office that was open
    opened_meanwhile,  // he hung up in the menus of the centre, which had opened over his call
    not_callable,      // an emergency or premium number
    unexplained,       // none of these: it should not be
};

struct ProvedCall {
    ContactId contact;
    Instant at;
    std::string dialled;
    std::optional<PhoneNumber> number;  // none: hidden, or not told
    Language language = Language::arabic;
    std::uint64_t calendar_version = 0;  // by which it was outside hours
    PromiseId promise;                   // 0: none
    bool has_joined = false;             // one that was owed already
    std::optional<WithoutPromise> without;
    std::string how;  // a ContactEnd's name; "": he is there

    AMER_FIELDS(ProvedCall, contact, at, dialled, number, language, calendar_version, promise,
                has_joined, without, how)
};

struct ProofTotals {
    std::int64_t made = 0;
    std::int64_t kept = 0;
    std::int64_t kept_in_time = 0;
    std::int64_t kept_late = 0;
    std::int64_t broken = 0;
    std::int64_t withdrawn = 0;
    std::int64_t open = 0;     // and in time so far
    std::int64_t overdue = 0;  // open, its window passed

    AMER_FIELDS(ProofTotals, made, kept, kept_in_time, kept_late, broken, withdrawn, open, overdue)
};

struct ProvedSeal {
    std::string day;
    Instant at;
    std::uint64_t lines = 0;
    std::string head;
    bool is_right = true;  // its head is what the lines before it come to

    AMER_FIELDS(ProvedSeal, day, at, lines, head, is_right)
};

struct PromiseProof {
    std::string day;
    Instant as_of;  // the journal's last event
    centre::TextPair ministry;
    std::string calendar_name;
    std::int64_t calls_outside_hours = 0;
    std::int64_t calls_with_promise_made = 0;
    std::int64_t calls_with_promise_joined = 0;
    std::int64_t calls_without_promise = 0;
    std::vector<ProvedCall> calls;
    std::vector<ProvedPromise> promises;  // of these calls, in the order of their numbers
    ProofTotals totals;                   // of these
    std::vector<ProvedPromise> others;    // made that day: queue callbacks, after a crash
    ProofTotals other_totals;
    std::vector<ProvedSeal> seals;     // that cover the lines above, oldest first
    std::uint64_t unsealed_lines = 0;  // of the lines above
    std::uint64_t lines = 0;           // of the whole ledger
    std::string head;

    AMER_FIELDS(PromiseProof, day, as_of, ministry, calendar_name, calls_outside_hours,
                calls_with_promise_made, calls_with_promise_joined, calls_without_promise, calls,
                promises, totals, others, other_totals, seals, unsealed_lines, lines, head)
};

}  // namespace amer::measure

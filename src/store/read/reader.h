#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/instant.h"
#include "base/result.h"
#include "core/terms/terms.h"

namespace amer::store {

// Rows of the read tables as people ask for them. Words ("completed", "waiting") are the names the
// core's enums give them; what is not known (yet) is empty.

struct ContactRow {
    ContactId id;
    std::string kind;     // inbound, callback
    std::string dialled;  // E.164
    std::optional<std::string> caller;
    std::string caller_raw;
    std::string caller_name;
    bool caller_hidden = false;
    std::string language;
    std::optional<PromiseId> promise;
    Instant opened;
    std::optional<std::string> queue;
    std::optional<Instant> queued;
    std::optional<std::string> agent;
    std::optional<Instant> answered;
    std::optional<Instant> ended;
    std::optional<std::string> how;  // empty: it lives
    std::optional<std::int64_t> waited_ms;
    std::optional<std::int64_t> talked_ms;
    std::optional<RecordingId> recording;
    std::optional<std::string> answers;  // of the survey: "happiness=unhappy why=waiting"

    AMER_FIELDS(ContactRow, id, kind, dialled, caller, caller_raw, caller_name, caller_hidden,
                language, promise, opened, queue, queued, agent, answered, ended, how, waited_ms,
                talked_ms, recording, answers)
};

struct PromiseRow {
    PromiseId id;
    std::string reference;
    std::string origin;
    std::optional<std::string> number;
    std::string language;
    std::string queue;
    ContactId made_in;
    Instant made;
    Window due;
    Instant next_try;
    std::int64_t tries_made = 0;
    std::optional<RecordingId> message;
    std::int64_t message_ms = 0;
    std::string state;
    bool is_overdue = false;
    std::optional<Instant> ended;
    std::optional<ContactId> kept_in;
    std::optional<std::string> why_ended;
    std::optional<std::string> withdrawn_by;

    AMER_FIELDS(PromiseRow, id, reference, origin, number, language, queue, made_in, made, due,
                next_try, tries_made, message, message_ms, state, is_overdue, ended, kept_in,
                why_ended, withdrawn_by)
};

struct AttemptRow {
    ContactId contact;
    std::int64_t attempt = 0;
    std::string agent;
    std::string number;
    Instant started;
    std::optional<Instant> ended;
    std::optional<std::string> outcome;  // empty: the phone rings

    AMER_FIELDS(AttemptRow, contact, attempt, agent, number, started, ended, outcome)
};

struct RecordingRow {
    RecordingId id;
    ContactId contact;
    std::string kind;   // contact, message
    std::string state;  // recording, complete, failed
    Instant started;
    std::optional<Instant> finished;
    std::optional<std::int64_t> length_ms;
    std::optional<std::int64_t> bytes;
    std::optional<std::string> sha256;

    AMER_FIELDS(RecordingRow, id, contact, kind, state, started, finished, length_ms, bytes, sha256)
};

struct AgentStateRow {
    std::string agent;
    std::string state;
    std::string reason;
    Instant since;
    std::optional<Instant> until;
    std::optional<ContactId> contact;

    AMER_FIELDS(AgentStateRow, agent, state, reason, since, until, contact)
};

// Looks into the read tables by a connection of its own, beside a running centre or without one.
// Any thread, one question at a time. Answers are at most as old as the last journal write.
class Reader {
public:
    // Fails when the folder holds no store.
    static Result<std::unique_ptr<Reader>> open(const std::filesystem::path& folder);
    ~Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    // The newest first.
    Result<std::vector<ContactRow>> contacts(std::size_t limit);
    // Those that have not ended, oldest first.
    Result<std::vector<ContactRow>> living_contacts();
    Result<std::optional<ContactRow>> contact(ContactId id);
    // Open ones, the soonest due first.
    Result<std::vector<PromiseRow>> open_promises();
    // All, the newest first.
    Result<std::vector<PromiseRow>> promises(std::size_t limit);
    Result<std::optional<PromiseRow>> promise(PromiseId id);
    Result<std::vector<AttemptRow>> attempts(PromiseId promise);
    // Begun and not yet complete, oldest first.
    Result<std::vector<RecordingRow>> pending_recordings();
    Result<std::vector<RecordingRow>> recordings_of(ContactId contact);
    Result<std::vector<AgentStateRow>> agents();

private:
    struct Impl;

    explicit Reader(std::unique_ptr<Impl> impl);

    std::unique_ptr<Impl> impl_;
};

}  // namespace amer::store

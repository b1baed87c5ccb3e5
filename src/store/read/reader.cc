#include "store/read/reader.h"

#include <mutex>
#include <utility>

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "store/sqlite/query.h"

namespace amer::store {

namespace {

Instant instant(Cells& cells) { return Instant{Duration{cells.integer()}}; }
std::string text(Cells& cells) { return cells.text(); }
Integer integer(Cells& cells) { return cells.integer(); }
bool flag(Cells& cells) { return cells.integer() != 0; }

template <typename Identifier>
Identifier id(Cells& cells) {
    return Identifier{static_cast<std::uint64_t>(cells.integer())};
}

const std::string kContacts =
    "select contact_id, kind, dialled, caller, caller_raw, caller_name, caller_hidden, language, "
    "promise_id, opened_us, queue, queued_us, agent, answered_us, ended_us, how, waited_ms, "
    "talked_ms, recording_id, answers from contact ";

// Braced lists are evaluated from left to right: the order of the select's columns.
ContactRow contact_row(Cells& cells) {
    return ContactRow{.id = id<ContactId>(cells),
                      .kind = text(cells),
                      .dialled = text(cells),
                      .caller = cells.optional(text),
                      .caller_raw = text(cells),
                      .caller_name = text(cells),
                      .caller_hidden = flag(cells),
                      .language = text(cells),
                      .promise = cells.optional(id<PromiseId>),
                      .opened = instant(cells),
                      .queue = cells.optional(text),
                      .queued = cells.optional(instant),
                      .agent = cells.optional(text),
                      .answered = cells.optional(instant),
                      .ended = cells.optional(instant),
                      .how = cells.optional(text),
                      .waited_ms = cells.optional(integer),
                      .talked_ms = cells.optional(integer),
                      .recording = cells.optional(id<RecordingId>),
                      .answers = cells.optional(text)};
}

const std::string kPromises =
    "select promise_id, reference, origin, number_e164, language, queue, made_in, made_us, "
    "due_from_us, due_until_us, next_try_us, tries_made, message_id, message_ms, state, overdue, "
    "ended_us, kept_in, why_ended, withdrawn_by from callback_promise ";

PromiseRow promise_row(Cells& cells) {
    return PromiseRow{.id = id<PromiseId>(cells),
                      .reference = text(cells),
                      .origin = text(cells),
                      .number = cells.optional(text),
                      .language = text(cells),
                      .queue = text(cells),
                      .made_in = id<ContactId>(cells),
                      .made = instant(cells),
                      .due = Window{instant(cells), instant(cells)},
                      .next_try = instant(cells),
                      .tries_made = integer(cells),
                      .message = cells.optional(id<RecordingId>),
                      .message_ms = integer(cells),
                      .state = text(cells),
                      .is_overdue = flag(cells),
                      .ended = cells.optional(instant),
                      .kept_in = cells.optional(id<ContactId>),
                      .why_ended = cells.optional(text),
                      .withdrawn_by = cells.optional(text)};
}

AttemptRow attempt_row(Cells& cells) {
    return AttemptRow{.contact = id<ContactId>(cells),
                      .attempt = integer(cells),
                      .agent = text(cells),
                      .number = text(cells),
                      .started = instant(cells),
                      .ended = cells.optional(instant),
                      .outcome = cells.optional(text)};
}

const std::string kRecordings =
    "select recording_id, contact_id, kind, state, started_us, finished_us, length_ms, bytes, "
    "sha256 from recording ";

RecordingRow recording_row(Cells& cells) {
    return RecordingRow{.id = id<RecordingId>(cells),
                        .contact = id<ContactId>(cells),
                        .kind = text(cells),
                        .state = text(cells),
                        .started = instant(cells),
                        .finished = cells.optional(instant),
                        .length_ms = cells.optional(integer),
                        .bytes = cells.optional(integer),
                        .sha256 = cells.optional(text)};
}

AgentStateRow agent_row(Cells& cells) {
    return AgentStateRow{.agent = text(cells),
                         .state = text(cells),
                         .reason = text(cells),
                         .since = instant(cells),
                         .until = cells.optional(instant),
                         .contact = cells.optional(id<ContactId>)};
}

template <typename Row>
Result<std::optional<Row>> at_most_one(Result<std::vector<Row>> rows) {
    if (!rows) return tl::unexpected<Error>{std::move(rows.error())};
    if (rows->empty()) return std::optional<Row>{};
    return std::optional<Row>{std::move(rows->front())};
}

}  // namespace

struct Reader::Impl {
    explicit Impl(const std::string& connection) : session{soci::sqlite3, connection} {}

    template <typename Make, typename... Parameters>
    auto ask(const std::string& select, Make make, Parameters... parameters)
        -> Result<std::vector<decltype(make(std::declval<Cells&>()))>> {
        using Row = decltype(make(std::declval<Cells&>()));
        // One connection answers one question at a time.
        const std::scoped_lock hold{mutex};
        try {
            return rows_of<Row>(session, select, make, parameters...);
        } catch (const std::exception& why) {
            return failure(std::string{"cannot read the store: "} + why.what());
        }
    }

    std::mutex mutex;
    soci::session session;
};

Reader::Reader(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Reader::~Reader() = default;

Result<std::unique_ptr<Reader>> Reader::open(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "amer.db";
    std::error_code problem;
    if (!std::filesystem::exists(file, problem)) {
        return failure("there is no store in " + folder.string());
    }
    try {
        auto impl = std::make_unique<Impl>("db=\"" + file.string() + "\" timeout=10 readonly=true");
        return std::unique_ptr<Reader>{new Reader{std::move(impl)}};
    } catch (const std::exception& why) {
        return failure("cannot open " + file.string() + ": " + why.what());
    }
}

Result<std::vector<ContactRow>> Reader::contacts(std::size_t limit) {
    return impl_->ask(kContacts + "order by contact_id desc limit :most", contact_row,
                      static_cast<long long>(limit));
}

Result<std::vector<ContactRow>> Reader::living_contacts() {
    return impl_->ask(kContacts + "where ended_us is null order by contact_id", contact_row);
}

Result<std::optional<ContactRow>> Reader::contact(ContactId id) {
    return at_most_one(impl_->ask(kContacts + "where contact_id = :contact", contact_row,
                                  static_cast<long long>(id.value)));
}

Result<std::vector<PromiseRow>> Reader::open_promises() {
    return impl_->ask(kPromises +
                          "where state in ('waiting', 'offered', 'dialling') "
                          "order by due_from_us, promise_id",
                      promise_row);
}

Result<std::vector<PromiseRow>> Reader::promises(std::size_t limit) {
    return impl_->ask(kPromises + "order by promise_id desc limit :most", promise_row,
                      static_cast<long long>(limit));
}

Result<std::optional<PromiseRow>> Reader::promise(PromiseId id) {
    return at_most_one(impl_->ask(kPromises + "where promise_id = :promise", promise_row,
                                  static_cast<long long>(id.value)));
}

Result<std::vector<AttemptRow>> Reader::attempts(PromiseId promise) {
    return impl_->ask(
        "select contact_id, attempt, agent, number_e164, started_us, ended_us, outcome "
        "from promise_attempt where promise_id = :promise order by started_us, attempt",
        attempt_row, static_cast<long long>(promise.value));
}

Result<std::vector<RecordingRow>> Reader::pending_recordings() {
    return impl_->ask(kRecordings + "where state = 'recording' order by recording_id",
                      recording_row);
}

Result<std::vector<RecordingRow>> Reader::recordings_of(ContactId contact) {
    return impl_->ask(kRecordings + "where contact_id = :contact order by recording_id",
                      recording_row, static_cast<long long>(contact.value));
}

Result<std::vector<AgentStateRow>> Reader::agents() {
    return impl_->ask(
        "select agent, state, reason, since_us, until_us, contact_id from agent_state "
        "order by agent",
        agent_row);
}

}  // namespace amer::store

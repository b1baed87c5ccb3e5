#include "store/sqlite/journal.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "base/canonical_json.h"
#include "base/check.h"
#include "store/journal/upcast.h"
#include "store/snapshot/snapshot.h"
#include "store/sqlite/entries.h"
#include "store/sqlite/folder_lock.h"
#include "store/sqlite/projections.h"
#include "store/sqlite/read_ahead.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/statement.h"
#include "store/sqlite/values.h"

namespace amer::store {

namespace {

// Checking a file reads all of it. A larger one would keep callers waiting: `amer journal check`
// does it beside the running centre, and SQLite still checks every page that is used.
constexpr std::uintmax_t kCheckedAtStart = 64ULL << 20U;

// For a lock of somebody else's (a copy being made, a shell left open).
constexpr std::chrono::milliseconds kPatience{1'000};
constexpr std::chrono::milliseconds kPatienceWhileFailing{20};

// The file exists before SQLite opens it: it and its log are for its owner only.
Result<void> make_file(const std::filesystem::path& folder, const std::filesystem::path& file) {
    std::error_code problem;
    if (std::filesystem::create_directories(folder, problem)) {
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, problem);
    }
    if (problem) return failure("cannot make " + folder.string() + ": " + problem.message());
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return failure("cannot open " + file.string() + ": " + std::strerror(errno));
    }
    ::close(descriptor);
    return {};
}

void set_up(soci::session& session, const std::filesystem::path& file) {
    std::string mode;
    session << "pragma journal_mode = wal", soci::into(mode);
    if (mode != "wal") throw soci::soci_error("it cannot keep a write-ahead log here: " + mode);
    session << "pragma synchronous = full";
    session << "pragma foreign_keys = on";

    if (std::filesystem::file_size(file) > kCheckedAtStart) return;
    std::string verdict;
    session << "pragma quick_check(1)", soci::into(verdict);
    if (verdict != "ok") throw soci::soci_error("it is damaged: " + verdict);
}

}  // namespace

struct SqliteJournal::Impl {
    Impl(std::optional<FolderLock> its_lock, std::filesystem::path its_file, bool is_read_only)
        : lock{std::move(its_lock)},
          file{std::move(its_file)},
          session{soci::sqlite3, "db=\"" + file.string() + "\" timeout=10" +
                                     (is_read_only ? " readonly=true" : "")} {}

    void prepare_writing() {
        projections = std::make_unique<Projections>(session);
        insert =
            std::make_unique<Insert>(session,
                                     "insert into journal "
                                     "(sequence, decision, at_us, type, version, body) "
                                     "values (:sequence, :decision, :at, :type, :version, :body)");
    }
    // Truly something: a row that is set to what it is already, SQLite does not write.
    void write_something() {
        int tries = 0;
        session << "pragma user_version", soci::into(tries);
        session << fmt::format("pragma user_version = {}", (tries + 1) % 1'000'000);
    }
    void wait_for_locks(std::chrono::milliseconds patience) {
        auto* backend = static_cast<soci::sqlite3_session_backend*>(session.get_backend());
        sqlite3_busy_timeout(backend->conn_, static_cast<int>(patience.count()));
    }
    // A statement that found the database locked stands ready to go on, and no later transaction
    // could be committed before it has ended.
    void give_up() {
        wait_for_locks(kPatienceWhileFailing);
        auto* connection =
            static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
        for (auto* statement = sqlite3_next_stmt(connection, nullptr); statement != nullptr;
             statement = sqlite3_next_stmt(connection, statement)) {
            sqlite3_reset(statement);
        }
    }
    void insert_entry(const engine::Entry& entry) {
        std::string body;
        body.reserve(256);
        append_json(body, entry.event);
        const auto type =
            std::visit([](const auto& event) { return std::string{event.kTypeName}; }, entry.event);
        insert->run(column(entry.sequence), column(entry.decision), column(entry.at), type,
                    static_cast<Integer>(version_of(type)), std::move(body));
    }
    using Take = std::function<void(const engine::Entry&)>;
    Result<void> read(decltype(each_decoded) each, std::uint64_t first, const Take& take) {
        auto read = each(session, data(), first, kLastEntry, take);
        if (!read) return failure(fmt::format("{}: {}", file.string(), read.error().what));
        return read;
    }
    // Is every file of the archive what it was?
    Result<void> check_archive() {
        std::string sha256_before;
        for (const Segment& segment : archived_segments(session)) {
            auto read = read_segment(data(), segment, sha256_before, segment.last + 1,
                                     [](const RawEntry&) { return Result<void>{}; });
            if (!read) return read;
            sha256_before = segment.sha256;
        }
        return {};
    }
    std::filesystem::path data() const { return file.parent_path(); }
    Error error(const char* what_failed, const std::exception& why) const {
        // Not what() of SOCI: it adds the values, and whoever called is nobody's business here.
        const auto* of_soci = dynamic_cast<const soci::soci_error*>(&why);
        return Error{fmt::format("{} {}: {}", what_failed, file.string(),
                                 of_soci != nullptr ? of_soci->get_error_message() : why.what())};
    }

    using Insert = Statement<Integer, Integer, Integer, Text, Integer, Text>;

    std::optional<FolderLock> lock;
    std::filesystem::path file;
    soci::session session;
    std::unique_ptr<Projections> projections;  // none: read only
    std::unique_ptr<Insert> insert;
};

SqliteJournal::SqliteJournal(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
SqliteJournal::~SqliteJournal() = default;

Result<std::unique_ptr<SqliteJournal>> SqliteJournal::open(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "amer.db";
    if (const auto made = make_file(folder, file); !made) {
        return tl::unexpected<Error>{made.error()};
    }
    auto lock = FolderLock::take(folder);
    if (!lock) return tl::unexpected<Error>{lock.error()};
    try {
        auto impl = std::make_unique<Impl>(std::move(*lock), file, false);
        set_up(impl->session, file);
        migrate(impl->session);
        impl->prepare_writing();
        long long rules = 0;
        impl->session << "select rules from projection", soci::into(rules);
        std::unique_ptr<SqliteJournal> journal{new SqliteJournal{std::move(impl)}};
        if (rules != kProjectionRules) {
            if (const auto rebuilt = journal->rebuild_projections(); !rebuilt) {
                // Calls are taken all the same: the lists stay as they were until the archive is
                // whole.
                const auto whole = journal->impl_->check_archive();
                if (whole) return tl::unexpected<Error>{rebuilt.error()};
                spdlog::error("the lists are those of an older program: {}", whole.error().what);
            }
        }
        journal->impl_->wait_for_locks(kPatience);
        return journal;
    } catch (const std::exception& why) {
        return failure("cannot open " + file.string() + ": " + why.what());
    }
}

Result<std::unique_ptr<SqliteJournal>> SqliteJournal::open_read_only(
    const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "amer.db";
    try {
        return std::unique_ptr<SqliteJournal>{
            new SqliteJournal{std::make_unique<Impl>(std::nullopt, file, true)}};
    } catch (const std::exception& why) {
        return failure("cannot open " + file.string() + ": " + why.what());
    }
}

Result<void> SqliteJournal::append(const std::vector<engine::Entry>& entries) {
    if (!impl_->projections) return failure("the journal was opened to be read only");
    try {
        soci::transaction transaction{impl_->session};
        for (const engine::Entry& entry : entries) {
            impl_->insert_entry(entry);
            impl_->projections->fold(entry);
        }
        if (entries.empty()) impl_->write_something();
        transaction.commit();
        impl_->wait_for_locks(kPatience);
        return {};
    } catch (const std::exception& why) {
        impl_->give_up();
        return tl::unexpected<Error>{impl_->error("cannot write", why)};
    }
}

Result<void> SqliteJournal::read(std::uint64_t first,
                                 const std::function<void(const engine::Entry&)>& take) {
    try {
        return impl_->read(each_decoded_ahead, first, take);
    } catch (const std::exception& why) {
        return tl::unexpected<Error>{impl_->error("cannot read", why)};
    }
}

Result<std::string> SqliteJournal::entry_digest(std::uint64_t sequence) {
    try {
        return digest_at(impl_->session, impl_->data(), sequence);
    } catch (const std::exception& why) {
        return tl::unexpected<Error>{impl_->error("cannot read", why)};
    }
}

std::optional<engine::Snapshot> SqliteJournal::newest_snapshot(std::uint64_t until) {
    FoundSnapshot found = find_snapshot(
        impl_->data(), until, [this](std::uint64_t at) { return entry_digest(at).value_or(""); });
    for (const std::string& trouble : found.troubles) spdlog::error("{}", trouble);
    return std::move(found.snapshot);
}

Result<void> SqliteJournal::rebuild_projections() {
    AMER_CHECK(impl_->projections != nullptr);
    try {
        soci::transaction transaction{impl_->session};
        impl_->projections->clear();
        // Not ahead: what is folded is written with the same session.
        const auto read = impl_->read(
            each_decoded, 1, [&](const engine::Entry& entry) { impl_->projections->fold(entry); });
        if (!read) return read;
        const long long rules = kProjectionRules;
        impl_->session << "update projection set rules = :rules", soci::use(rules);
        transaction.commit();
        return {};
    } catch (const std::exception& why) {
        return tl::unexpected<Error>{impl_->error("cannot rebuild the tables of", why)};
    }
}

Result<std::uint64_t> SqliteJournal::last_sequence() {
    try {
        long long last = 0;
        // The archive never takes the last one.
        impl_->session << "select coalesce(max(sequence), 0) from journal", soci::into(last);
        return static_cast<std::uint64_t>(last);
    } catch (const std::exception& why) {
        return tl::unexpected<Error>{impl_->error("cannot read", why)};
    }
}

}  // namespace amer::store

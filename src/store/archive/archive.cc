#include "store/archive/archive.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "core/calendar/set_closure.h"
#include "core/centre/centre.h"
#include "store/files/files.h"
#include "store/migrations/migrations.h"
#include "store/snapshot/snapshot.h"
#include "store/sqlite/entries.h"
#include "store/sqlite/folder_lock.h"
#include "store/sqlite/journal.h"
#include "store/sqlite/values.h"

namespace amer::store {

namespace {

namespace fs = std::filesystem;

// Between two deletions the database is left to the running centre, which looks every few
// milliseconds whether it is free.
constexpr std::chrono::milliseconds kPause{10};

class Mover {
public:
    Mover(fs::path data, const ArchiveOptions& options)
        : data_{std::move(data)},
          options_{options},
          session_{soci::sqlite3, "db=\"" + (data_ / "amer.db").string() + "\" timeout=10"} {
        session_ << "pragma synchronous = full";
    }

    Result<Archived> move(Instant before);

private:
    void step(const char* name) const {
        if (options_.before_step) options_.before_step(name);
    }
    std::uint64_t first_row();
    std::uint64_t last_row();
    std::int64_t instant_of(std::uint64_t sequence);
    std::uint64_t last_before(Instant before);
    Result<std::uint64_t> last_movable(std::uint64_t wanted) const;
    Result<Segment> write(std::uint64_t first, std::uint64_t last);
    Result<void> read_back(const Segment& segment);
    void record(const Segment& segment);
    void remove_rows(const Segment& segment);

    const fs::path data_;
    const ArchiveOptions& options_;
    soci::session session_;
    std::string sha256_before_;  // of the last segment there is
};

std::uint64_t Mover::first_row() {
    long long first = 0;
    session_ << "select coalesce(min(sequence), 0) from journal", soci::into(first);
    return static_cast<std::uint64_t>(first);
}

std::uint64_t Mover::last_row() {
    long long last = 0;
    session_ << "select coalesce(max(sequence), 0) from journal", soci::into(last);
    return static_cast<std::uint64_t>(last);
}

std::int64_t Mover::instant_of(std::uint64_t sequence) {
    std::int64_t at_us = 0;
    const auto read = each_row(session_, sequence, sequence, [&](const RawEntry& raw) {
        at_us = raw.at_us;
        return Result<void>{};
    });
    static_cast<void>(read);
    return at_us;
}

// Instants rise with the sequence and are not indexed: halved until it is found. 0: none.
std::uint64_t Mover::last_before(Instant before) {
    std::uint64_t low = first_row();
    std::uint64_t high = last_row() + 1;
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        if (instant_of(middle) < column(before)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == 0 ? 0 : low - 1;
}

// A start needs the newest snapshot, the entry it was taken at and what follows: these stay.
Result<std::uint64_t> Mover::last_movable(std::uint64_t wanted) const {
    const auto journal = SqliteJournal::open_read_only(data_);
    if (!journal) return tl::unexpected<Error>{journal.error()};
    auto snapshot = (*journal)->newest_snapshot(kLastEntry);
    if (!snapshot || snapshot->sequence <= wanted) {
        const auto made = make_snapshot(data_, 0);
        if (!made) return failure("no snapshot could be made: " + made.error().what);
        snapshot = (*journal)->newest_snapshot(kLastEntry);
    }
    if (!snapshot) return failure("the snapshot that was made does not read well");
    return std::min(wanted, snapshot->sequence - 1);
}

Result<Segment> Mover::write(std::uint64_t first, std::uint64_t last) {
    SegmentText text{first, last, sha256_before_};
    const auto added = each_row(session_, first, last, [&](const RawEntry& raw) -> Result<void> {
        // What cannot be read stays where it is, and somebody has to look at it.
        if (const auto entry = decode(raw); !entry) return tl::unexpected<Error>{entry.error()};
        return text.add(raw);
    });
    if (!added) return tl::unexpected<Error>{added.error()};
    const Segment segment = text.segment();

    const fs::path folder = archive_folder(data_);
    const fs::path beside = folder / "new";
    const fs::path file = segment_file(data_, segment);
    step("write");
    if (auto done = write_file(beside, text.text()); !done)
        return tl::unexpected<Error>{done.error()};
    step("sync");
    if (auto done = sync_file(beside); !done) return tl::unexpected<Error>{done.error()};
    step("rename");
    if (auto done = rename_file(beside, file); !done) return tl::unexpected<Error>{done.error()};
    step("sync folder");
    if (auto done = sync_folder(folder); !done) return tl::unexpected<Error>{done.error()};
    return segment;
}

// Entry by entry what the database has, as any reader will find it.
Result<void> Mover::read_back(const Segment& segment) {
    step("read back");
    SegmentText again{segment.first, segment.last, sha256_before_};
    auto read = read_segment(data_, segment, sha256_before_, segment.first,
                             [&](const RawEntry& raw) { return again.add(raw); });
    if (!read) return read;
    if (again.segment() != segment) {
        return failure(segment_file(data_, segment).string() + " reads differently than written");
    }
    return {};
}

void Mover::record(const Segment& segment) {
    step("record");
    soci::transaction transaction{session_};
    record_segment(session_, segment);
    transaction.commit();
    sha256_before_ = segment.sha256;
}

void Mover::remove_rows(const Segment& segment) {
    const std::uint64_t begin = std::max(segment.first, first_row());
    for (std::uint64_t first = begin; first <= segment.last; first += options_.rows_a_deletion) {
        step(first == begin ? "delete" : "delete more");
        const long long from = column(first);
        const long long until =
            column(std::min(segment.last, first + options_.rows_a_deletion - 1));
        soci::transaction transaction{session_};
        session_ << "delete from journal where sequence between :first and :last", soci::use(from),
            soci::use(until);
        transaction.commit();
        std::this_thread::sleep_for(kPause);
    }
}

Result<Archived> Mover::move(Instant before) {
    if (schema_of(session_) != migrations().back().number()) {
        return failure(
            "another version of the program wrote this folder last: start the centre "
            "with this one first");
    }
    for (const Segment& segment : archived_segments(session_)) {
        // Recorded, and then we were killed: only now the rows go.
        if (segment.last >= first_row()) {
            if (auto good = read_back(segment); !good) return tl::unexpected<Error>{good.error()};
            remove_rows(segment);
        }
        sha256_before_ = segment.sha256;
    }
    Archived archived;
    archived.first_kept = first_row();
    const std::uint64_t wanted = last_before(before);
    if (wanted < archived.first_kept || archived.first_kept == 0) return archived;
    const auto last = last_movable(wanted);
    if (!last) return tl::unexpected<Error>{last.error()};
    while (archived.first_kept <= *last) {
        const std::uint64_t first = archived.first_kept;
        const auto segment = write(first, std::min(*last, first + options_.entries_a_segment - 1));
        if (!segment) return tl::unexpected<Error>{segment.error()};
        if (auto good = read_back(*segment); !good) return tl::unexpected<Error>{good.error()};
        record(*segment);
        remove_rows(*segment);
        archived.segments.push_back(*segment);
        archived.entries += segment->last - segment->first + 1;
        archived.first_kept = segment->last + 1;
    }
    step("done");
    return archived;
}

}  // namespace

Result<Archived> archive_before(const fs::path& data, Instant before,
                                const ArchiveOptions& options) {
    std::error_code unknown;
    if (!fs::exists(data / "amer.db", unknown)) {
        return failure("there is no journal in " + data.string());
    }
    if (auto made = make_folder(archive_folder(data)); !made) {
        return tl::unexpected<Error>{made.error()};
    }
    const auto lock = FolderLock::take(archive_folder(data));
    if (!lock) return tl::unexpected<Error>{lock.error()};
    try {
        return Mover{data, options}.move(before);
    } catch (const std::exception& why) {
        return failure(
            fmt::format("cannot archive the journal of {}: {}", data.string(), why.what()));
    }
}

Result<JournalEnd> journal_end(const fs::path& data) {
    const auto journal = SqliteJournal::open_read_only(data);
    if (!journal) return tl::unexpected<Error>{journal.error()};
    engine::Snapshot reached = (*journal)->newest_snapshot(kLastEntry).value_or(engine::Snapshot{});
    const auto read = (*journal)->read(reached.sequence + 1, [&](const engine::Entry& entry) {
        const auto* published = std::get_if<centre::ConfigurationPublished>(&entry.event);
        if (published != nullptr) reached.state.configuration = published->configuration;
        const auto* closed = std::get_if<centre::ClosureSet>(&entry.event);
        if (closed != nullptr) {
            calendar::Calendar& calendar = reached.state.configuration.calendar;
            calendar::set_closure(calendar.closures, closed->closure);
            calendar.version = closed->calendar_version;
        }
        reached.at = entry.at;
    });
    if (!read) return tl::unexpected<Error>{read.error()};
    return JournalEnd{reached.at, reached.state.configuration.calendar};
}

}  // namespace amer::store

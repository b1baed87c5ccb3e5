#include "store/check/check.h"

#include <fstream>

#include "store/archive/archive.h"
#include "store/snapshot/snapshot.h"
#include "store/sqlite/test_days.h"

namespace amer::store {
namespace {

namespace fs = std::filesystem;

// Two days, the first of them archived, and two snapshots.
struct Kept {
    explicit Kept(const std::string& name) : folder{name}, entries{story_entries()} {
        const auto journal = open(folder);
        REQUIRE(journal->append(entries));
        const std::uint64_t former = entries.size() - 20;
        REQUIRE(write_snapshot(folder.path(), state_after(entries, former),
                               journal->entry_digest(former).value()));
        REQUIRE(make_snapshot(folder.path(), 1));
        archived = archive_before(folder.path(), centre::example::dubai("2026-11-24 00:00"),
                                  {.entries_a_segment = 40})
                       .value();
    }
    CheckedJournal check() const {
        const auto found = check_journal(folder.path());
        REQUIRE_MESSAGE(found.has_value(), (found ? "" : found.error().what));
        return *found;
    }
    // The one fault there is.
    std::string fault() const {
        const CheckedJournal found = check();
        REQUIRE(found.faults.size() == 1);
        return found.faults[0];
    }
    bool is_named(const std::string& part) const { return contains(fault(), part); }

    TestFolder folder;
    std::vector<engine::Entry> entries;
    Archived archived;
};

TEST_CASE("a folder in order is called good, and its sizes are told") {
    const Kept kept{"check-good"};
    const auto running = open(kept.folder);
    const CheckedJournal found = kept.check();
    for (const std::string& fault : found.faults) FAIL_CHECK(fault);
    CHECK(found.is_good());
    CHECK(found.remarks.empty());
    CHECK(found.sequence == kept.entries.size());
    CHECK(found.from == kept.entries.front().at);
    CHECK(found.until == kept.entries.back().at);
    CHECK(found.state_hash == engine::state_hash(state_after(kept.entries).state));
    CHECK(found.agreeing_snapshots ==
          std::vector<std::uint64_t>{kept.entries.size() - 20, kept.entries.size()});
    CHECK(found.sizes.entries_archived == kept.archived.entries);
    CHECK(found.sizes.entries_in_database == kept.entries.size() - kept.archived.entries);
    CHECK(found.sizes.segments == kept.archived.segments.size());
    CHECK(found.sizes.database_bytes == fs::file_size(kept.folder.file()));
    CHECK(found.sizes.free_bytes > 0);
    CHECK(found.sizes.archive_bytes > 1'000);
    CHECK(found.sizes.snapshots == 2);
    CHECK(found.sizes.snapshot_bytes > 1'000);
}

TEST_CASE("a folder of which nothing is archived and nothing was written is good too") {
    const TestFolder folder{"check-new"};
    open(folder);
    const auto found = check_journal(folder.path());
    REQUIRE(found);
    CHECK(found->is_good());
    CHECK(found->sequence == 0);
    CHECK_FALSE(check_journal("no/such/folder"));
}

TEST_CASE("entries that are missing, cannot be read or are out of order are named") {
    const Kept kept{"check-entries"};
    const std::uint64_t last = kept.entries.size();
    const std::string at_last = " where sequence = " + std::to_string(last - 3);
    kept.folder.sql("update journal set at_us = 5" + at_last);
    CHECK(contains(kept.check().faults.at(0), "journal entry " + std::to_string(last - 3) +
                                                  " is earlier than the one before it"));
    kept.folder.sql("update journal set body = 'x'" + at_last);
    CHECK(kept.is_named("journal entry " + std::to_string(last - 3) + " cannot be read"));
    kept.folder.sql("delete from journal" + at_last);
    CHECK(kept.is_named("journal entry " + std::to_string(last - 3) + " is missing"));
}

TEST_CASE("lists that do not say what the journal says are named with their first wrong row") {
    const Kept kept{"check-lists"};
    kept.folder.sql("update contact set agent = 'nobody' where contact_id in (2, 3)");
    CHECK(
        kept.is_named("the list contact is not what the journal says: 2 rows are wrong or too "
                      "many, 2 are lacking, the first is contact_id 2"));
    REQUIRE(open(kept.folder)->rebuild_projections());
    kept.folder.sql("delete from callback_promise where promise_id = 1");
    CHECK(kept.is_named("the list callback_promise"));
    kept.folder.sql("update projection set rules = 0");
    const CheckedJournal found = kept.check();
    CHECK(found.is_good());
    CHECK(contains(found.remarks.at(0), "refilled at the next start"));
}

TEST_CASE("a snapshot that is not what its entries lead to is named") {
    const Kept kept{"check-snapshots"};
    const auto journal = open(kept.folder);
    const std::uint64_t at = kept.entries.size() - 5;
    engine::Snapshot other = state_after(kept.entries, at);
    other.state.last.contact += 1;
    REQUIRE(write_snapshot(kept.folder.path(), other, journal->entry_digest(at).value()));
    CHECK(kept.is_named("the snapshot of entry " + std::to_string(at) + " is not the state"));
}

TEST_CASE("a damaged snapshot is only a remark: a start passes over it") {
    const Kept kept{"check-damaged-snapshot"};
    for (const fs::directory_entry& file :
         fs::directory_iterator{kept.folder.path() / "snapshots"}) {
        if (file.path().extension() == ".state") std::ofstream{file.path()} << "nothing";
    }
    const CheckedJournal found = kept.check();
    CHECK(found.is_good());
    CHECK(found.remarks.size() == 2);
    CHECK(found.agreeing_snapshots.empty());
}

TEST_CASE("a segment that is missing is named; one that nobody recorded is only a remark") {
    const Kept kept{"check-segments"};
    std::ofstream{archive_folder(kept.folder.path()) /
                  "00000000000000000001-00000000000000000002.entries"}
        << "cut off";
    CHECK(kept.check().is_good());
    CHECK(contains(kept.check().remarks.at(0), "is no part of this journal"));
    fs::remove(segment_file(kept.folder.path(), kept.archived.segments[1]));
    const std::string last = std::to_string(kept.archived.segments[1].last);
    CHECK(kept.is_named("with the entries 41 to " + last + " is missing"));
}

TEST_CASE("a damaged page of the database is found") {
    const Kept kept{"check-pages"};
    kept.folder.sql("pragma wal_checkpoint(truncate)");
    {
        std::fstream bytes{kept.folder.file(), std::ios::in | std::ios::out | std::ios::binary};
        bytes.seekp(2 * 4096);
        bytes << std::string(4096, 'x');
    }
    const auto found = check_journal(kept.folder.path());
    CHECK((!found || !found->is_good()));
}

}  // namespace
}  // namespace amer::store

#include "store/archive/archive.h"

#include <atomic>
#include <fstream>
#include <set>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

#include "base/canonical_json.h"
#include "store/snapshot/snapshot.h"
#include "store/sqlite/test_days.h"

namespace amer::store {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

const Instant kMidnight = centre::example::dubai("2026-11-24 00:00");
constexpr Instant kAfterAll{4'000'000'000s};

ArchiveOptions small(std::function<void(const char*)> before_step = {}) {
    return {.entries_a_segment = 30, .rows_a_deletion = 7, .before_step = std::move(before_step)};
}

// Two days are written and a snapshot is there; nobody has the folder open.
struct OldFolder {
    explicit OldFolder(const std::string& name) : folder{name}, entries{story_entries()} {
        REQUIRE(open(folder)->append(entries));
        lists = folder.projections();
    }
    const fs::path& path() const { return folder.path(); }
    Archived archive(Instant before = kMidnight) const {
        auto archived = archive_before(path(), before, small());
        REQUIRE_MESSAGE(archived.has_value(), (archived ? "" : archived.error().what));
        return std::move(*archived);
    }
    std::string reason_not_to_archive() const {
        const auto archived = archive_before(path(), kMidnight, small());
        REQUIRE_FALSE(archived);
        return archived.error().what;
    }
    std::string reason_not_to_read() const {
        const auto read = open(folder)->read(1, [](const engine::Entry&) {});
        REQUIRE_FALSE(read);
        return read.error().what;
    }
    std::uint64_t rows() const { return std::stoull(folder.sql("select count(*) from journal")); }
    std::uint64_t entries_before(Instant before) const {
        std::uint64_t count = 0;
        while (count < entries.size() && entries[count].at < before) ++count;
        return count;
    }

    TestFolder folder;
    std::vector<engine::Entry> entries;
    std::string lists;
};

std::string text_of(const fs::path& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

TEST_CASE("old entries leave the database, and whoever reads the journal finds them all the same") {
    const OldFolder old{"archive-reads"};
    const std::uint64_t before_midnight = old.entries_before(kMidnight);
    REQUIRE(before_midnight > 60);
    const std::string digest = open(old.folder)->entry_digest(5).value();
    const Archived archived = old.archive();
    CHECK(archived.entries == before_midnight);
    CHECK(archived.first_kept == before_midnight + 1);
    CHECK(archived.segments.size() == (before_midnight + 29) / 30);
    CHECK(old.rows() == old.entries.size() - before_midnight);

    const auto journal = open(old.folder);
    CHECK((entries_of(*journal) == old.entries));
    for (const std::uint64_t first : {std::uint64_t{30}, std::uint64_t{31}, before_midnight}) {
        const auto tail = entries_of(*journal, first);
        REQUIRE(tail.size() == old.entries.size() - first + 1);
        CHECK((tail.front() == old.entries[first - 1]));
    }
    CHECK(journal->entry_digest(5).value() == digest);
    CHECK(journal->last_sequence().value() == old.entries.size());
    old.folder.sql("delete from contact");
    REQUIRE(journal->rebuild_projections());
    CHECK(old.folder.projections() == old.lists);
    fs::remove_all(old.path() / "snapshots");
    CHECK(make_snapshot(old.path(), 0).value() == old.entries.size());
    check_start(*journal, old.entries);
}

TEST_CASE("a segment is text that can be read without a program, for its owner only") {
    const OldFolder old{"archive-text"};
    const Archived archived = old.archive();
    const Segment& first = archived.segments[0];
    const fs::path file = segment_file(old.path(), first);
    CHECK(file.filename() == "00000000000000000001-00000000000000000030.entries");
    std::ifstream lines{file};
    std::string line;
    std::getline(lines, line);
    CHECK(line == "amer-journal-segment 1 1 30 -");
    std::getline(lines, line);
    const std::string at = std::to_string(old.entries[0].at.time_since_epoch().count());
    CHECK(line == "1 1 " + at + " 1 CentreRecovered " + to_json(old.entries[0].event));
    CHECK(text_of(segment_file(old.path(), archived.segments[1]))
              .starts_with("amer-journal-segment 1 31 60 " + first.sha256 + "\n"));
    using fs::perms;
    for (const fs::path& each : {file, archive_folder(old.path())}) {
        CHECK((fs::status(each).permissions() & (perms::group_all | perms::others_all)) ==
              perms::none);
    }
}

TEST_CASE("an archive grows, and what is archived already is not asked for again") {
    const OldFolder old{"archive-grows"};
    const Instant noon = centre::example::dubai("2026-11-23 11:01");
    const Archived some = old.archive(noon);
    CHECK(some.entries > 0);
    CHECK(old.archive(noon).entries == 0);
    const Archived more = old.archive();
    CHECK(some.entries + more.entries == old.entries_before(kMidnight));
    CHECK(more.segments.front().first == some.segments.back().last + 1);
    CHECK((entries_of(*open(old.folder)) == old.entries));
}

TEST_CASE("what a start needs is never archived") {
    const OldFolder old{"archive-all"};
    const std::uint64_t last = old.entries.size() - 10;
    const std::string digest = open(old.folder)->entry_digest(last).value();
    // A snapshot that is new enough for its day, but not for what is asked for here.
    REQUIRE(write_snapshot(old.path(), state_after(old.entries, last), digest));
    CHECK(old.archive(old.entries[last - 1].at).first_kept <= last);
    CHECK(snapshots_in(old.path()) == std::vector<std::uint64_t>{last});
    old.archive(kAfterAll);
    CHECK(old.rows() == 1);
    fs::remove_all(archive_folder(old.path()));
    const auto journal = open(old.folder);
    check_start(*journal, old.entries);
    const std::uint64_t next = old.entries.size() + 1;
    REQUIRE(journal->append({engine::Entry{next, next, kAfterAll, centre::NoticeEnded{"me"}}}));
}

TEST_CASE("killed at any step, every entry is there exactly once, and the next run goes on") {
    std::vector<std::string> steps;
    {
        const OldFolder old{"archive-steps"};
        REQUIRE(archive_before(old.path(), kMidnight,
                               small([&](const char* step) { steps.emplace_back(step); })));
    }
    const std::set<std::string> kinds{steps.begin(), steps.end()};
    CHECK(kinds.size() == 9);
    // The first segment and the second are enough.
    for (std::size_t last = 0; last < steps.size() && last < 26; ++last) {
        CAPTURE(last);
        CAPTURE(steps[last]);
        const OldFolder old{"archive-kill"};
        const pid_t mover = ::fork();
        REQUIRE(mover >= 0);
        if (mover == 0) {
            std::size_t at = 0;
            static_cast<void>(archive_before(old.path(), kMidnight, small([&](const char*) {
                                                 if (at++ == last) ::_exit(7);
                                             })));
            ::_exit(1);
        }
        int status = 0;
        REQUIRE(::waitpid(mover, &status, 0) == mover);
        REQUIRE(WEXITSTATUS(status) == 7);
        CHECK((entries_of(*open(old.folder)) == old.entries));
        check_start(*open(old.folder), old.entries);
        old.archive();
        CHECK(old.rows() == old.entries.size() - old.entries_before(kMidnight));
        CHECK((entries_of(*open(old.folder)) == old.entries));
    }
}

TEST_CASE("a segment that is missing or was changed is named, and a start still works") {
    const OldFolder old{"archive-damage"};
    const Archived archived = old.archive();
    const fs::path second = segment_file(old.path(), archived.segments[1]);
    const std::string good = text_of(second);
    const auto write = [&](const std::string& text) {
        std::ofstream{second, std::ios::binary} << text;
    };
    const std::string name = second.filename().string();

    fs::remove(second);
    CHECK(contains(old.reason_not_to_read(), name + " with the entries 31 to 60 is missing"));
    check_start(*open(old.folder), old.entries);
    CHECK(entries_of(*open(old.folder), 61).size() == old.entries.size() - 60);

    for (std::size_t place = 0; place < good.size(); place += good.size() / 40) {
        std::string bad = good;
        bad[place] = static_cast<char>(bad[place] ^ 1);
        write(bad);
        CHECK(contains(old.reason_not_to_read(), name + " with the entries 31 to 60 was changed"));
    }
    write(good.substr(0, good.size() - 1));
    CHECK(contains(old.reason_not_to_read(), "was changed: it has"));
    write(good);
    CHECK((entries_of(*open(old.folder)) == old.entries));

    // Somebody who changes the manifest too would have to change every segment after it.
    old.folder.sql("update archive_segment set sha256 = 'x' where first_sequence = 1");
    CHECK(contains(old.reason_not_to_read(), "entries 1 to 30 was changed"));
    const auto tail = open(old.folder)->read(31, [](const engine::Entry&) {});
    REQUIRE_FALSE(tail);
    CHECK(contains(tail.error().what, name));
    CHECK(contains(tail.error().what, "does not follow the segment before it"));
}

TEST_CASE("a start with newer rules for the lists does not wait for a segment that is lost") {
    const OldFolder old{"archive-rules"};
    const Archived archived = old.archive();
    old.folder.sql("update projection set rules = 0");
    fs::remove(segment_file(old.path(), archived.segments[0]));
    check_start(*open(old.folder), old.entries);
    CHECK(old.folder.projections() == old.lists);
    CHECK(old.folder.sql("select rules from projection") == "0\n");
}

TEST_CASE("an entry in an older form is archived in that form, and reads as before") {
    const OldFolder old{"archive-old-form"};
    old.folder.sql(
        "update journal set version = 1, type = 'OfferMade', body = '{\"type\":\"OfferMade\","
        "\"offer\":1,\"contact\":1,\"agent\":\"amal\",\"queue\":\"general\",\"ring_until\":5,"
        "\"candidates\":[{\"agent\":\"basim\",\"removed_by\":\"busy\"}]}' where sequence = 40");
    const auto before = entries_of(*open(old.folder));
    const auto* made = std::get_if<centre::OfferMade>(&before[39].event);
    REQUIRE(made != nullptr);
    CHECK(made->passed_over.at(0).rule == "busy");
    const Archived archived = old.archive();
    CHECK(contains(text_of(segment_file(old.path(), archived.segments[1])),
                   " 1 OfferMade {\"type\":\"OfferMade\",\"offer\":1"));
    CHECK((entries_of(*open(old.folder)) == before));
}

TEST_CASE("an entry that cannot be read stays in the database, and so does what follows it") {
    const OldFolder old{"archive-unreadable"};
    REQUIRE(make_snapshot(old.path(), 0));
    old.folder.sql("update journal set body = 'x' where sequence = 40");
    CHECK(contains(old.reason_not_to_archive(), "journal entry 40 cannot be read"));
    CHECK(old.folder.sql("select min(sequence) from journal") == "31\n");
    CHECK(old.folder.sql("select count(*) from archive_segment") == "1\n");
}

TEST_CASE("one archiving at a time, of a folder that this program has written") {
    const OldFolder old{"archive-once"};
    std::string second;
    REQUIRE(archive_before(old.path(), kMidnight, small([&](const char* step) {
                               if (std::string{"write"} == step)
                                   second = old.reason_not_to_archive();
                           })));
    CHECK(contains(second, "is in use by process"));
    old.folder.sql("delete from schema_version where version > 4");
    CHECK(contains(old.reason_not_to_archive(), "start the centre with this one first"));
    CHECK_FALSE(archive_before("no/such/folder", kMidnight));
}

TEST_CASE("beside a journal that is written and one that is read, nobody misses an entry") {
    const OldFolder old{"archive-beside"};
    const auto journal = open(old.folder);
    std::atomic<bool> is_over{false};
    std::vector<engine::Entry> written = old.entries;
    std::thread writer{[&] {
        while (!is_over) {
            const std::uint64_t next = written.size() + 1;
            const engine::Entry entry{next, next, kAfterAll,
                                      centre::NoticeEnded{std::to_string(next)}};
            const auto appended = journal->append({entry});
            if (!appended) FAIL_CHECK(appended.error().what);
            written.push_back(entry);
        }
    }};
    std::thread reader{[&] {
        const auto beside = SqliteJournal::open_read_only(old.path());
        REQUIRE(beside);
        while (!is_over) {
            // A gap, or one twice, would be an error.
            CHECK(entries_of(**beside).size() >= old.entries.size());
        }
    }};
    const Archived archived = old.archive();
    is_over = true;
    writer.join();
    reader.join();
    CHECK(archived.entries == old.entries_before(kMidnight));
    CHECK(written.size() > old.entries.size());
    CHECK((entries_of(*journal) == written));
}

TEST_CASE("the end of a journal is told with the calendar that is in force") {
    OldFolder old{"archive-end"};
    old.archive();
    SUBCASE("as it was published") {}
    SUBCASE("with what was closed since") {
        engine::Entry closed = old.entries.back();
        closed.sequence += 1;
        closed.decision += 1;
        closed.event = centre::ClosureSet{{"storm", "", "", closed.at, closed.at + 1h, ""}, 9, ""};
        REQUIRE(open(old.folder)->append({closed}));
        old.entries.push_back(closed);
    }
    const auto end = journal_end(old.path());
    REQUIRE(end);
    CHECK(end->at == old.entries.back().at);
    CHECK(end->calendar == state_after(old.entries).state.configuration.calendar);
}

}  // namespace
}  // namespace amer::store

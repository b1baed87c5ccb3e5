#include "store/sqlite/journal.h"

#include <csignal>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/arbitrary.h"
#include "store/sqlite/test_folder.h"

namespace amer::store {
namespace {

using engine::Entry;
using namespace std::chrono_literals;

constexpr Instant kEvening{1'795'000'000s};

std::vector<Entry> arbitrary_entries(Rng& rng, std::uint64_t first, std::size_t count) {
    std::vector<Entry> entries;
    for (std::size_t index = 0; index < count; ++index) {
        const std::uint64_t sequence = first + index;
        entries.push_back(Entry{sequence, first, kEvening + std::chrono::seconds{sequence},
                                arbitrary<centre::Event>(rng)});
    }
    return entries;
}

std::vector<Entry> all_of(SqliteJournal& journal, std::uint64_t first = 1) {
    std::vector<Entry> entries;
    const auto read = journal.read(first, [&](const Entry& entry) { entries.push_back(entry); });
    REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().what));
    return entries;
}

std::unique_ptr<SqliteJournal> open(const TestFolder& folder) {
    auto journal = SqliteJournal::open(folder.path());
    REQUIRE_MESSAGE(journal.has_value(), (journal ? "" : journal.error().what));
    return std::move(*journal);
}

std::string reason_not_to_open(const TestFolder& folder) {
    const auto journal = SqliteJournal::open(folder.path());
    REQUIRE_FALSE(journal.has_value());
    return journal.error().what;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST_CASE("what was appended is read back, in this life and the next") {
    const TestFolder folder{"journal-back"};
    Rng rng{1};
    auto entries = arbitrary_entries(rng, 1, 700);
    const std::vector<Entry> more = arbitrary_entries(rng, 701, 3);
    {
        const auto journal = open(folder);
        CHECK(all_of(*journal).empty());
        REQUIRE(journal->append(entries));
        REQUIRE(journal->append(more));
        CHECK(journal->last_sequence().value() == 703);
    }
    entries.insert(entries.end(), more.begin(), more.end());
    const auto journal = open(folder);
    CHECK((all_of(*journal) == entries));
    const std::vector<Entry> tail = all_of(*journal, 702);
    REQUIRE(tail.size() == 2);
    CHECK((tail[0] == entries[701]));
}

TEST_CASE("refilled read tables are the ones that grew with the journal") {
    const TestFolder folder{"journal-rebuild"};
    const auto journal = open(folder);
    Rng rng{7};
    for (std::uint64_t first = 1; first < 4'000; first += 40) {
        REQUIRE(journal->append(arbitrary_entries(rng, first, 40)));
    }
    const std::string grown = folder.projections();
    CHECK(grown.size() > 20'000);
    folder.sql("update contact set agent = 'nobody'; delete from recording");
    CHECK(folder.projections() != grown);
    REQUIRE(journal->rebuild_projections());
    CHECK(folder.projections() == grown);
}

TEST_CASE("read tables of older rules are refilled at the start") {
    const TestFolder folder{"journal-rules"};
    Rng rng{8};
    { REQUIRE(open(folder)->append(arbitrary_entries(rng, 1, 300))); }
    const std::string grown = folder.projections();
    folder.sql("update projection set rules = 0; delete from contact");
    open(folder);
    CHECK(folder.projections() == grown);
}

TEST_CASE("two processes never share a data folder") {
    const TestFolder folder{"journal-lock"};
    const auto first = open(folder);
    const std::string reason = reason_not_to_open(folder);
    CHECK(contains(reason, "is in use by process " + std::to_string(::getpid())));
}

TEST_CASE("a folder in use can be looked into, but not written") {
    const TestFolder folder{"journal-look"};
    Rng rng{2};
    const auto writer = open(folder);
    REQUIRE(writer->append(arbitrary_entries(rng, 1, 5)));
    const auto reader = SqliteJournal::open_read_only(folder.path());
    REQUIRE(reader);
    CHECK(all_of(**reader).size() == 5);
    CHECK_FALSE((*reader)->append(arbitrary_entries(rng, 6, 1)));
}

TEST_CASE("an entry that cannot be read is named, and so is one that is missing") {
    const TestFolder folder{"journal-damage"};
    Rng rng{3};
    const auto journal = open(folder);
    REQUIRE(journal->append(arbitrary_entries(rng, 1, 10)));
    const auto why = [&] {
        const auto read = journal->read(1, [](const Entry&) {});
        REQUIRE_FALSE(read);
        return read.error().what;
    };
    folder.sql(
        "update journal set body = '{\"type\":\"OfferRang\",\"offer\":\"x\"}' "
        "where sequence = 9");
    CHECK(contains(why(), "journal entry 9 cannot be read: OfferRang.offer: a whole number"));
    folder.sql("delete from journal where sequence = 4");
    CHECK(contains(why(), "journal entry 4 is missing"));
}

TEST_CASE("a damaged file and a file of a newer program are not opened") {
    const TestFolder folder{"journal-broken"};
    Rng rng{4};
    { REQUIRE(open(folder)->append(arbitrary_entries(rng, 1, 500))); }
    folder.sql("insert into schema_version values (999)");
    CHECK(contains(reason_not_to_open(folder), "newer program: its schema is 999"));
    folder.sql("delete from schema_version where version = 999");
    open(folder);

    std::fstream bytes{folder.file(), std::ios::in | std::ios::out | std::ios::binary};
    bytes.seekp(3 * 4096);
    bytes << std::string(40 * 4096, 'x');
    bytes.close();
    const std::string reason = reason_not_to_open(folder);
    CAPTURE(reason);
    CHECK((contains(reason, "damaged") || contains(reason, "malformed")));
}

TEST_CASE("the files are for their owner only") {
    const TestFolder folder{"journal-owner"};
    const auto journal = open(folder);
    using std::filesystem::perms;
    for (const char* name : {"amer.db", "amer.db-wal", "amer.lock"}) {
        CAPTURE(name);
        const perms given = std::filesystem::status(folder.path() / name).permissions();
        CHECK((given & (perms::group_all | perms::others_all)) == perms::none);
    }
}

// A file may not grow beyond this: what a full disk is to SQLite.
class FullDisk {
public:
    explicit FullDisk(rlim_t largest_file) {
        std::signal(SIGXFSZ, SIG_IGN);
        REQUIRE(::getrlimit(RLIMIT_FSIZE, &before_) == 0);
        const rlimit now{largest_file, before_.rlim_max};
        REQUIRE(::setrlimit(RLIMIT_FSIZE, &now) == 0);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

private:
    rlimit before_{};
};

TEST_CASE("a full disk: nothing of the batch remains, and writing goes on when there is room") {
    const TestFolder folder{"journal-full"};
    const auto journal = open(folder);
    Rng rng{5};
    REQUIRE(journal->append(arbitrary_entries(rng, 1, 20)));
    const std::string before = folder.projections();
    const auto large = arbitrary_entries(rng, 21, 3'000);
    {
        const auto log_size = std::filesystem::file_size(folder.path() / "amer.db-wal");
        const FullDisk full{log_size + 64 * 1024};
        const auto appended = journal->append(large);
        REQUIRE_FALSE(appended);
        CHECK(contains(appended.error().what, "cannot write"));
        CHECK_FALSE(journal->append(large));
    }
    CHECK(all_of(*journal).size() == 20);
    CHECK(folder.projections() == before);
    REQUIRE(journal->append(large));
    CHECK(all_of(*journal).size() == 3'020);
}

}  // namespace
}  // namespace amer::store

#include "store/snapshot/snapshot.h"

#include <fstream>
#include <limits>
#include <set>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/cycle.h"
#include "engine/fake_clock.h"
#include "engine/state_hash.h"
#include "store/sqlite/journal.h"
#include "store/sqlite/test_days.h"
#include "store/sqlite/test_folder.h"

namespace amer::store {
namespace {

using namespace centre;
using namespace std::chrono_literals;

constexpr auto kAny = std::numeric_limits<std::uint64_t>::max();

struct Lived {
    explicit Lived(std::string_view name) : folder{name}, entries{story_entries()} {
        journal = open(folder);
        REQUIRE(journal->append(entries));
    }
    engine::Snapshot state_at(std::uint64_t sequence) const {
        return state_after(entries, sequence);
    }
    Result<void> keep(std::uint64_t sequence, const std::function<void(const char*)>& step = {}) {
        return write_snapshot(folder.path(), state_at(sequence),
                              journal->entry_digest(sequence).value(), step);
    }
    std::filesystem::path file(std::uint64_t sequence) const {
        const std::string number = std::to_string(sequence);
        return folder.path() / "snapshots" /
               (std::string(20 - number.size(), '0') + number + ".state");
    }
    // What a start makes of the folder.
    void check_start() {
        engine::FakeClock clock{entries.back().at};
        engine::Cycle cycle{*journal, clock, [](const std::string& what) { FAIL_CHECK(what); }};
        REQUIRE(cycle.load());
        const engine::Snapshot whole = state_at(kAny);
        CHECK((cycle.state() == whole.state));
        CHECK((cycle.state().indexes == whole.state.indexes));
        CHECK(cycle.status().state_hash == engine::state_hash(whole.state));
        CHECK(cycle.status().sequence == whole.sequence);
    }

    TestFolder folder;
    std::vector<engine::Entry> entries;
    std::unique_ptr<SqliteJournal> journal;
};

TEST_CASE("from a snapshot of any entry and what follows comes the state of the whole journal") {
    Lived lived{"snapshot-every"};
    REQUIRE(lived.entries.size() > 40);
    for (const engine::Entry& entry : lived.entries) {
        CAPTURE(entry.sequence);
        REQUIRE(lived.keep(entry.sequence));
        const auto found = lived.journal->newest_snapshot(kAny);
        REQUIRE(found);
        CHECK(found->sequence == entry.sequence);
        lived.check_start();
    }
}

TEST_CASE("any changed or lacking byte of a snapshot is noticed, and the former one is used") {
    Lived lived{"snapshot-damage"};
    REQUIRE(lived.keep(20));
    REQUIRE(lived.keep(30));
    std::ifstream in{lived.file(30), std::ios::binary};
    const std::string good{std::istreambuf_iterator<char>{in}, {}};
    const std::size_t stride = good.size() / 150 + 1;
    for (std::size_t place = 0; place < good.size(); place += place < 100 ? 1 : stride) {
        CAPTURE(place);
        std::string bad = good;
        bad[place] = static_cast<char>(bad[place] ^ 1);
        std::ofstream{lived.file(30), std::ios::binary} << bad;
        CHECK(lived.journal->newest_snapshot(kAny)->sequence == 20);
        std::ofstream{lived.file(30), std::ios::binary} << good.substr(0, place);
        CHECK(lived.journal->newest_snapshot(kAny)->sequence == 20);
    }
    lived.check_start();
    std::ofstream{lived.file(20), std::ios::binary} << "nothing";
    CHECK_FALSE(lived.journal->newest_snapshot(kAny));
    lived.check_start();
}

TEST_CASE("a snapshot of another journal, or from its future, is not used") {
    Lived lived{"snapshot-other"};
    REQUIRE(lived.keep(20));
    REQUIRE(lived.keep(30));
    CHECK(lived.journal->newest_snapshot(29)->sequence == 20);
    lived.folder.sql("update journal set at_us = at_us - 1 where sequence = 30");
    CHECK(lived.journal->newest_snapshot(kAny)->sequence == 20);
    lived.folder.sql("delete from journal where sequence >= 20");
    CHECK_FALSE(lived.journal->newest_snapshot(kAny));
}

TEST_CASE(
    "killed at any step of writing a snapshot the centre starts, with the old one or the new") {
    Lived lived{"snapshot-kill"};
    std::set<std::string> steps;
    REQUIRE(lived.keep(5, [&](const char* step) { steps.insert(step); }));
    REQUIRE(lived.keep(10));
    REQUIRE(lived.keep(11, [&](const char* step) { steps.insert(step); }));
    CHECK(steps.size() == 7);
    std::uint64_t next = 12;
    for (const std::string& last : steps) {
        CAPTURE(last);
        const pid_t writer = ::fork();
        REQUIRE(writer >= 0);
        if (writer == 0) {
            static_cast<void>(lived.keep(next, [&](const char* step) {
                if (last == step) ::_exit(7);
            }));
            ::_exit(1);
        }
        int status = 0;
        REQUIRE(::waitpid(writer, &status, 0) == writer);
        CHECK(WEXITSTATUS(status) == 7);
        const auto found = lived.journal->newest_snapshot(kAny);
        REQUIRE(found);
        CHECK((found->sequence == next || found->sequence < next));
        lived.check_start();
        ++next;
    }
}

TEST_CASE("a snapshot is made when the journal has grown enough, and builds on the former one") {
    Lived lived{"snapshot-made"};
    const auto last = static_cast<std::uint64_t>(lived.entries.size());
    CHECK(make_snapshot(lived.folder.path(), 10).value() == last);
    CHECK(make_snapshot(lived.folder.path(), 10).value() == 0);
    lived.check_start();
    std::filesystem::remove(lived.file(last));
    REQUIRE(lived.keep(last - 12));
    // Damaged where the former snapshot spares the reading.
    lived.folder.sql("update journal set body = 'x' where sequence = 3");
    CHECK(make_snapshot(lived.folder.path(), 10).value() == last);
    lived.check_start();
}

}  // namespace
}  // namespace amer::store

#include "store/snapshot/keeper.h"

#include <fstream>
#include <future>
#include <thread>

#include "engine/engine.h"
#include "store/snapshot/snapshot.h"
#include "store/sqlite/test_days.h"

namespace amer::store {
namespace {

namespace fs = std::filesystem;
using namespace centre;
using namespace std::chrono_literals;

// An engine that writes as long as it is told to, with the real store.
struct Writing {
    explicit Writing(const std::string& name) : folder{name}, journal{open(folder)} {
        REQUIRE(engine.start());
        ask(PublishConfiguration{example::configuration()});
    }
    void ask(Command command) {
        std::promise<engine::Outcome> answer;
        REQUIRE(engine.submit(std::move(command),
                              [&](const engine::Outcome& outcome) { answer.set_value(outcome); }));
        CHECK(answer.get_future().get().kind == engine::Outcome::Kind::done);
    }
    void write() {
        ask(RegisterPhone{AgentId{"amal"}});
        ask(UnregisterPhone{AgentId{"amal"}});
    }
    // Writes until it has come.
    template <typename Condition>
    void write_until(Condition has_come) {
        for (int turn = 0; turn < 20'000 && !has_come(); ++turn) write();
        REQUIRE(has_come());
    }
    std::vector<std::uint64_t> kept() const { return snapshots_in(folder.path()); }
    std::uint64_t newest() const { return kept().empty() ? 0 : kept().front(); }

    TestFolder folder;
    std::unique_ptr<SqliteJournal> journal;
    engine::FakeClock clock{example::dubai("2026-11-23 11:00")};
    engine::Engine engine{{}, *journal, clock};
};

TEST_CASE("snapshots are made beside an engine that writes, and the two newest are kept") {
    Writing writing{"keeper-beside"};
    {
        const SnapshotKeeper keeper{writing.folder.path(), 20, 1ms};
        std::uint64_t first = 0;
        writing.write_until([&] { return (first = writing.newest()) > 0; });
        // Two more: the first must have gone.
        std::uint64_t second = 0;
        writing.write_until([&] { return (second = writing.newest()) > first; });
        writing.write_until([&] { return writing.newest() > second; });
        CHECK(writing.newest() >= first + 40);
    }
    const std::vector<std::uint64_t> kept = writing.kept();
    REQUIRE(kept.size() == 2);
    const std::vector<engine::Entry> entries = entries_of(*writing.journal);
    for (const std::uint64_t sequence : kept) {
        const auto snapshot = read_snapshot(writing.folder.path(), sequence,
                                            writing.journal->entry_digest(sequence).value());
        REQUIRE(snapshot);
        CHECK((snapshot->state == state_after(entries, sequence).state));
    }
    CHECK(writing.engine.status().state_hash == engine::state_hash(state_after(entries).state));
}

TEST_CASE("a disk that takes no snapshot harms nobody, and the next try succeeds") {
    Writing writing{"keeper-full"};
    const fs::path shelf = writing.folder.path() / "snapshots";
    std::ofstream{shelf} << "a file where the folder should be";
    const SnapshotKeeper keeper{writing.folder.path(), 10, 10ms};
    for (int turn = 0; turn < 30; ++turn) writing.write();
    CHECK(writing.kept().empty());
    CHECK_FALSE(writing.engine.status().failing_since.has_value());
    fs::remove(shelf);
    writing.write_until([&] { return writing.newest() > 0; });
}

TEST_CASE("a snapshot that cannot be renamed leaves the former one in its place") {
    Writing writing{"keeper-rename"};
    {
        const SnapshotKeeper keeper{writing.folder.path(), 10, 10ms};
        writing.write_until([&] { return writing.newest() > 0; });
    }
    const std::uint64_t former = writing.newest();
    const fs::path in_the_way = writing.folder.path() / "snapshots" / "new";
    fs::create_directory(in_the_way);
    {
        const SnapshotKeeper keeper{writing.folder.path(), 10, 10ms};
        for (int turn = 0; turn < 30; ++turn) writing.write();
        CHECK(writing.newest() == former);
        fs::remove(in_the_way);
        writing.write_until([&] { return writing.newest() > former; });
    }
}

TEST_CASE("a keeper that waits, and one that works, ends when it is told to") {
    Writing writing{"keeper-ends"};
    // Who did not wake it would wait here for an hour, and this test with it.
    { const SnapshotKeeper waits{writing.folder.path(), 10, 1h}; }
    CHECK(writing.kept().empty());
    for (int turn = 0; turn < 20; ++turn) {
        const SnapshotKeeper works{writing.folder.path(), 1, 0ms};
        writing.write();
    }
    check_start(*writing.journal, entries_of(*writing.journal));
}

}  // namespace
}  // namespace amer::store

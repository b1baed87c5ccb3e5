// A short life of the centre, once for every operation of the disk that can fail in it.
#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/centre/example_centre.h"
#include "core/centre/invariants.h"
#include "engine/cycle.h"
#include "engine/fake_clock.h"
#include "engine/state_hash.h"
#include "store/sqlite/journal.h"
#include "store/sqlite/test_disk.h"
#include "store/sqlite/test_folder.h"

namespace amer::store {
namespace {

using namespace centre;
using namespace std::chrono_literals;
using engine::Entry;
using engine::Outcome;

// What the world does next, looking at the centre as it is.
struct Deed {
    Duration pause;
    std::function<Command(const State&)> command;
};

OpenContact call() {
    OpenContact open;
    open.leg = LegId{1};
    open.dialled = "+9718006679";
    open.number = example::phone(open.dialled);
    open.caller.number = example::phone("+971501234567");
    open.trunk = TrunkId{"operator"};
    return open;
}

FinishRecording recorded(const State& state) {
    FinishRecording finish;
    finish.recording = state.recordings.empty() ? RecordingId{} : state.recordings.begin()->first;
    finish.length_ms = 3'000;
    finish.bytes = 48'044;
    finish.sha256 = "ab12";
    return finish;
}

template <typename Fixed>
Deed at_once(Fixed command) {
    return {1s, [command](const State&) { return Command{command}; }};
}

// A call is answered by an agent; at night another leaves a message and is promised a call.
std::vector<Deed> a_day() {
    const AgentId amal{"amal"};
    const auto prompt_ends = [](const State& state) -> Command {
        const auto& row = state.contacts.begin();
        return FinishPrompt{row == state.contacts.end() ? ContactId{2} : row->first,
                            row == state.contacts.end() ? PlaybackId{} : row->second.playback};
    };
    return {at_once(PublishConfiguration{example::configuration()}),
            at_once(RecoverFromCrash{}),
            at_once(RegisterPhone{amal}),
            at_once(call()),
            at_once(CallerConnected{ContactId{1}}),
            at_once(ReportRinging{OfferId{1}}),
            at_once(AcceptOffer{OfferId{1}}),
            at_once(CallerLeft{ContactId{1}}),
            {1s, recorded},
            at_once(FinishWrapUp{amal}),
            at_once(UnregisterPhone{amal}),
            {9h, [](const State&) { return Command{call()}; }},
            at_once(CallerConnected{ContactId{2}}),
            {1s, prompt_ends},
            {4s, recorded},
            {1s, prompt_ends}};
}

std::vector<Entry> entries_of(SqliteJournal& journal) {
    std::vector<Entry> entries;
    const auto read = journal.read(1, [&](const Entry& entry) { entries.push_back(entry); });
    REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().what));
    return entries;
}

std::vector<std::string_view> kinds_of(const std::vector<Entry>& entries) {
    std::vector<std::string_view> kinds;
    for (const Entry& entry : entries) {
        kinds.push_back(std::visit([](const auto& event) { return event.kTypeName; }, entry.event));
    }
    return kinds;
}

// Tried again by the operator while the disk is bad.
std::unique_ptr<SqliteJournal> open(const TestFolder& folder) {
    for (int tries = 0; tries < 400; ++tries) {
        if (auto opened = SqliteJournal::open(folder.path())) return std::move(*opened);
    }
    FAIL("the journal does not open any more");
    return nullptr;
}

// The centre on this disk, and all that anybody was told.
struct Life {
    explicit Life(const TestFolder& its_folder) : folder{its_folder}, journal{open(folder)} {
        cycle.subscribe([this](const std::vector<Entry>& entries) {
            published.insert(published.end(), entries.begin(), entries.end());
        });
        int tries = 0;
        while (!cycle.load()) REQUIRE(++tries < 400);
        troubles.clear();  // of a start that did not succeed
    }

    Outcome ask(const Command& command) {
        std::optional<Outcome> answer;
        std::vector<engine::Submission> batch;
        batch.push_back({command, [&](const Outcome& outcome) { answer = outcome; }});
        cycle.run(batch);
        REQUIRE(answer);
        if (answer->kind == Outcome::Kind::done) {
            acknowledged.insert(acknowledged.end(), answer->entries.begin(), answer->entries.end());
        }
        CHECK(broken_invariants(cycle.state()) == std::vector<std::string>{});
        return *answer;
    }
    // As the world does: a fact is told until it is taken, a caller refused calls again.
    void live(const Deed& deed) {
        clock.advance(deed.pause);
        while (ask(deed.command(cycle.state())).kind != Outcome::Kind::done) {
            after_failure();
            REQUIRE(++failures < 400);
            clock.advance(1s);
        }
    }
    void live() {
        for (const Deed& deed : a_day()) live(deed);
        // Nobody asks for anything any more: it goes on by itself.
        std::vector<engine::Submission> nothing;
        for (int second = 0; second < 400 && cycle.status().failing_since; ++second) {
            clock.advance(1s);
            cycle.run(nothing);
        }
        CHECK_FALSE(cycle.status().failing_since);
    }

    const TestFolder& folder;
    std::unique_ptr<SqliteJournal> journal;
    engine::FakeClock clock{example::dubai("2026-11-23 09:00")};
    std::vector<std::string> troubles;
    engine::Cycle cycle{*journal, clock,
                        [this](const std::string& what) { troubles.push_back(what); }};
    std::vector<Entry> published;
    std::vector<Entry> acknowledged;
    int failures = 0;
    std::function<void()> after_failure = [] {};
};

bool begins_with(const std::vector<Entry>& all, const std::vector<Entry>& first) {
    return all.size() >= first.size() && std::equal(first.begin(), first.end(), all.begin());
}

bool has_all(const std::vector<Entry>& all, const std::vector<Entry>& some) {
    return std::ranges::all_of(some, [&](const Entry& entry) {
        return entry.sequence <= all.size() && all[entry.sequence - 1] == entry;
    });
}

// After a life: who reads the journal anew finds what everybody was told, and nothing else.
std::vector<Entry> check_afterwards(const TestFolder& folder, const Life& life, const State& held) {
    const auto journal = open(folder);
    auto durable = entries_of(*journal);
    CHECK((durable == life.published));
    CHECK(has_all(durable, life.acknowledged));
    const auto replayed = engine::replay(*journal);
    REQUIRE(replayed);
    CHECK((replayed->state == held));
    const std::string before = folder.projections();
    REQUIRE(journal->rebuild_projections());
    CHECK(folder.projections() == before);
    return durable;
}

struct Sweep {
    std::string name;
    DiskFault fault;
};

TEST_CASE("whichever operation of the disk fails: nothing is lost, nothing is there that was not") {
    const TestFolder smooth_folder{"sweep-smooth"};
    Life smooth{smooth_folder};
    smooth.live();
    REQUIRE(smooth.failures == 0);
    const auto the_day = kinds_of(smooth.published);
    REQUIRE(std::ranges::count(the_day, MessageLeft::kTypeName) == 1);
    REQUIRE(std::ranges::count(the_day, ContactConnected::kTypeName) == 1);

    using enum DiskWork;
    for (const Sweep& sweep : {
             Sweep{"a file does not open", {open, SQLITE_CANTOPEN, false, 2}},
             Sweep{"a page cannot be read", {read, SQLITE_IOERR_READ, false, 1}},
             Sweep{"a page is half written", {write, SQLITE_IOERR_WRITE, true, 1}},
             Sweep{"the disk is full for a while", {write, SQLITE_FULL, true, 7}},
             Sweep{"what is written cannot be synced", {sync, SQLITE_IOERR_FSYNC, false, 1}},
             Sweep{"nothing can be synced for a while", {sync, SQLITE_IOERR_FSYNC, false, 4}},
             Sweep{"another program holds the file", {lock, SQLITE_BUSY, false, 150}},
             Sweep{"the shared memory does not come", {map, SQLITE_IOERR_SHMMAP, false, 2}},
             Sweep{"another program is writing", {map_lock, SQLITE_BUSY, false, 150}},
         }) {
        CAPTURE(sweep.name);
        std::uint64_t nth = 0;
        int failed_writes = 0;
        for (bool was_met = true; was_met;) {
            ++nth;
            CAPTURE(nth);
            const TestFolder folder{"sweep"};
            FaultyDisk disk;
            disk.plan(sweep.fault, nth);
            Life life{folder};
            life.live();
            was_met = disk.faults_met() > 0;
            disk.repair();
            failed_writes += life.failures;
            CHECK(life.troubles.empty() == (life.failures == 0));
            const State held = life.cycle.state();
            life.journal.reset();
            const auto durable = check_afterwards(folder, life, held);
            CHECK((kinds_of(durable) == the_day));
        }
        MESSAGE(sweep.name << ": " << nth - 1 << " operations, " << failed_writes
                           << " commands failed");
        CHECK(nth > 1);
    }
}

// What comes after a crash finds in a folder: its entries. It recovers, and nothing is broken.
std::vector<Entry> entries_after_crash(const std::filesystem::path& image) {
    auto journal = SqliteJournal::open(image);
    REQUIRE_MESSAGE(journal.has_value(), (journal ? "" : journal.error().what));
    auto entries = entries_of(**journal);
    engine::FakeClock clock{example::dubai("2026-11-24 09:00")};
    engine::Cycle cycle{**journal, clock, {}};
    REQUIRE(cycle.load());
    std::vector<engine::Submission> batch;
    batch.push_back({RecoverFromCrash{}, {}});
    cycle.run(batch);
    CHECK(cycle.state().contacts.empty());
    CHECK(broken_invariants(cycle.state()) == std::vector<std::string>{});
    return entries;
}

// The folder at many instants, as a killed process and as a power cut leave it.
struct Images {
    explicit Images(const TestFolder& its_folder) : folder{its_folder} {
        std::filesystem::create_directories(root.path());
    }
    void take(const FaultyDisk& disk) {
        FaultyDisk::copy_as_it_is(folder.path(), next());
        disk.copy_as_synced(folder.path(), next());
    }
    void forget() {
        for (const auto& image : all) std::filesystem::remove_all(image);
        all.clear();
    }
    std::filesystem::path next() {
        return all.emplace_back(root.path() / std::to_string(all.size()));
    }

    const TestFolder& folder;
    TestFolder root{"images"};
    std::vector<std::filesystem::path> all;
};

TEST_CASE("killed or without power before any change of a file: what was acknowledged is there") {
    const TestFolder folder{"crash"};
    FaultyDisk disk;
    Life life{folder};
    Images images{folder};
    std::size_t looked_at = 0;
    for (const Deed& deed : a_day()) {
        const std::size_t told = life.published.size();
        disk.before_change = [&] { images.take(disk); };
        life.live(deed);
        disk.before_change = nullptr;
        for (const auto& image : images.all) {
            ++looked_at;
            CAPTURE(looked_at);
            const auto found = entries_after_crash(image);
            // The batch that was being written: whole or not at all.
            CHECK((found.size() == told || found.size() == life.published.size()));
            CHECK(begins_with(life.published, found));
        }
        images.forget();
    }
    MESSAGE(looked_at << " crashes");
    CHECK(looked_at > 200);
}

TEST_CASE("what failed may come back after a crash, whole, until the first write that succeeds") {
    int came_back = 0;
    for (const DiskFault& fault : {DiskFault{DiskWork::sync, SQLITE_IOERR_FSYNC},
                                   DiskFault{DiskWork::write, SQLITE_IOERR_WRITE, true}}) {
        bool was_met = true;
        for (std::uint64_t nth = 1; was_met; ++nth) {
            CAPTURE(nth);
            const TestFolder folder{"came-back"};
            FaultyDisk disk;
            Life life{folder};
            Images images{folder};
            disk.plan(fault, nth);
            life.after_failure = [&] {
                images.take(disk);
                for (const auto& image : images.all) {
                    const auto found = entries_after_crash(image);
                    CHECK(begins_with(found, life.published));
                    came_back += found.size() > life.published.size() ? 1 : 0;
                }
                images.forget();
                // Nobody asks; the journal is tried by itself, and that ends the doubt.
                std::vector<engine::Submission> nothing;
                life.clock.advance(1s);
                life.cycle.run(nothing);
                REQUIRE_FALSE(life.cycle.status().failing_since);
                images.take(disk);
                for (const auto& image : images.all) {
                    CHECK((entries_after_crash(image) == life.published));
                }
                images.forget();
            };
            life.live();
            was_met = disk.faults_met() > 0;
        }
    }
    MESSAGE(came_back << " failed writes came back");
    CHECK(came_back > 0);
}

}  // namespace
}  // namespace amer::store

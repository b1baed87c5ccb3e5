// Journal writes with fsync and projections, and an engine's way from a command to its answer. The
// files lie in the build folder: measure on the disk that the centre will have.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <future>

#include "core/centre/example_centre.h"
#include "engine/engine.h"
#include "engine/system_clock.h"
#include "store/sqlite/journal.h"

namespace amer::store {
namespace {

using namespace centre;

struct Folder {
    Folder() { std::filesystem::remove_all(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path =
        std::filesystem::current_path() / ("bench-data-" + std::to_string(::getpid()));
};

// A contact's life in four events: opened, queued, connected, ended.
Event event_of(std::uint64_t sequence) {
    const ContactId contact{1 + sequence / 4};
    switch (sequence % 4) {
        case 0: {
            ContactOpened opened;
            opened.contact = contact;
            opened.dialled = "+971600500500";
            opened.caller.raw = "0501234567";
            opened.caller.number = example::phone("+971501234567");
            return opened;
        }
        case 1: return ContactQueued{contact, QueueId{"housing"}, 0, Instant{}};
        case 2: return ContactConnected{contact, AgentId{"amal"}};
        default: return ContactEnded{contact, ContactEnd::completed};
    }
}

void append_batch(benchmark::State& state) {
    const Folder folder;
    auto journal = SqliteJournal::open(folder.path).value();
    std::uint64_t sequence = 0;
    std::vector<engine::Entry> batch(static_cast<std::size_t>(state.range(0)));
    for (auto turn : state) {
        for (engine::Entry& entry : batch) {
            entry.event = event_of(sequence);
            entry.sequence = entry.decision = ++sequence;
        }
        if (!journal->append(batch)) state.SkipWithError("append failed");
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(append_batch)->Arg(1)->Arg(16)->Arg(256)->UseRealTime()->Unit(benchmark::kMicrosecond);

void read_journal(benchmark::State& state) {
    const Folder folder;
    auto journal = SqliteJournal::open(folder.path).value();
    std::vector<engine::Entry> entries(20'000);
    for (std::size_t index = 0; index < entries.size(); ++index) {
        entries[index] = engine::Entry{index + 1, index + 1, Instant{}, event_of(index)};
    }
    if (!journal->append(entries)) state.SkipWithError("append failed");
    for (auto turn : state) {
        std::size_t count = 0;
        if (!journal->read(1, [&](const engine::Entry&) { ++count; })) {
            state.SkipWithError("read failed");
        }
        benchmark::DoNotOptimize(count);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(entries.size()));
}
BENCHMARK(read_journal)->UseRealTime()->Unit(benchmark::kMillisecond);

// One command at a time through the engine and the real store, from submit to answer: the median,
// and the time that 99 of 100 stay under.
void submit_to_answer(benchmark::State& state) {
    const Folder folder;
    auto journal = SqliteJournal::open(folder.path).value();
    engine::SystemClock clock;
    engine::Engine engine{{}, *journal, clock};
    if (!engine.start()) state.SkipWithError("no start");
    const auto ask = [&](Command command) {
        std::promise<void> answered;
        if (!engine.submit(std::move(command),
                           [&](const engine::Outcome&) { answered.set_value(); })) {
            state.SkipWithError("full");
        }
        answered.get_future().wait();
    };
    ask(PublishConfiguration{example::configuration()});
    std::vector<double> microseconds;
    bool is_ready = false;
    for (auto turn : state) {
        const auto begin = std::chrono::steady_clock::now();
        // Ready, not ready: always a change that is written.
        is_ready = !is_ready;
        is_ready ? ask(RegisterPhone{AgentId{"amal"}}) : ask(UnregisterPhone{AgentId{"amal"}});
        const std::chrono::duration<double, std::micro> took =
            std::chrono::steady_clock::now() - begin;
        microseconds.push_back(took.count());
    }
    engine.stop();
    std::sort(microseconds.begin(), microseconds.end());
    state.counters["median_us"] = microseconds[microseconds.size() / 2];
    state.counters["p99_us"] = microseconds[microseconds.size() * 99 / 100];
    if (engine.status().sequence < microseconds.size()) state.SkipWithError("nothing written");
}
BENCHMARK(submit_to_answer)->UseRealTime()->Unit(benchmark::kMicrosecond)->MinTime(2);

}  // namespace
}  // namespace amer::store

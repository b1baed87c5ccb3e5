// A whole centre's days through the engine's own cycle into the real journal: what a group of
// events costs with the disk's sync, how fast a journal is replayed, and how soon a centre is ready
// after ten million events. The files lie in the working folder: measure on the disk the centre
// will have.
#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <map>

#include "base/rng.h"
#include "core/centre/example_centre.h"
#include "engine/cycle.h"
#include "engine/engine.h"
#include "engine/fake_clock.h"
#include "store/snapshot/keeper.h"
#include "store/snapshot/snapshot.h"
#include "store/sqlite/journal.h"

namespace amer::store {
namespace {

using namespace centre;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr int kAgents = 800;
constexpr std::uint64_t kArrivalsADay = 9;    // in a second while it is open
constexpr std::uint64_t kArrivalsANight = 2;  // in a minute

// Processor time of this process, user and system.
double cpu_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double seconds_since(Steady::time_point begin) {
    return std::chrono::duration<double>(Steady::now() - begin).count();
}

struct Folder {
    explicit Folder(const char* name)
        : path{std::filesystem::current_path() /
               (std::string{"bench-"} + name + "-" + std::to_string(::getpid()))} {
        std::filesystem::remove_all(path);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::filesystem::path path;
};

Configuration large_centre() {
    Configuration rules = example::configuration();
    rules.agents.clear();
    for (int at = 0; at < kAgents; ++at) {
        const QueueId queue{at % 2 == 0 ? "general" : "housing"};
        rules.agents.push_back(example::agent(("agent-" + std::to_string(at)).c_str(), {queue},
                                              {Language::arabic, Language::english}));
    }
    return rules;
}

// Callers, citizens and agents as the engine meets them: they answer what is published, after a
// while of the clock that is moved by hand.
class World {
public:
    World(engine::Journal& journal, Instant begin)
        : clock_{begin}, cycle_{journal, clock_, [](const std::string&) {}} {
        cycle_.subscribe([this](const std::vector<engine::Entry>& entries) {
            events_ += entries.size();
            for (const engine::Entry& entry : entries) react(entry.event);
        });
        AMER_CHECK(cycle_.load());
        post(0s, PublishConfiguration{large_centre()});
        for (int at = 0; at < kAgents; ++at) {
            post(1s, RegisterPhone{AgentId{"agent-" + std::to_string(at)}});
        }
    }

    // What happens in the next two seconds (a minute at night), as one batch.
    void live_on() {
        const bool is_open = calendar::is_open(cycle_.state().configuration.calendar, clock_.now());
        clock_.advance(is_open ? Duration{2s} : Duration{1min});
        for (std::uint64_t call = 0; call < (is_open ? 2 * kArrivalsADay : kArrivalsANight);
             ++call) {
            ring();
        }
        std::vector<engine::Submission> batch;
        while (!due_.empty() && due_.begin()->first <= clock_.now()) {
            batch.push_back({std::move(due_.begin()->second), {}});
            due_.erase(due_.begin());
        }
        const auto begin = Steady::now();
        const double cpu = cpu_seconds();
        cycle_.run(batch);
        in_engine_ += seconds_since(begin);
        cpu_in_engine_ += cpu_seconds() - cpu;
        ++batches_;
    }

    void live_until(std::uint64_t events) {
        while (events_ < events) live_on();
    }
    const State& state() const { return cycle_.state(); }
    std::uint64_t events() const { return events_; }
    std::uint64_t batches() const { return batches_; }
    double seconds_in_engine() const { return in_engine_; }
    double cpu_seconds_in_engine() const { return cpu_in_engine_; }

private:
    void post(Duration after, Command command) {
        due_.emplace(clock_.now() + after, std::move(command));
    }
    Duration between(Duration low, Duration high) {
        return low + Duration{draws_.below(static_cast<std::uint64_t>((high - low).count()))};
    }
    void ring() {
        OpenContact open;
        open.leg = LegId{++legs_};
        const bool is_direct = draws_.below(3) == 0;
        open.dialled = is_direct ? "8006679" : "600500500";
        const std::string digits = std::to_string(10'000'000 + draws_.below(1'000'000));
        open.caller.raw = "05" + digits;
        open.caller.number = example::phone("+9715" + digits);
        open.trunk = TrunkId{"operator"};
        post(0s, open);
    }
    void react(const Event& event);
    void finish(RecordingId recording, Duration after) {
        FinishRecording finished;
        finished.recording = recording;
        finished.length_ms = 61'000;
        finished.bytes = 1'952'044;
        finished.sha256 = std::string(64, 'a');
        post(after, finished);
    }

    engine::FakeClock clock_;
    engine::Cycle cycle_;
    std::multimap<Instant, Command> due_;
    std::map<ContactId, RecordingId> recordings_;
    Rng draws_{1};
    std::uint64_t legs_ = 0;
    std::uint64_t events_ = 0;
    std::uint64_t batches_ = 0;
    double in_engine_ = 0;
    double cpu_in_engine_ = 0;
};

void World::react(const Event& event) {
    if (const auto* opened = std::get_if<ContactOpened>(&event)) {
        if (opened->kind == ContactKind::inbound) post(100ms, CallerConnected{opened->contact});
    } else if (const auto* prompt = std::get_if<PromptStarted>(&event)) {
        post(between(1s, 6s), FinishPrompt{prompt->contact, prompt->playback});
    } else if (const auto* awaited = std::get_if<InputAwaited>(&event)) {
        post(between(500ms, 2s), PressDigit{awaited->contact, draws_.below(2) == 0 ? "1" : "0"});
    } else if (const auto* queued = std::get_if<ContactQueued>(&event)) {
        post(between(2min, 10min), CallerLeft{queued->contact});  // unless he is done before
    } else if (const auto* made = std::get_if<OfferMade>(&event)) {
        post(100ms, ReportRinging{made->offer});
        if (draws_.below(20) != 0) post(between(1s, 6s), AcceptOffer{made->offer});
    } else if (const auto* connected = std::get_if<ContactConnected>(&event)) {
        post(between(20s, 100s), CallerLeft{connected->contact});
    } else if (const auto* started = std::get_if<RecordingStarted>(&event)) {
        const bool is_message = started->kind == RecordingKind::message;
        is_message ? finish(started->recording, between(5s, 30s))
                   : static_cast<void>(recordings_[started->contact] = started->recording);
    } else if (const auto* ended = std::get_if<ContactEnded>(&event)) {
        const auto recording = recordings_.find(ended->contact);
        if (recording == recordings_.end()) return;
        finish(recording->second, 300ms);
        recordings_.erase(recording);
    } else if (const auto* attempt = std::get_if<AttemptStarted>(&event)) {
        draws_.below(3) == 0
            ? post(20s, CustomerFailed{attempt->contact, AttemptOutcome::no_answer})
            : post(8s, CustomerAnswered{attempt->contact});
    } else if (const auto* state = std::get_if<AgentStateChanged>(&event)) {
        const bool is_back = state->state == agent::AgentState::not_ready;
        if (is_back) post(10s, SetReady{state->agent});
    }
}

const Instant kMorning = example::dubai("2026-11-23 10:00");

// Decide, apply, write with the projections and the disk's sync, publish: events a second.
void engine_with_journal(benchmark::State& state) {
    const Folder folder{"engine"};
    const auto journal = SqliteJournal::open(folder.path).value();
    World world{*journal, kMorning};
    while (world.state().contacts.size() < 500) world.live_on();  // the morning's beginning
    const std::uint64_t events = world.events();
    const std::uint64_t batches = world.batches();
    const double cpu = world.cpu_seconds_in_engine();
    for (auto turn : state) {
        const double before = world.seconds_in_engine();
        world.live_on();
        state.SetIterationTime(world.seconds_in_engine() - before);
    }
    const auto done = static_cast<double>(world.events() - events);
    state.SetItemsProcessed(static_cast<std::int64_t>(done));
    state.counters["events_a_group"] = done / static_cast<double>(world.batches() - batches);
    state.counters["cpu_us_an_event"] = (world.cpu_seconds_in_engine() - cpu) * 1e6 / done;
    state.counters["contacts"] = static_cast<double>(world.state().contacts.size());
}
BENCHMARK(engine_with_journal)->UseManualTime()->Iterations(1'000)->Unit(benchmark::kMillisecond);

// Read, decode and apply, as a start without a snapshot and `amer replay` do.
void replay_journal(benchmark::State& state) {
    const Folder folder{"replay"};
    const auto journal = SqliteJournal::open(folder.path).value();
    World world{*journal, kMorning};
    world.live_until(static_cast<std::uint64_t>(state.range(0)));
    for (auto turn : state) {
        const auto replayed = engine::replay(*journal);
        AMER_CHECK(replayed && replayed->sequence == world.events());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(world.events()));
}
BENCHMARK(replay_journal)
    ->Arg(500'000)
    ->Iterations(5)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

// As `amer serve` does it: the journal opened, the state loaded. The snapshot is as old as the
// keeper ever leaves it. Makes a journal of some gigabytes first and takes minutes.
void ready_after(benchmark::State& state) {
    const Folder folder{"ready"};
    const auto events = static_cast<std::uint64_t>(state.range(0));
    {
        const auto journal = SqliteJournal::open(folder.path).value();
        World world{*journal, kMorning};
        world.live_until(events - SnapshotKeeper::kEvery);
        AMER_CHECK(make_snapshot(folder.path, 0));
        world.live_until(events);
        state.counters["contacts"] = static_cast<double>(world.state().contacts.size());
        state.counters["promises"] = static_cast<double>(world.state().promises.size());
    }
    for (auto turn : state) {
        const auto journal = SqliteJournal::open(folder.path).value();
        engine::FakeClock clock{kMorning};
        engine::Cycle cycle{*journal, clock, [](const std::string&) {}};
        AMER_CHECK(cycle.load());
        benchmark::DoNotOptimize(cycle.state());
    }
    state.counters["database_mb"] =
        static_cast<double>(std::filesystem::file_size(folder.path / "amer.db")) / 1e6;
}
BENCHMARK(ready_after)
    ->Arg(10'000'000)
    ->Iterations(5)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace amer::store

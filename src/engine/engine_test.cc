#include "engine/engine.h"

#include <future>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "base/guarded.h"
#include "core/centre/example_centre.h"
#include "engine/fake_clock.h"
#include "engine/memory_journal.h"
#include "engine/system_clock.h"

namespace amer::engine {
namespace {

using namespace centre;
using namespace std::chrono_literals;
using Kind = Outcome::Kind;

const Instant kMorning = example::dubai("2026-11-23 09:00");

// Keeps the engine thread busy until it is let go, so that commands pile up behind it.
class Busy {
public:
    explicit Busy(Engine& engine)
        : thread_{[this, &engine] {
              engine.inspect([this](const State&) {
                  begun_.set_value();
                  end_.get_future().wait();
              });
          }} {
        begun_.get_future().wait();
    }
    void let_go() {
        end_.set_value();
        thread_.join();
    }

private:
    std::promise<void> begun_;
    std::promise<void> end_;
    std::thread thread_;
};

struct Running {
    explicit Running(EngineOptions options = {}) : engine{options, journal, clock} {
        engine.subscribe([this](const std::vector<Entry>& entries) {
            published.with([&](std::vector<Entry>& all) {
                all.insert(all.end(), entries.begin(), entries.end());
            });
        });
        REQUIRE(engine.start());
        REQUIRE(ask(PublishConfiguration{example::configuration()}).kind == Kind::done);
    }
    Outcome ask(Command command) {
        std::promise<Outcome> answer;
        REQUIRE(engine.submit(std::move(command),
                              [&](const Outcome& outcome) { answer.set_value(outcome); }));
        return answer.get_future().get();
    }
    std::size_t offers() {
        std::size_t offers = 0;
        engine.inspect([&](const State& state) { offers = state.offers.size(); });
        return offers;
    }

    MemoryJournal journal;
    FakeClock clock{kMorning};
    Guarded<std::vector<Entry>> published;
    Engine engine;
};

OpenContact a_call() {
    OpenContact open;
    open.dialled = "8006679";
    open.number = example::phone("+9718006679");
    open.caller.number = example::phone("+971501234567");
    open.trunk = TrunkId{"operator"};
    return open;
}

TEST_CASE("what piles up while the engine is busy is written in batches and answered in order") {
    Running running{{.batch_max = 4}};
    const std::size_t before = running.journal.appends();
    Guarded<std::vector<int>> order;
    Busy busy{running.engine};
    for (int number = 0; number < 10; ++number) {
        REQUIRE(running.engine.submit(a_call(), [&order, number](const Outcome& outcome) {
            CHECK(outcome.kind == Kind::done);
            order.with([number](std::vector<int>& all) { all.push_back(number); });
        }));
    }
    busy.let_go();
    running.engine.stop();
    CHECK(running.journal.appends() == before + 3);
    CHECK(order.with([](const std::vector<int>& all) { return all; }) ==
          std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    CHECK((running.published.with([](const std::vector<Entry>& all) { return all; }) ==
           running.journal.entries()));
}

TEST_CASE("a phone that is not answered stops at its deadline, not before") {
    Running running;
    running.ask(RegisterPhone{AgentId{"amal"}});
    running.ask(a_call());
    running.ask(CallerConnected{ContactId{1}});
    REQUIRE(running.offers() == 1);
    running.clock.advance(15s - 1us);
    CHECK(running.offers() == 1);
    running.clock.advance(1us);
    CHECK(running.offers() == 0);
}

// Says when the engine goes to sleep over a deadline.
class WatchedClock final : public Clock {
public:
    explicit WatchedClock(Instant start) : inner_{start} {}
    Instant now() override { return inner_.now(); }
    std::optional<std::chrono::steady_clock::time_point> sleep_until(Instant instant) override {
        sleeps_.with([this, instant](bool& sleeps) {
            if (!sleeps) asleep.set_value(instant);
            sleeps = true;
        });
        return inner_.sleep_until(instant);
    }
    void on_move(std::function<void()> wake) override { inner_.on_move(std::move(wake)); }
    void move_to(Instant instant) { inner_.move_to(instant); }

    std::promise<Instant> asleep;

private:
    FakeClock inner_;
    Guarded<bool> sleeps_{false};
};

TEST_CASE("a clock moved by hand wakes the engine from its sleep") {
    MemoryJournal journal;
    WatchedClock clock{kMorning};
    Engine engine{{}, journal, clock};
    std::promise<Instant> ticked;
    engine.subscribe([&, has_ticked = false](const std::vector<Entry>& entries) mutable {
        if (entries.back().at == kMorning || std::exchange(has_ticked, true)) return;
        ticked.set_value(entries.back().at);
    });
    REQUIRE(engine.start());
    REQUIRE(engine.submit(PublishConfiguration{example::configuration()}));
    REQUIRE(engine.submit(RegisterPhone{AgentId{"amal"}}));
    REQUIRE(engine.submit(a_call()));
    REQUIRE(engine.submit(CallerConnected{ContactId{1}}));
    const Instant deadline = clock.asleep.get_future().get();
    CHECK(deadline > kMorning);
    clock.move_to(deadline);
    auto tick = ticked.get_future();
    REQUIRE(tick.wait_for(30s) == std::future_status::ready);
    CHECK(tick.get() == deadline);
}

TEST_CASE("deadlines of the real clock wake the engine by themselves") {
    MemoryJournal journal;
    SystemClock clock{kMorning};
    Engine engine{{}, journal, clock};
    std::promise<void> stopped_ringing;
    engine.subscribe([&](const std::vector<Entry>& entries) {
        for (const Entry& entry : entries) {
            if (std::holds_alternative<OfferEnded>(entry.event)) stopped_ringing.set_value();
        }
    });
    REQUIRE(engine.start());
    Configuration configuration = example::configuration();
    for (Queue& queue : configuration.queues) queue.ring_ms = 1'000;
    REQUIRE(engine.submit(PublishConfiguration{configuration}));
    REQUIRE(engine.submit(RegisterPhone{AgentId{"amal"}}));
    REQUIRE(engine.submit(a_call()));
    REQUIRE(engine.submit(CallerConnected{ContactId{1}}));
    CHECK(stopped_ringing.get_future().wait_for(30s) == std::future_status::ready);
    engine.stop();
    Instant offered;
    Instant ended;
    for (const Entry& entry : journal.entries()) {
        if (std::holds_alternative<OfferMade>(entry.event)) offered = entry.at;
        if (std::holds_alternative<OfferEnded>(entry.event)) ended = entry.at;
    }
    CHECK(ended - offered >= 1s);
}

TEST_CASE("a stop works off what waits and takes nothing more") {
    Running running;
    Guarded<int> answered;
    Busy busy{running.engine};
    for (int number = 0; number < 100; ++number) {
        REQUIRE(running.engine.submit(a_call(), [&](const Outcome& outcome) {
            CHECK(outcome.kind == Kind::done);
            answered.with([](int& count) { ++count; });
        }));
    }
    std::thread stopper{[&] { running.engine.stop(); }};
    busy.let_go();
    stopper.join();
    CHECK(answered.with([](const int& count) { return count; }) == 100);
    CHECK_FALSE(running.engine.submit(a_call()));
    // Looking is still possible.
    CHECK(running.engine.status().contacts == 100);
}

TEST_CASE("a full mailbox refuses commands, but may still be looked into") {
    Running running{{.mailbox_capacity = 3}};
    Busy busy{running.engine};
    for (int number = 0; number < 3; ++number) REQUIRE(running.engine.submit(a_call()));
    CHECK_FALSE(running.engine.submit(a_call()));
    std::promise<std::size_t> seen;
    std::thread looker{[&] { seen.set_value(running.engine.status().contacts); }};
    busy.let_go();
    CHECK(seen.get_future().get() <= 3);
    looker.join();
    CHECK(running.ask(a_call()).kind == Kind::done);
}

TEST_CASE("the live hash is the hash of a replay") {
    Running running;
    running.ask(RegisterPhone{AgentId{"amal"}});
    running.ask(a_call());
    running.ask(CallerConnected{ContactId{1}});
    const EngineStatus status = running.engine.status();
    const auto replayed = replay(running.journal);
    REQUIRE(replayed);
    CHECK(status.state_hash == replayed->state_hash);
    CHECK(status.sequence == replayed->sequence);
    CHECK(status.contacts == 1);
    CHECK(status.agents_logged_in == 1);
}

TEST_CASE("an engine that was never started may be looked into and stopped") {
    MemoryJournal journal;
    FakeClock clock{kMorning};
    Engine engine{{}, journal, clock};
    CHECK(engine.status().sequence == 0);
    engine.stop();
    CHECK_FALSE(engine.submit(Tick{}));
}

TEST_CASE("many threads submit and look at once") {
    Running running;
    std::vector<std::thread> threads;
    Guarded<int> done;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&] {
            for (int turn = 0; turn < 100; ++turn) {
                REQUIRE(running.engine.submit(
                    a_call(), [&](const Outcome&) { done.with([](int& count) { ++count; }); }));
                if (turn % 25 == 0) running.engine.status();
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    running.engine.stop();
    CHECK(done.with([](const int& count) { return count; }) == 400);
    CHECK(running.engine.status().contacts == 400);
}

}  // namespace
}  // namespace amer::engine

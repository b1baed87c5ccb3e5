#include "engine/cycle.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/centre/example_centre.h"
#include "engine/fake_clock.h"
#include "engine/memory_journal.h"
#include "engine/state_hash.h"

namespace amer::engine {
namespace {

using namespace centre;
using namespace std::chrono_literals;
using Kind = Outcome::Kind;

const Instant kMorning = example::dubai("2026-11-23 09:00");

OpenContact call_of(const char* number) {
    OpenContact open;
    open.leg = LegId{1};
    open.dialled = number;
    open.number = example::phone(number);
    open.caller.number = example::phone("+971501234567");
    open.trunk = TrunkId{"operator"};
    return open;
}

// The cycle with a journal that fails when told, a clock that is moved, and a listener.
struct Bench {
    Bench() {
        cycle.subscribe([this](const std::vector<Entry>& entries) {
            published.insert(published.end(), entries.begin(), entries.end());
        });
    }
    Outcome ask(Command command, std::uint64_t failures_heard = kAnyOrder) {
        Outcome answer;
        int answers = 0;
        std::vector<Submission> batch;
        const auto take = [&](const Outcome& outcome) {
            answer = outcome;
            ++answers;
        };
        batch.push_back({std::move(command), take, failures_heard});
        cycle.run(batch);
        CHECK(answers == 1);
        return answer;
    }
    void tick() {
        std::vector<Submission> nothing;
        cycle.run(nothing);
    }
    // What everybody outside believes, what is durable and what is in memory are the same.
    void check_agreement() {
        const auto durable = journal.entries();
        CHECK((published == durable));
        const auto replayed = replay(journal);
        REQUIRE(replayed);
        CHECK(replayed->sequence == durable.size());
        CHECK((replayed->state == cycle.state()));
        CHECK(cycle.status().sequence == durable.size());
        CHECK(cycle.status().state_hash == replayed->state_hash);
    }

    MemoryJournal journal;
    FakeClock clock{kMorning};
    std::vector<std::string> troubles;
    Cycle cycle{journal, clock, [this](const std::string& what) { troubles.push_back(what); }};
    std::vector<Entry> published;
};

// A morning: the centre opens, an agent comes, a call is offered, missed, offered again and served.
std::vector<Command> morning() {
    std::vector<Command> commands{PublishConfiguration{example::configuration()},
                                  RecoverFromCrash{},
                                  RegisterPhone{AgentId{"amal"}},
                                  call_of("+9718006679"),
                                  CallerConnected{ContactId{1}},
                                  ReportRinging{OfferId{1}},
                                  Tick{},
                                  RegisterPhone{AgentId{"basim"}},
                                  AcceptOffer{OfferId{2}},
                                  call_of("+971600500500"),
                                  CallerConnected{ContactId{2}},
                                  CallerLeft{ContactId{2}},
                                  CallerLeft{ContactId{1}},
                                  FinishWrapUp{AgentId{"basim"}},
                                  UnregisterPhone{AgentId{"basim"}}};
    return commands;
}

void run_morning(Bench& bench) {
    for (const Command& command : morning()) {
        bench.clock.advance(std::holds_alternative<Tick>(command) ? 16s : 2s);
        Outcome outcome = bench.ask(command);
        // As the world does: what failed is asked for again.
        while (outcome.kind == Kind::failed) {
            bench.check_agreement();
            bench.clock.advance(1s);
            outcome = bench.ask(command);
        }
        bench.check_agreement();
    }
}

TEST_CASE("what is answered as done is durable, published and in the state") {
    Bench bench;
    REQUIRE(bench.cycle.load());
    const Outcome outcome = bench.ask(PublishConfiguration{example::configuration()});
    CHECK(outcome.kind == Kind::done);
    REQUIRE_FALSE(outcome.entries.empty());
    CHECK(outcome.sequence == outcome.entries.back().sequence);
    CHECK((outcome.entries == bench.journal.entries()));
    for (const Entry& entry : outcome.entries) {
        CHECK(entry.decision == 1);
        CHECK(entry.at == kMorning);
    }
    CHECK(bench.cycle.state().configuration.version == 1);
    bench.check_agreement();
}

TEST_CASE("the morning happens as told") {
    Bench bench;
    REQUIRE(bench.cycle.load());
    run_morning(bench);
    CHECK(bench.troubles.empty());
    int connected = 0;
    int ended = 0;
    for (const Entry& entry : bench.published) {
        connected += std::holds_alternative<ContactConnected>(entry.event) ? 1 : 0;
        ended += std::holds_alternative<ContactEnded>(entry.event) ? 1 : 0;
    }
    CHECK(connected == 1);
    CHECK(ended == 2);
}

TEST_CASE("whichever write fails, nobody hears of it and everybody agrees afterwards") {
    Bench smooth;
    REQUIRE(smooth.cycle.load());
    run_morning(smooth);
    const std::size_t writes = smooth.journal.appends();
    REQUIRE(writes > 10);
    for (std::size_t nth = 1; nth <= writes; ++nth) {
        for (const std::size_t times : {1U, 3U}) {
            CAPTURE(nth);
            CAPTURE(times);
            Bench bench;
            REQUIRE(bench.cycle.load());
            bench.journal.fail_append(nth, times);
            run_morning(bench);
            CHECK(bench.journal.entries().size() >= smooth.journal.entries().size());
            REQUIRE(bench.troubles.size() == 2);
            CHECK(bench.troubles[0] == "the journal cannot be written: the disk is full");
            CHECK(bench.troubles[1].find("the journal can be written again") == 0);
            CHECK_FALSE(bench.cycle.status().failing_since);
        }
    }
}

TEST_CASE("a rejection is told and written nowhere") {
    Bench bench;
    REQUIRE(bench.cycle.load());
    bench.ask(PublishConfiguration{example::configuration()});
    const std::size_t writes = bench.journal.appends();
    const Outcome outcome = bench.ask(call_of("+971600000000"));
    CHECK(outcome.kind == Kind::rejected);
    CHECK(outcome.rejection.reason == RejectionReason::unknown_number);
    CHECK(bench.journal.appends() == writes);
}

TEST_CASE("a batch is written once and told in order") {
    Bench bench;
    REQUIRE(bench.cycle.load());
    std::vector<int> order;
    std::vector<Submission> batch;
    const auto add = [&](Command command, int number) {
        batch.push_back({std::move(command), [&order, number, &bench](const Outcome&) {
                             CHECK((bench.published == bench.journal.entries()));
                             order.push_back(number);
                         }});
    };
    add(PublishConfiguration{example::configuration()}, 1);
    add(RegisterPhone{AgentId{"amal"}}, 2);
    add(call_of("+971600000000"), 3);
    add(call_of("+9718006679"), 4);
    bench.cycle.run(batch);
    CHECK(order == std::vector<int>{1, 2, 3, 4});
    CHECK(bench.journal.appends() == 1);
    CHECK(bench.cycle.status().batches == 1);
    CHECK(bench.cycle.status().commands == 4);
    CHECK(bench.cycle.state().contacts.size() == 1);
    bench.check_agreement();
}

TEST_CASE("a failed batch is failed as a whole, its rejections too") {
    Bench bench;
    REQUIRE(bench.cycle.load());
    bench.ask(PublishConfiguration{example::configuration()});
    bench.journal.fail_append(1);
    std::vector<Kind> kinds;
    std::vector<Submission> batch;
    for (const char* number : {"+9718006679", "+971600000000"}) {
        batch.push_back(
            {call_of(number), [&](const Outcome& outcome) { kinds.push_back(outcome.kind); }});
    }
    bench.cycle.run(batch);
    CHECK(kinds == std::vector<Kind>{Kind::failed, Kind::failed});
    CHECK(bench.cycle.state().contacts.empty());
    bench.check_agreement();
}

TEST_CASE("while the journal fails new calls are refused at once, one a second is tried") {
    Bench bench;
    REQUIRE(bench.cycle.load());
    bench.ask(PublishConfiguration{example::configuration()});
    bench.journal.fail_append(1, 1'000);
    CHECK(bench.ask(call_of("+9718006679")).kind == Kind::failed);
    CHECK(bench.cycle.status().failing_since == kMorning);
    CHECK(bench.cycle.status().failure == "the disk is full");

    const std::size_t tries = bench.journal.appends();
    CHECK(bench.ask(call_of("+9718006679")).failure == "the journal cannot be written");
    CHECK(bench.journal.appends() == tries);
    CHECK(bench.ask(RegisterPhone{AgentId{"amal"}}).kind == Kind::failed);
    CHECK(bench.journal.appends() == tries + 1);
    bench.clock.advance(1s);
    CHECK(bench.ask(call_of("+9718006679")).failure == "the disk is full");
    CHECK(bench.journal.appends() == tries + 2);
    bench.check_agreement();

    bench.journal.fail_append(1, 0);
    CHECK(bench.ask(RegisterPhone{AgentId{"amal"}}).kind == Kind::done);
    CHECK(bench.ask(call_of("+9718006679")).kind == Kind::done);
    bench.check_agreement();
}

TEST_CASE("a deadline that cannot be written is tried again every second, not all the time") {
    Bench bench;
    REQUIRE(bench.cycle.load());
    bench.ask(PublishConfiguration{example::configuration()});
    bench.ask(RegisterPhone{AgentId{"amal"}});
    bench.ask(call_of("+9718006679"));
    bench.ask(CallerConnected{ContactId{1}});
    REQUIRE(bench.cycle.state().offers.size() == 1);
    const auto ring_until = bench.cycle.next_wake();
    REQUIRE(ring_until);

    bench.journal.fail_append(1, 2);
    bench.clock.move_to(*ring_until);
    bench.tick();
    CHECK(bench.cycle.next_wake() == *ring_until + 1s);
    const std::size_t tries = bench.journal.appends();
    bench.tick();
    CHECK(bench.journal.appends() == tries);
    bench.clock.advance(1s);
    bench.tick();
    CHECK(bench.journal.appends() == tries + 1);
    CHECK(bench.cycle.state().offers.size() == 1);
    bench.clock.advance(1s);
    bench.tick();
    CHECK(bench.cycle.state().offers.empty());
    bench.check_agreement();
}

TEST_CASE("nothing overtakes a command that failed and has to be told again") {
    Bench bench;
    REQUIRE(bench.cycle.load());
    bench.ask(PublishConfiguration{example::configuration()});
    const AgentId amal{"amal"};
    bench.journal.fail_append(1, 2);
    CHECK(bench.ask(call_of("+9718006679")).failures == 0);  // no command in order
    const Outcome come = bench.ask(RegisterPhone{amal}, 0);
    CHECK(come.kind == Kind::failed);
    CHECK(come.failures == 1);

    // On its way before its sender heard of that: the phone would be gone before it came.
    const Outcome gone = bench.ask(UnregisterPhone{amal}, 0);
    CHECK(gone.kind == Kind::failed);
    CHECK(gone.failure == "an earlier command failed");
    CHECK(bench.ask(RegisterPhone{AgentId{"basim"}}).kind == Kind::done);  // in no order

    CHECK(bench.ask(RegisterPhone{amal}, come.failures).kind == Kind::done);
    CHECK(bench.ask(UnregisterPhone{amal}, come.failures).kind == Kind::done);
    CHECK(bench.cycle.state().agents.at(amal).state == agent::AgentState::logged_out);
    bench.check_agreement();
}

TEST_CASE("a journal that failed is tried every second, though nobody asks for anything") {
    Bench bench;
    REQUIRE(bench.cycle.load());
    bench.ask(PublishConfiguration{example::configuration()});
    REQUIRE_FALSE(bench.cycle.next_wake());
    bench.journal.fail_append(1, 14);
    bench.ask(RegisterPhone{AgentId{"amal"}});
    int tries = 0;
    while (bench.cycle.status().failing_since) {
        REQUIRE(bench.cycle.next_wake() == kMorning + ++tries * 1s);
        bench.tick();  // too early
        bench.clock.advance(1s);
        bench.tick();
    }
    CHECK(tries == 14);
    CHECK_FALSE(bench.cycle.next_wake());
    CHECK(bench.cycle.status().failure.empty());
    // Said when it began, again after ten seconds, and when it was over.
    REQUIRE(bench.troubles.size() == 3);
    CHECK(bench.troubles[0] == "the journal cannot be written: the disk is full");
    CHECK(
        bench.troubles[1] ==
        "the journal cannot be written for 10 s now, new calls are turned away: the disk is full");
    CHECK(bench.troubles[2] == "the journal can be written again, after 14000 ms");
    bench.check_agreement();
}

TEST_CASE("a journal that can neither be written nor read: everything fails until it can") {
    Bench bench;
    REQUIRE(bench.cycle.load());
    bench.ask(PublishConfiguration{example::configuration()});
    bench.journal.fail_append(1);
    bench.journal.fail_reads(2);
    CHECK(bench.ask(RegisterPhone{AgentId{"amal"}}).kind == Kind::failed);
    CHECK(bench.ask(RegisterPhone{AgentId{"amal"}}).failure == "the disk cannot be read");
    CHECK(bench.ask(RegisterPhone{AgentId{"amal"}}).kind == Kind::done);
    bench.check_agreement();
}

TEST_CASE("a write that was called failed and is there after all is told, once") {
    struct Liar final : Journal {
        MemoryJournal inner;
        bool lies = false;
        Result<void> append(const std::vector<Entry>& entries) override {
            const auto appended = inner.append(entries);
            return lies ? failure("who knows") : appended;
        }
        Result<void> read(std::uint64_t first,
                          const std::function<void(const Entry&)>& take) override {
            return inner.read(first, take);
        }
    } journal;
    FakeClock clock{kMorning};
    Cycle cycle{journal, clock, {}};
    std::vector<Entry> published;
    cycle.subscribe([&](const std::vector<Entry>& entries) {
        published.insert(published.end(), entries.begin(), entries.end());
    });
    REQUIRE(cycle.load());
    std::vector<Submission> batch;
    batch.push_back({PublishConfiguration{example::configuration()}, {}});
    journal.lies = true;
    cycle.run(batch);
    CHECK((published == journal.inner.entries()));
    CHECK(cycle.state().configuration.version == 1);
    journal.lies = false;
    batch.front().command = RegisterPhone{AgentId{"amal"}};
    cycle.run(batch);
    CHECK((published == journal.inner.entries()));
}

TEST_CASE("after a start the journal's past is in the state and told to nobody") {
    Bench first;
    REQUIRE(first.cycle.load());
    run_morning(first);

    FakeClock clock{kMorning - 1h};
    std::vector<std::string> troubles;
    std::vector<Entry> published;
    Cycle second{first.journal, clock, [&](const std::string& what) { troubles.push_back(what); }};
    second.subscribe([&](const std::vector<Entry>& entries) { published = entries; });
    REQUIRE(second.load());
    CHECK(published.empty());
    CHECK((second.state() == first.cycle.state()));

    // The clock stood an hour back: said aloud, and time goes on from the last entry.
    REQUIRE(troubles.size() == 1);
    CHECK(troubles[0].find("the clock stands") == 0);
    CHECK(clock.now() == first.published.back().at);
    std::vector<Submission> batch;
    batch.push_back({RecoverFromCrash{}, {}});
    second.run(batch);
    REQUIRE_FALSE(published.empty());
    CHECK(published.front().at >= first.published.back().at);
}

TEST_CASE("a journal that cannot be read is no start") {
    Bench bench;
    bench.journal.fail_reads(1);
    CHECK(bench.cycle.load().error().what == "the disk cannot be read");
}

TEST_CASE("the hash follows the state") {
    CHECK(state_hash(State{}).size() == 64);
    Bench bench;
    REQUIRE(bench.cycle.load());
    const std::string empty = bench.cycle.status().state_hash;
    CHECK(empty == state_hash(State{}));
    bench.ask(PublishConfiguration{example::configuration()});
    CHECK(bench.cycle.status().state_hash != empty);
}

}  // namespace
}  // namespace amer::engine

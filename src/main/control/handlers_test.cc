#include "main/control/handlers.h"

#include <doctest/doctest.h>

#include <future>

#include <unistd.h>

#include "engine/fake_clock.h"
#include "main/config/load.h"
#include "main/instant_text.h"
#include "store/sqlite/journal.h"

using namespace amer;
using control::Json;
namespace fs = std::filesystem;

namespace {

// The default centre on a Thursday evening, in a data folder of its own.
struct Evening {
    fs::path data = fs::path{AMER_BINARY_DIR} / ("handlers_test_" + std::to_string(getpid()));
    engine::FakeClock clock{parse_instant("2026-11-19T18:00:00+04:00").value()};
    std::unique_ptr<store::SqliteJournal> journal;
    std::unique_ptr<engine::Engine> engine;
    control::Handlers handlers;

    Evening() {
        fs::remove_all(data);
        journal = store::SqliteJournal::open(data).value();
        engine = std::make_unique<engine::Engine>(engine::EngineOptions{}, *journal, clock);
        REQUIRE(engine->start());
        submit(centre::RecoverFromCrash{});
        submit(centre::PublishConfiguration{
            config::load(fs::path{AMER_SOURCE_DIR} / "config").value().centre});
        handlers = control::make_handlers({*engine,
                                           clock,
                                           data,
                                           [] {
                                               return Json{{"calls", 0}};
                                           },
                                           {"127.0.0.1", 5070}});
    }
    ~Evening() {
        engine->stop();
        fs::remove_all(data);
    }
    Evening(const Evening&) = delete;
    Evening& operator=(const Evening&) = delete;

    void submit(centre::Command command) const {
        std::promise<engine::Outcome> answered;
        auto outcome = answered.get_future();
        REQUIRE(engine->submit(std::move(command),
                               [&](const engine::Outcome& what) { answered.set_value(what); }));
        REQUIRE(outcome.get().kind == engine::Outcome::Kind::done);
    }

    Result<Json> ask(const std::string& command, const Json& arguments = Json::object()) const {
        return handlers.at(command)(arguments, {});
    }
};

centre::OpenContact night_call() {
    centre::OpenContact call;
    call.leg = LegId{1};
    call.dialled = "600500500";
    call.number = PhoneNumber::parse("+971600500500").value();
    call.caller.number = PhoneNumber::parse("+971501234567").value();
    call.trunk = TrunkId{"rehearsal"};
    return call;
}

}  // namespace

TEST_CASE("status tells the centre's time, when it opens, and the hash a replay comes to") {
    const Evening evening;
    const Json status = evening.ask("status").value();
    CHECK(status["now"] == "2026-11-19T18:00:00+04:00");
    CHECK(status["is_open"] == false);
    CHECK(status["closes"].is_null());
    CHECK(status["next_opening"] == "2026-11-20T07:30:00+04:00");
    CHECK(status["sip"]["port"] == 5070);
    CHECK(status["wire"]["calls"] == 0);
    const auto beside = store::SqliteJournal::open_read_only(evening.data);
    REQUIRE(beside);
    const auto replayed = engine::replay(**beside);
    REQUIRE(replayed);
    CHECK(status["state_hash"] == replayed->state_hash);
    CHECK(status["sequence"] == replayed->sequence);
    CHECK(status["journal_has_failed"] == false);
    CHECK(status["journal_failing_since"].is_null());
}

TEST_CASE("an agent is made ready and not ready, and the reason is kept") {
    const Evening evening;
    evening.submit(centre::RegisterPhone{AgentId{"mariam"}});
    CHECK(evening.ask("agents").value()[0]["state"] == "ready");
    const auto lunch =
        evening.ask("agent", {{"id", "mariam"}, {"state", "not_ready"}, {"reason", "meal"}});
    REQUIRE(lunch);
    CHECK((*lunch)["events"] == 1);
    const Json mariam = evening.ask("agents").value()[0];
    CHECK(mariam["id"] == "mariam");
    CHECK(mariam["state"] == "not_ready");
    CHECK(mariam["reason"] == "meal");
    CHECK(mariam["since"] == "2026-11-19T18:00:00+04:00");
    CHECK_FALSE(evening.ask("agent", {{"id", "nobody"}, {"state", "ready"}}));
    CHECK(evening.ask("agent", {{"id", "mariam"}, {"state", "asleep"}}).error().what ==
          "unknown state 'asleep': expected ready, not_ready, logged_out, "
          "wrapped_up or wrap_up");
}

TEST_CASE("a contact that does not wait cannot be given to anybody, and the answer says so") {
    const Evening evening;
    const auto unknown =
        evening.ask("assign", {{"contact", 7}, {"agent", "mariam"}, {"by", "desk"}});
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().what == "there has never been a contact 7");
    evening.submit(night_call());
    const auto in_flow =
        evening.ask("assign", {{"contact", 1}, {"agent", "mariam"}, {"by", "desk"}});
    REQUIRE_FALSE(in_flow);
    CHECK(in_flow.error().what == "it does not wait in a queue now");
    const auto kept = evening.ask(
        "assign", {{"contact", 1}, {"agent", "mariam"}, {"by", "desk"}, {"for_ms", 1'000}});
    REQUIRE_FALSE(kept);
    CHECK(kept.error().what == "it does not wait in a queue now");
}

TEST_CASE("a notice is set and ended by a supervisor") {
    const Evening evening;
    const auto nowhere =
        evening.ask("notice", {{"area", "moon"}, {"for_ms", 60'000}, {"by", "desk"}});
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().what == "'moon' is no department or branch of this centre");
    const auto none = evening.ask("notice", {{"by", "desk"}});
    REQUIRE(none);
    CHECK((*none)["events"] == 0);
}

TEST_CASE("a call at night is a contact, and a promise that is due at the next opening") {
    Evening evening;
    evening.submit(night_call());
    evening.submit(centre::CallerConnected{ContactId{1}});
    // Through the greeting and the choice of language to the question whether it is open.
    for (int press = 0; press < 2; ++press) {
        evening.clock.advance(std::chrono::seconds{3});
        evening.submit(centre::PressDigit{ContactId{1}, "1"});
    }
    evening.submit(centre::CallerLeft{ContactId{1}});
    const Json contacts = evening.ask("contacts", {{"last", 5}}).value();
    REQUIRE(contacts.size() == 1);
    CHECK(contacts[0]["caller"] == "+971501234567");
    CHECK(contacts[0]["opened"] == "2026-11-19T18:00:00+04:00");
    const Json promises = evening.ask("promises", {{"open", true}}).value();
    REQUIRE(promises.size() == 1);
    CHECK(promises[0]["number"] == "+971501234567");
    CHECK(promises[0]["due"]["from"] == "2026-11-20T07:30:00+04:00");
    CHECK(promises[0]["due"]["until"] == "2026-11-20T12:00:00+04:00");
    CHECK(evening.ask("promises").value().size() == 1);
}

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

centre::OpenContact night_call() {
    centre::OpenContact call;
    call.leg = LegId{1};
    call.dialled = "600500500";
    call.number = PhoneNumber::parse("+971600500500").value();
    call.caller.number = PhoneNumber::parse("+971501234567").value();
    call.trunk = TrunkId{"rehearsal"};
    return call;
}

// The default centre on a Thursday evening, in a data folder of its own.
struct Evening {
    fs::path data = fs::path{AMER_BINARY_DIR} / ("handlers_test_" + std::to_string(getpid()));
    engine::FakeClock clock{parse_instant("2026-11-19T18:00:00+04:00").value()};
    std::unique_ptr<store::SqliteJournal> journal;
    control::Alarms alarms;
    std::unique_ptr<engine::Engine> engine;
    control::Handlers handlers;

    Evening() {
        fs::remove_all(data);
        journal = store::SqliteJournal::open(data).value();
        engine = std::make_unique<engine::Engine>(engine::EngineOptions{}, *journal, clock);
        engine->subscribe(
            [this](const std::vector<engine::Entry>& entries) { alarms.take(entries); });
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
                                           {"127.0.0.1", 5070},
                                           &alarms});
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

    // A caller goes through the greeting and the choice of language to the question whether it is
    // open, and hangs up.
    void gets_a_promise() {
        submit(night_call());
        submit(centre::CallerConnected{ContactId{1}});
        for (int press = 0; press < 2; ++press) {
            clock.advance(std::chrono::seconds{3});
            submit(centre::PressDigit{ContactId{1}, "1"});
        }
        submit(centre::CallerLeft{ContactId{1}});
    }

    Result<Json> ask(const std::string& command, const Json& arguments = Json::object()) const {
        return handlers.at(command)(arguments, {});
    }
};

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

TEST_CASE("status tells the notice in force, where and until when, and no other") {
    Evening evening;
    CHECK(evening.ask("status").value()["notice"].is_null());
    REQUIRE(evening.ask("notice", {{"area", "dubai"}, {"for_ms", 3'600'000}, {"by", "desk"}}));
    const Json notice = evening.ask("status").value()["notice"];
    CHECK(notice["area"] == "dubai");
    CHECK(notice["until"] == "2026-11-19T19:00:00+04:00");
    CHECK(notice["title"]["en"].get<std::string>().find("Dubai") != std::string::npos);
    evening.clock.advance(std::chrono::hours{1});
    CHECK(evening.ask("status").value()["notice"].is_null());
}

TEST_CASE("status tells alarms since the start by kind: how often, first and last, about what") {
    Evening evening;
    CHECK(evening.ask("status").value()["alarms"] == Json::object());
    const Instant first = evening.clock.now();
    using std::chrono::minutes;
    evening.alarms.take(
        {{1, 1, first, centre::AlarmRaised{"offers_declined", ContactId{7}}},
         {2, 2, first + minutes{1}, centre::PromiseBroken{PromiseId{3}, {}}},
         {3, 3, first + minutes{2}, centre::AlarmRaised{"offers_declined", ContactId{9}}},
         {4, 4, first + minutes{3}, centre::NoticeEnded{"desk"}}});
    const Json alarms = evening.ask("status").value()["alarms"];
    REQUIRE(alarms.size() == 2);
    CHECK(alarms["offers_declined"]["times"] == 2);
    CHECK(alarms["offers_declined"]["first"] == "2026-11-19T18:00:00+04:00");
    CHECK(alarms["offers_declined"]["last"] == "2026-11-19T18:02:00+04:00");
    CHECK(alarms["offers_declined"]["contact"] == 9);
    CHECK(alarms["promise_broken"]["promise"] == 3);
    CHECK(alarms["promise_broken"]["contact"].is_null());
}

TEST_CASE("a promise that nobody kept is an alarm of the running centre") {
    Evening evening;
    evening.gets_a_promise();
    evening.clock.advance(std::chrono::hours{24});  // its window was until Friday noon
    evening.submit(centre::Tick{});
    const Json alarms = evening.ask("status").value()["alarms"];
    REQUIRE(alarms.contains("promise_overdue"));
    CHECK(alarms["promise_overdue"]["times"] == 1);
}

TEST_CASE("a call at night is a contact, and a promise that is due at the next opening") {
    Evening evening;
    evening.gets_a_promise();
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

TEST_CASE("the centre is closed and opened again by a word; the answer says whom it moved") {
    Evening evening;
    evening.gets_a_promise();  // due on Friday from 07:30 to 12:00
    const Json storm{{"until", "2026-11-20T12:00:00+04:00"},
                     {"reason_ar", "عاصفة"},
                     {"reason_en", "a storm"},
                     {"by", "hamad"}};
    const auto closed = evening.ask("close", storm);
    REQUIRE(closed);
    CHECK((*closed)["calendar_version"] == 2);
    REQUIRE((*closed)["closures"].size() == 1);
    CHECK((*closed)["closures"][0]["id"] == "closed-2");
    const auto from = (*closed)["closures"][0]["from"].get<std::string>();
    CHECK(from.starts_with("2026-11-19T18:00:"));  // now, some seconds after his call
    CHECK((*closed)["closures"][0]["source"] == "hamad");
    REQUIRE((*closed)["moved"].size() == 1);
    CHECK((*closed)["moved"][0]["promise"] == 1);
    CHECK((*closed)["moved"][0]["due_before"]["from"] == "2026-11-20T07:30:00+04:00");
    CHECK((*closed)["moved"][0]["due"]["from"] == "2026-11-23T07:30:00+04:00");
    CHECK(evening.ask("status").value()["next_opening"] == "2026-11-23T07:30:00+04:00");
    const auto reopened = evening.ask("reopen", {{"by", "hamad"}});
    REQUIRE(reopened);
    CHECK((*reopened)["closures"][0]["id"] == "closed-2");
    REQUIRE((*reopened)["moved"].size() == 1);
    CHECK((*reopened)["moved"][0]["due"]["from"] == "2026-11-20T07:30:00+04:00");
    CHECK(evening.ask("reopen", {{"by", "hamad"}}).error().what == "no closure is in force");
    CHECK(evening.ask("reopen", {{"by", "hamad"}, {"closure", "flood"}}).error().what ==
          "no closure 'flood' is in force or to come");
}

TEST_CASE("a closure may be given as a time of the day, for one office, and only if it may be") {
    Evening evening;
    Json asked{{"from", "19:00"},       {"until", "20:30"},  {"reason_ar", "حريق"},
               {"reason_en", "a fire"}, {"office", "dubai"}, {"by", "hamad"}};
    const auto closed = evening.ask("close", asked);
    REQUIRE(closed);
    const Json closure = (*closed)["closures"][0];
    CHECK(closure["from"] == "2026-11-19T19:00:00+04:00");
    CHECK(closure["until"] == "2026-11-19T20:30:00+04:00");
    CHECK(closure["scope"]["kind"] == "office");
    CHECK(closure["scope"]["where"] == "dubai");
    CHECK((*closed)["moved"].empty());
    asked["emirate"] = "dubai";
    CHECK(evening.ask("close", asked).error().what ==
          "an emirate and an office are named: expected one of them");
    asked.erase("office");
    CHECK(evening.ask("close", asked));
    asked["emirate"] = "moon";
    CHECK(evening.ask("close", asked).error().what == "no branch stands in the emirate 'moon'");
    asked.erase("emirate");
    asked["until"] = "soon";
    CHECK(evening.ask("close", asked).error().what ==
          "until: 'soon' is no instant: expected a time of this day such as 16:30, or "
          "2026-11-19T16:30:00+04:00");
    asked["until"] = "16:30";
    CHECK_FALSE(evening.ask("close", asked));  // that was before now
}

// From a caller of the night to his telephone: the core, the engine, the outbox and a gateway on a
// real socket; and a process that dies in between.
#include "main/notifications/sending.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

#include "engine/fake_clock.h"
#include "engine/memory_journal.h"
#include "main/config/load.h"
#include "main/control/alarms.h"
#include "main/instant_text.h"
#include "outbox/fake_text_server.h"

using namespace amer;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

// One life of a process over a journal that outlives it.
struct Life {
    Life(engine::MemoryJournal& journal, const config::Loaded& loaded)
        : clock{parse_instant("2026-11-19T18:00:00+04:00").value()},
          engine{engine::EngineOptions{}, journal, clock} {
        engine.subscribe(
            [this](const std::vector<engine::Entry>& entries) { alarms.take(entries); });
        sending = notifications::Sending::make(loaded.system.notifications,
                                               loaded.centre.notifications, engine, clock)
                      .value();
        REQUIRE(engine.start());
        submit(centre::RecoverFromCrash{});
        submit(centre::PublishConfiguration{loaded.centre});
    }
    ~Life() {
        sending->stop();
        engine.stop();
    }
    Life(const Life&) = delete;
    Life& operator=(const Life&) = delete;

    void submit(centre::Command command) {
        std::promise<engine::Outcome> answered;
        auto outcome = answered.get_future();
        REQUIRE(engine.submit(std::move(command),
                              [&](const engine::Outcome& what) { answered.set_value(what); }));
        REQUIRE(outcome.get().kind == engine::Outcome::Kind::done);
    }
    void gets_a_promise() {
        centre::OpenContact call;
        call.leg = LegId{1};
        call.dialled = "600500500";
        call.number = PhoneNumber::parse("+971600500500").value();
        call.caller.number = PhoneNumber::parse("+971501234567").value();
        call.trunk = TrunkId{"rehearsal"};
        submit(call);
        submit(centre::CallerConnected{ContactId{1}});
        for (int press = 0; press < 2; ++press) {
            clock.advance(3s);
            submit(centre::PressDigit{ContactId{1}, "1"});
        }
        submit(centre::CallerLeft{ContactId{1}});
    }
    std::size_t owed() {
        std::size_t count = 0;
        engine.inspect([&](const centre::State& state) { count = state.notifications.size(); });
        return count;
    }
    void until(const std::function<bool()>& done) {
        const auto patience = std::chrono::steady_clock::now() + 30s;
        while (!done()) {
            REQUIRE(std::chrono::steady_clock::now() < patience);
            std::this_thread::sleep_for(5ms);
        }
    }

    engine::FakeClock clock;
    control::Alarms alarms;
    engine::Engine engine;
    std::unique_ptr<notifications::Sending> sending;
};

config::Loaded loaded_for(const std::string& url) {
    auto loaded = config::load(fs::path{AMER_SOURCE_DIR} / "config").value();
    loaded.centre.notifications.by_text = {notification::Occasion::promise_made};
    outbox::TextGatewaySettings gateway;
    gateway.url = url;
    gateway.headers = {"Idempotency-Key: {id}"};
    gateway.body = "{to} {text}";
    loaded.system.notifications.text_gateway = gateway;
    return loaded;
}

}  // namespace

TEST_CASE("a caller of the night has his promise in writing, and the journal has the receipt") {
    const outbox::fake::TextServer server;
    engine::MemoryJournal journal;
    Life life{journal, loaded_for(server.url())};
    life.sending->start();
    life.gets_a_promise();
    life.until([&] { return life.sending->status().sent == 1 && life.owed() == 0; });
    const auto seen = server.seen();
    REQUIRE(seen.delivered.size() == 1);
    CHECK(
        seen.delivered[0].starts_with("+971501234567 وزارة الأشغال العامة: شكرًا لاتصالكم. سنعاود "
                                      "الاتصال بكم يوم الجمعة 20 نوفمبر بين الساعة 7:30 ص"));
    CHECK(life.alarms.since_start().empty());
}

TEST_CASE("a process that dies before the report owes it still, and the gateway drops the double") {
    const outbox::fake::TextServer server;
    engine::MemoryJournal journal;
    const config::Loaded loaded = loaded_for(server.url());
    {
        Life first{journal, loaded};
        first.gets_a_promise();
        first.sending->start();
        first.until([&] { return first.owed() == 0; });
    }
    // The last thing that was written is the report: it had not been yet when the power went.
    engine::MemoryJournal cut_off;
    std::vector<engine::Entry> entries;
    REQUIRE(journal.read(1, [&](const engine::Entry& entry) { entries.push_back(entry); }));
    REQUIRE(std::holds_alternative<centre::NotificationSent>(entries.back().event));
    entries.pop_back();
    REQUIRE(cut_off.append(entries));
    Life second{cut_off, loaded};
    CHECK(second.owed() == 1);
    second.sending->start();
    second.until([&] { return second.sending->status().sent == 1 && second.owed() == 0; });
    const auto seen = server.seen();
    CHECK(seen.requests.size() == 2);
    REQUIRE(seen.taken.size() == 1);
    CHECK(seen.taken.begin()->second == 2);
    CHECK(seen.delivered.size() == 1);
}

TEST_CASE("what was given up raises the alarm") {
    outbox::fake::TextServer server;
    server.will({400});
    engine::MemoryJournal journal;
    Life life{journal, loaded_for(server.url())};
    life.sending->start();
    life.gets_a_promise();
    life.until([&] { return life.alarms.since_start().contains("notification_given_up"); });
    CHECK(life.owed() == 0);
    CHECK(life.sending->status().given_up == 1);
}

TEST_CASE("a secret is read from a file that is its owner's alone") {
    const fs::path file =
        fs::path{AMER_BINARY_DIR} / ("sending_test_secret_" + std::to_string(getpid()));
    std::ofstream{file} << "s3cr3t\n";
    config::Loaded loaded = loaded_for("http://127.0.0.1:1/");
    loaded.system.notifications.text_secret = file;
    engine::MemoryJournal journal;
    engine::FakeClock clock{Instant{}};
    engine::Engine engine{engine::EngineOptions{}, journal, clock};
    const auto make = [&] {
        return notifications::Sending::make(loaded.system.notifications, {}, engine, clock);
    };
    chmod(file.c_str(), 0644);
    REQUIRE_FALSE(make().has_value());
    CHECK(make().error().what.find("chmod 600") != std::string::npos);
    CHECK(make().error().what.find("s3cr3t") == std::string::npos);
    chmod(file.c_str(), 0600);
    CHECK(make().has_value());
    fs::remove(file);
    CHECK_FALSE(make().has_value());
}

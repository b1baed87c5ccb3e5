// The outbox with a real gateway on a real socket, and time that the story moves.
#include "outbox/outbox.h"

#include <doctest/doctest.h>

#include <thread>

#include "base/guarded.h"
#include "outbox/fake_text_server.h"
#include "outbox/test_notifications.h"
#include "outbox/text_gateway.h"

using namespace amer;
using namespace amer::outbox;
using namespace std::chrono_literals;
using example::kStart;
using example::text_to;
using notification::Occasion;

namespace {

const char* const kMona = "+971501234567";

Wording wording() {
    Texts texts{{"form.date", "EEEE d MMMM"}, {"form.time", "HH:mm"}};
    for (const char* const key :
         {"text.promise_made", "text.promise_redated", "text.promise_broken"}) {
        texts[key] = "{reference} {day}";
    }
    for (const char* const key : {"promise_broken", "promise_overdue", "no_opening"}) {
        texts["mail." + std::string{key} + ".subject"] = "s";
        texts["mail." + std::string{key} + ".body"] = "b";
    }
    return Wording::make({{Language::arabic, texts}, {Language::english, texts}}, {"و", "M"})
        .value();
}

// What the core was told, and whether it can write it down at present.
struct Core {
    std::vector<centre::ReportNotification> told;
    int refuses = 0;         // so many reports more
    bool is_silent = false;  // answers nothing: the process dies before
};

// An outbox for one life of a process.
struct Life {
    explicit Life(const std::string& url, std::optional<centre::NotificationPlan> plan = {},
                  std::chrono::milliseconds timeout = 5s) {
        Options options;
        options.plan.by_text = {Occasion::promise_made};
        if (plan) options.plan = *plan;
        options.seed = 7;
        options.on_trouble = [this](const std::string& text) {
            log.with([&](std::string& all) { all += text + "\n"; });
        };
        Gateways gateways;
        if (!url.empty()) {
            TextGatewaySettings settings;
            settings.url = url;
            settings.headers = {"Authorization: Bearer {secret}", "Idempotency-Key: {id}"};
            settings.body = "{to} {text}";
            settings.secret = "k3y";
            settings.timeout = timeout;
            gateways.text = std::make_unique<TextGateway>(settings);
        }
        outbox = std::make_unique<Outbox>(
            std::move(options), wording(), std::move(gateways),
            Time{[this] { return now.with([](const Instant& at) { return at; }); },
                 [](Instant) { return std::nullopt; }},
            [this](const centre::ReportNotification& what,
                   const std::function<void(bool)>& answered) {
                const auto is_written = core.with([&](Core& state) -> std::optional<bool> {
                    state.told.push_back(what);
                    if (state.is_silent) return std::nullopt;
                    return state.refuses-- <= 0;
                });
                if (is_written) answered(*is_written);
            });
    }

    template <typename Done>
    void until(const Done& done) {
        const auto patience = std::chrono::steady_clock::now() + 30s;
        while (!done()) {
            REQUIRE(std::chrono::steady_clock::now() < patience);
            std::this_thread::sleep_for(2ms);
        }
    }
    void pass(Duration time) {
        now.with([&](Instant& at) { at += time; });
        outbox->look();
    }
    // It has looked at everything that was said to it so far.
    void settle() {
        for (int round = 0; round < 2; ++round) {
            const std::uint64_t looks = outbox->status().looks;
            outbox->look();
            until([&] { return outbox->status().looks > looks; });
        }
    }
    std::vector<centre::ReportNotification> told() const {
        return core.with([](const Core& state) { return state.told; });
    }
    void until_told(std::size_t reports) {
        until([&] { return told().size() >= reports; });
    }

    Guarded<Instant> now{kStart};
    Guarded<Core> core;
    Guarded<std::string> log;
    std::unique_ptr<Outbox> outbox;
};

}  // namespace

TEST_CASE("what is owed is delivered once and reported with the gateway's receipt") {
    const fake::TextServer server;
    Life life{server.url()};
    life.outbox->owe(text_to(kMona, 1));
    life.outbox->start();
    life.until_told(1);
    life.settle();
    CHECK(life.told()[0].notification == NotificationId{1});
    CHECK(life.told()[0].is_sent);
    CHECK(life.told()[0].detail == "HTTP 200 ok");
    CHECK(server.seen().delivered == std::vector<std::string>{"+971501234567 4711 known"});
    CHECK(life.outbox->status().sent == 1);
    CHECK(life.outbox->status().owed == 0);
    CHECK(life.outbox->status().unreported == 0);
    CHECK(life.told().size() == 1);
}

TEST_CASE("after a 500 it is tried again, after a pause, under the same id") {
    fake::TextServer server;
    server.will({500, fake::TextServer::kHang, fake::TextServer::kBreakOff});
    Life life{server.url(), {}, 300ms};
    life.outbox->owe(text_to(kMona, 1));
    life.outbox->start();
    for (std::size_t tries = 1; tries <= 3; ++tries) {
        life.until([&] { return server.seen().requests.size() == tries; });
        life.until([&] { return life.outbox->status().next_try > kStart; });
        life.settle();
        CHECK(server.seen().requests.size() == tries);  // no time has passed
        CHECK(life.told().empty());
        CHECK_FALSE(life.outbox->status().last_error.empty());
        life.pass(10min);
    }
    life.until_told(1);
    CHECK(life.told()[0].is_sent);
    const auto seen = server.seen();
    CHECK(seen.requests.size() == 4);
    REQUIRE(seen.taken.size() == 1);
    CHECK(seen.taken.begin()->first == message_id(text_to(kMona, 1)));
    CHECK(seen.taken.begin()->second == 2);  // the third broke off after it had been taken
    CHECK(seen.delivered.size() == 1);
}

TEST_CASE("a refusal for good ends it, and says why") {
    fake::TextServer server;
    server.will({400});
    Life life{server.url()};
    life.outbox->owe(text_to(kMona, 1));
    life.outbox->start();
    life.until_told(1);
    CHECK_FALSE(life.told()[0].is_sent);
    CHECK(life.told()[0].detail == "HTTP 400 ok");
    life.settle();
    CHECK(life.outbox->status().given_up == 1);
    CHECK(life.outbox->status().last_error == "HTTP 400 ok");
    life.pass(48h);
    life.settle();
    CHECK(server.seen().requests.size() == 1);
}

TEST_CASE("what cannot be delivered within a day is given up, and the last error is said") {
    fake::TextServer server;
    server.will({503, 503, 503, 503});
    Life life{server.url()};
    life.outbox->owe(text_to(kMona, 1));
    life.outbox->start();
    life.until([&] { return life.outbox->status().next_try > kStart; });
    life.pass(23h + 59min);
    life.until([&] { return server.seen().requests.size() == 2; });
    life.pass(1min);
    life.until_told(1);
    CHECK_FALSE(life.told()[0].is_sent);
    CHECK(life.told()[0].detail == "not delivered in time: HTTP 503 ok");
    CHECK(server.seen().requests.size() == 2);
}

TEST_CASE("a process that dies between sending and reporting sends again, and the double is seen") {
    const fake::TextServer server;
    {
        Life first{server.url()};
        first.core.with([](Core& core) { core.is_silent = true; });
        first.outbox->owe(text_to(kMona, 1));
        first.outbox->start();
        first.until_told(1);
    }
    Life second{server.url()};  // the core still owes it
    second.outbox->owe(text_to(kMona, 1));
    second.outbox->start();
    second.until_told(1);
    CHECK(second.told()[0].is_sent);
    const auto seen = server.seen();
    CHECK(seen.requests.size() == 2);
    CHECK(seen.taken.size() == 1);  // one id
    CHECK(seen.delivered.size() == 1);
}

TEST_CASE("a report that could not be written down is said again; nothing is sent again") {
    const fake::TextServer server;
    Life life{server.url()};
    life.core.with([](Core& core) { core.refuses = 2; });
    life.outbox->owe(text_to(kMona, 1));
    life.outbox->start();
    for (std::size_t reports = 1; reports <= 2; ++reports) {
        life.until_told(reports);
        life.settle();
        CHECK(life.told().size() == reports);  // not at once
        CHECK(life.outbox->status().unreported == 1);
        life.pass(2s);
    }
    life.until_told(3);
    life.settle();
    CHECK(life.outbox->status().unreported == 0);
    CHECK(server.seen().requests.size() == 1);
    life.pass(1min);
    life.settle();
    CHECK(life.told().size() == 3);
}

TEST_CASE("one recipient hears in order, although the first message had to wait") {
    fake::TextServer server;
    server.will({500});
    Life life{server.url()};
    for (std::uint64_t id = 1; id <= 3; ++id) life.outbox->owe(text_to(kMona, id));
    life.outbox->owe(text_to("+971509999999", 4));
    life.outbox->start();
    life.until_told(1);
    CHECK(life.told()[0].notification == NotificationId{4});
    life.pass(1min);
    life.until_told(4);
    std::vector<std::uint64_t> order;
    for (const auto& report : life.told()) order.push_back(report.notification.value);
    CHECK(order == std::vector<std::uint64_t>{4, 1, 2, 3});
}

TEST_CASE("what the configuration does not name is not sent, also when the core owes it") {
    const fake::TextServer server;
    Life life{server.url(), centre::NotificationPlan{}};
    life.outbox->owe(text_to(kMona, 1));
    life.outbox->start();
    life.until_told(1);
    CHECK_FALSE(life.told()[0].is_sent);
    CHECK(life.told()[0].detail == "the configuration does not ask for it any more");
    CHECK(server.seen().requests.empty());
}

TEST_CASE("without a gateway it stays owed for its day, and the error says so") {
    Life life{""};
    life.outbox->owe(text_to(kMona, 1));
    life.outbox->start();
    life.until([&] { return life.outbox->status().next_try > kStart; });
    CHECK(life.outbox->status().owed == 1);
    CHECK(life.outbox->status().last_error == "no gateway for short messages is configured");
    CHECK(life.told().empty());
}

TEST_CASE("stopping while the gateway hangs is quick, and what was owed stays so") {
    fake::TextServer server;
    server.will({fake::TextServer::kHang});
    Life life{server.url(), {}, 600s};
    life.outbox->owe(text_to(kMona, 1));
    life.outbox->start();
    life.until([&] { return server.seen().requests.size() == 1; });
    life.outbox->stop();
    CHECK(life.told().empty());
}

TEST_CASE("no secret, number or text stands in what is logged") {
    fake::TextServer server;
    server.answers_in_words("Bearer k3y is wrong");
    server.will({500, 400});
    Life life{server.url()};
    life.outbox->owe(text_to(kMona, 1));
    life.outbox->start();
    life.until([&] { return life.outbox->status().next_try > kStart; });
    life.pass(1min);
    life.until_told(1);
    const std::string log = life.log.with([](const std::string& all) { return all; });
    CHECK(log ==
          "notification 1 (text, promise_made) is tried again later: HTTP 500 Bearer *** is "
          "wrong\n");
    CHECK(life.told()[0].detail == "HTTP 400 Bearer *** is wrong");
    CHECK(life.outbox->status().last_error == "HTTP 400 Bearer *** is wrong");
}

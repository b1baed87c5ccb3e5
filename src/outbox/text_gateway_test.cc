// The ways out against servers on real sockets.
#include "outbox/text_gateway.h"

#include <doctest/doctest.h>

#include <future>

#include "outbox/fake_text_server.h"

using namespace amer;
using namespace amer::outbox;
using namespace std::chrono_literals;
using Kind = Delivery::Kind;

namespace {

const char* const kSecret = "s3cr3t/&key";

TextGatewaySettings settings_for(const std::string& url) {
    TextGatewaySettings settings;
    settings.url = url;
    settings.headers = {"Authorization: Bearer {secret}", "Idempotency-Key: {id}"};
    settings.body = R"({"to":"{to}","from":"{sender}","text":"{text}"})";
    settings.sender = "MOPW";
    settings.secret = kSecret;
    settings.timeout = 300ms;
    return settings;
}

Message message() {
    return {"amer-7-1", notification::Channel::text, "+971501234567", "", "سنعاود \"الاتصال\"", {}};
}

}  // namespace

TEST_CASE("a text message goes out as the template says, and its receipt comes back") {
    const fake::TextServer server;
    TextGateway gateway{settings_for(server.url())};
    const Delivery delivery = gateway.send(message());
    CHECK(delivery.kind == Kind::sent);
    CHECK(delivery.detail == "HTTP 200 ok");
    const auto seen = server.seen();
    REQUIRE(seen.requests.size() == 1);
    CHECK(seen.requests[0].first_line == "POST /send HTTP/1.1");
    CHECK(seen.requests[0].headers.at("Authorization") == std::string{"Bearer "} + kSecret);
    CHECK(seen.requests[0].headers.at("Idempotency-Key") == "amer-7-1");
    CHECK(seen.requests[0].headers.at("Content-Type") == "application/json; charset=utf-8");
    CHECK(seen.requests[0].body ==
          R"({"to":"+971501234567","from":"MOPW","text":"سنعاود \"الاتصال\""})");
}

TEST_CASE("a form, by the address alone, is as good as JSON") {
    const fake::TextServer server;
    TextGatewaySettings settings = settings_for(server.url() + "?to={to}&text={text}");
    settings.method = "GET";
    settings.body = "";
    TextGateway gateway{settings};
    CHECK(gateway.send(message()).kind == Kind::sent);
    CHECK(server.seen().requests.at(0).first_line.starts_with(
        "GET /send?to=%2B971501234567&text=%D8%B3"));
}

TEST_CASE("what a gateway answers says whether to come again") {
    fake::TextServer server;
    TextGateway gateway{settings_for(server.url())};
    const std::vector<std::pair<int, Kind>> answers{
        {200, Kind::sent},  {202, Kind::sent},  {400, Kind::never}, {403, Kind::never},
        {404, Kind::never}, {401, Kind::later}, {408, Kind::later}, {425, Kind::later},
        {429, Kind::later}, {500, Kind::later}, {503, Kind::later}, {301, Kind::later}};
    for (const auto& answer : answers) {
        server.will({answer.first});
        CHECK_MESSAGE(gateway.send(message()).kind == answer.second, answer.first);
    }
}

TEST_CASE("a gateway that hangs, breaks off or is not there is tried again") {
    fake::TextServer server;
    TextGateway gateway{settings_for(server.url())};
    SUBCASE("it hangs") { server.will({fake::TextServer::kHang}); }
    SUBCASE("it breaks off") { server.will({fake::TextServer::kBreakOff}); }
    const Delivery delivery = gateway.send(message());
    CHECK(delivery.kind == Kind::later);
    CHECK_FALSE(delivery.detail.empty());
    TextGateway nobody{settings_for("http://127.0.0.1:1/send")};
    CHECK(nobody.send(message()).kind == Kind::later);
}

TEST_CASE("a gateway that talks without end has taken the message; the talk is cut off") {
    fake::TextServer server;
    server.will({fake::TextServer::kGossip});
    TextGatewaySettings settings = settings_for(server.url());
    settings.timeout = 20s;
    TextGateway gateway{settings};
    const Delivery delivery = gateway.send(message());
    CHECK(delivery.kind == Kind::sent);
    CHECK(delivery.detail.size() <= 200);
}

TEST_CASE("a secret that a gateway says back is in no receipt and no complaint") {
    fake::TextServer server;
    TextGateway gateway{settings_for(server.url())};
    server.answers_in_words("wrong key s3cr3t/&key or s3cr3t%2F%26key\r\n\x01 in Bearer");
    for (const int code : {200, 400, 500}) {
        server.will({code});
        const Delivery delivery = gateway.send(message());
        CHECK(delivery.detail.find("s3cr3t") == std::string::npos);
        CHECK(delivery.detail.find("wrong key *** or ***") != std::string::npos);
        CHECK(delivery.detail.find('\r') == std::string::npos);
    }
}

TEST_CASE("stop() ends a try that hangs") {
    fake::TextServer server;
    server.will({fake::TextServer::kHang});
    TextGatewaySettings settings = settings_for(server.url());
    settings.timeout = 600s;
    TextGateway gateway{settings};
    auto delivery = std::async(std::launch::async, [&] { return gateway.send(message()); });
    gateway.stop();
    REQUIRE(delivery.wait_for(30s) == std::future_status::ready);
    CHECK(delivery.get().kind == Kind::later);
}

TEST_CASE("http to a server without encryption is never an answer to https") {
    const fake::TextServer server;
    std::string url = server.url();
    url.replace(0, 4, "https");
    TextGateway gateway{settings_for(url)};
    CHECK(gateway.send(message()).kind == Kind::later);
    CHECK(server.seen().requests.empty());
}

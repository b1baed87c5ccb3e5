#include <doctest/doctest.h>

#include "sip/wire/message.h"
#include "sip/wire/test_messages.h"

namespace amer::sip {
namespace {

std::string options(std::string_view call_id, std::string_view length_line,
                    std::string_view body = "", std::string_view to = "To: <sip:a@acd.test>") {
    return message_of({"OPTIONS sip:a@acd.test SIP/2.0", "Via: SIP/2.0/TCP 192.0.2.7", to,
                       "From: <sip:b@acd.test>;tag=1", "Call-ID: " + std::string{call_id},
                       "CSeq: 1 OPTIONS", length_line},
                      body);
}

TEST_CASE("a message that comes octet by octet is given once, when it is whole") {
    const std::string bytes = options("one", "Content-Length: 4", "body");
    StreamParser parser;
    for (std::size_t i = 0; i + 1 < bytes.size(); i++) {
        parser.feed(bytes.substr(i, 1));
        REQUIRE_FALSE(parser.next());
    }
    parser.feed(bytes.substr(bytes.size() - 1));
    const auto message = parser.next();
    REQUIRE(message);
    REQUIRE(*message);
    CHECK((*message)->body == "body");
    CHECK_FALSE(parser.next());
}

TEST_CASE("messages that come together are given one by one") {
    StreamParser parser;
    parser.feed(options("one", "l: 4", "body") + options("two", "l : 0") + "\r\n" +
                options("three", "Content-Length:\r\n 2", "xy"));
    CHECK(parser.next().value()->call_id == "one");
    CHECK(parser.next().value()->call_id == "two");
    CHECK(parser.next().value()->body == "xy");
    CHECK_FALSE(parser.next());
    CHECK_FALSE(parser.is_broken());
}

TEST_CASE("a double CRLF between messages is a ping, a single one is not") {
    StreamParser parser;
    parser.feed("\r\n\r");
    CHECK(parser.take_pings() == 0);
    parser.feed("\n");
    CHECK(parser.take_pings() == 1);
    CHECK(parser.take_pings() == 0);
    parser.feed("\r\n\r\n\r\n\r\n" + options("one", "l: 4", "\r\n\r\n") + "\r\n");
    CHECK(parser.next().value()->body == "\r\n\r\n");
    CHECK_FALSE(parser.next());
    CHECK(parser.take_pings() == 2);
    parser.feed(options("two", "l: 0"));
    CHECK(parser.next().value()->call_id == "two");
    CHECK(parser.take_pings() == 0);
}

TEST_CASE("a stream without a usable length is answered and broken") {
    for (const std::string line :
         {"Note: y", "Content-Length: x", "l: 1\r\nl: 1", "Content-Length: 99999999999999999999"}) {
        CAPTURE(line);
        StreamParser parser;
        parser.feed(options("one", line, "a") + options("two", "l: 0"));
        const auto last = parser.next();
        REQUIRE(last);
        REQUIRE_FALSE(*last);
        CHECK((*last).error().status == 400);
        CHECK((*last).error().answer);
        CHECK(parser.is_broken());
        parser.feed(options("three", "l: 0"));
        CHECK_FALSE(parser.next());
    }
}

TEST_CASE("a body that is too large breaks the stream before it is stored") {
    StreamParser parser;
    parser.feed(options("one", "Content-Length: 32769"));
    const auto last = parser.next();
    REQUIRE(last);
    REQUIRE_FALSE(*last);
    CHECK((*last).error().status == 413);
    CHECK((*last).error().answer);
    CHECK(parser.is_broken());
}

TEST_CASE("a malformed message of known length leaves the stream usable") {
    StreamParser parser;
    parser.feed(options("one", "l: 4", "body", "To: nonsense") + options("two", "l: 0"));
    const auto bad = parser.next();
    REQUIRE(bad);
    CHECK_FALSE(*bad);
    CHECK_FALSE(parser.is_broken());
    CHECK(parser.next().value()->call_id == "two");
}

TEST_CASE("headers without an end break the stream") {
    Limits limits;
    limits.message_bytes = 1000;
    StreamParser parser{limits};
    std::size_t fed = 0;
    std::optional<Parsed<Message>> last;
    while (!last) {
        parser.feed("Note: y\r\n");
        fed += 9;
        REQUIRE(fed < 2000);
        last = parser.next();
    }
    REQUIRE_FALSE(*last);
    CHECK((*last).error().status == 513);
    CHECK(parser.is_broken());
}

TEST_CASE("one read may end headers that are already too large") {
    Limits limits;
    limits.message_bytes = 100;
    StreamParser parser{limits};
    parser.feed(options("one", "l: 0"));
    const auto last = parser.next();
    REQUIRE(last);
    REQUIRE_FALSE(*last);
    CHECK((*last).error().status == 513);
    CHECK(parser.is_broken());
}

TEST_CASE("an owner who feeds and never reads cannot make it grow") {
    Limits limits;
    limits.message_bytes = 100;
    StreamParser parser{limits};
    parser.feed(std::string(101, 'x'));
    CHECK_FALSE(parser.is_broken());
    parser.feed("x");
    CHECK(parser.is_broken());
}

}  // namespace
}  // namespace amer::sip

#include "outbox/request_template.h"

#include <doctest/doctest.h>

#include "outbox/text_gateway.h"
#include "outbox/url.h"

using namespace amer::outbox;

namespace {

const Values kValues{
    {"to", "+971501234567"}, {"to_digits", "971501234567"}, {"text", "\"مرحبا\"\\\nand {to}\x01"},
    {"sender", "MOPW"},      {"id", "amer-7\r\nX-Evil: 1"}, {"secret", "k&y"}};

std::string key_of_first(const TextGatewaySettings& settings) {
    const auto complaints = complaints_of(settings);
    return complaints.empty() ? "" : complaints[0].key;
}

TextGatewaySettings good() {
    TextGatewaySettings settings;
    settings.url = "https://sms.example/send";
    settings.body = R"({"to":"{to}","text":"{text}"})";
    return settings;
}

}  // namespace

TEST_CASE("values are escaped as the place they are put in wants it, and never read as templates") {
    CHECK(filled(R"({"to":"{to}","text":"{text}"})", kValues, Escape::json) ==
          R"({"to":"+971501234567","text":"\"مرحبا\"\\\nand {to}\u0001"})");
    CHECK(filled("to={to_digits}&key={secret}&from={sender}", kValues, Escape::form) ==
          "to=971501234567&key=k%26y&from=MOPW");
    CHECK(filled("{text}", {{"text", "أ ب"}}, Escape::form) == "%D8%A3%20%D8%A8");
    CHECK(filled("Idempotency-Key: {id}", kValues, Escape::header) ==
          "Idempotency-Key: amer-7X-Evil: 1");
}

TEST_CASE("braces that hold no known name stand for themselves") {
    CHECK(filled(R"({"a":{"b":"{sender}"}} {sende} {)", kValues, Escape::json) ==
          R"({"a":{"b":"MOPW"}} {sende} {)");
}

TEST_CASE("an address must be encrypted unless it leads to this machine, or that is allowed") {
    CHECK_FALSE(complaint_of_url("https://sms.example/send?to={to}", false));
    CHECK_FALSE(complaint_of_url("http://127.0.0.1:8080/send", false));
    CHECK_FALSE(complaint_of_url("http://localhost/send", false));
    CHECK_FALSE(complaint_of_url("http://[::1]:8080/send", false));
    CHECK_FALSE(complaint_of_url("http://sms.example/send", true));
    CHECK(complaint_of_url("http://sms.example/send", false));
    CHECK(complaint_of_url("http://127.0.0.1.evil.example/send", false));
    CHECK(complaint_of_url("http://localhost@sms.example/send", false));
    CHECK(complaint_of_url("ftp://sms.example/send", true));
    CHECK(complaint_of_url("file:///etc/hostname", true));
    CHECK(complaint_of_url("https://user:word@sms.example/", true));
    CHECK(complaint_of_url("nonsense", true));
}

TEST_CASE("what is wrong with a gateway's settings is said with the key") {
    CHECK(key_of_first(good()) == "");
    TextGatewaySettings settings = good();
    SUBCASE("no number") {
        settings.body = "{text}";
        CHECK(key_of_first(settings) == "body");
    }
    SUBCASE("no text") {
        settings.body = "{to_digits}";
        CHECK(key_of_first(settings) == "body");
    }
    SUBCASE("both in the address") {
        settings.url += "?n={to_digits}&t={text}";
        settings.body = "";
        settings.method = "GET";
        CHECK(key_of_first(settings) == "");
    }
    SUBCASE("a method nobody knows") {
        settings.method = "DELETE";
        CHECK(key_of_first(settings) == "method");
    }
    SUBCASE("a header that is two") {
        settings.headers = {"A: b\r\nC: d"};
        CHECK(key_of_first(settings) == "headers");
    }
}

TEST_CASE("the name of a mail server, with or without its port") {
    CHECK(host_and_port("mail.example")->port == 0);
    CHECK(host_and_port("mail.example:25")->port == 25);
    CHECK(host_and_port("[::1]:2525")->host == "::1");
    CHECK(host_and_port("[::1]:2525")->port == 2'525);
    for (const char* const wrong : {"", ":25", "mail.example:", "mail.example:0",
                                    "mail.example:99999", "mail example", "mail.example/x:25"}) {
        CHECK_MESSAGE(!host_and_port(wrong), wrong);
    }
}

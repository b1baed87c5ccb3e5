// The invalid messages of RFC 4475 (sections 3.1.2 and 3.3) in words of our own: what is wrong,
// what goes back, and that an answer can be addressed.
#include <doctest/doctest.h>

#include "sip/wire/message.h"
#include "sip/wire/test_messages.h"

namespace amer::sip {
namespace {

struct Lines {
    std::string start = "INVITE sip:desk@acd.test SIP/2.0";
    std::string via = "Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bKbad";
    std::string from = "From: <sip:ann@acd.test>;tag=a1";
    std::string to = "To: <sip:desk@acd.test>";
    std::string call_id = "Call-ID: bad-1";
    std::string cseq = "CSeq: 8 INVITE";
    std::string more = "Max-Forwards: 70";
    std::string length = "Content-Length: 5";

    std::string text() const {
        return message_of({start, via, from, to, call_id, cseq, more, length}, "v=0\r\n");
    }
};

// The fault, once it is known that its answer reaches the sender and belongs to his request.
Malformed answered(const Lines& lines, int status) {
    const auto parsed = parse_datagram(lines.text());
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().status == status);
    CHECK_FALSE(parsed.error().reason.empty());
    REQUIRE(parsed.error().answer);
    const Message& answer = *parsed.error().answer;
    CHECK(answer.via.at(0).host == "192.0.2.7");
    CHECK(answer.call_id == "bad-1");
    CHECK(answer.from.tag() == "a1");
    CHECK(answer.to.uri.user == "desk");
    CHECK(answer.cseq_method_text.empty() == false);
    return parsed.error();
}

bool is_dropped(const std::string& text) {
    const auto parsed = parse_datagram(text);
    REQUIRE_FALSE(parsed);
    return !parsed.error().answer.has_value();
}

std::string response(std::string_view status_line, std::string_view cseq) {
    return message_of({status_line, "Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bKr",
                       "From: <sip:ann@acd.test>;tag=1", "To: <sip:desk@acd.test>;tag=2",
                       "Call-ID: reasons", cseq, "Content-Length: 0"});
}

TEST_CASE("the message that these cases spoil is sound") {
    CHECK(parse_datagram(Lines{}.text()).has_value());
    CHECK(parse_datagram(response("SIP/2.0 200 OK", "CSeq: 1 INVITE")).has_value());
}

TEST_CASE("badinv01: separators with nothing between them are refused") {
    Lines lines;
    lines.via = "Via: SIP/2.0/UDP 192.0.2.7;;,;,,";
    CHECK(answered(lines, 400).reason == "Bad Via");
    lines = Lines{};
    lines.more = "Contact: \"Joe\" <sip:joe@acd.test>;;;;";
    CHECK(answered(lines, 400).reason == "Bad Contact");
}

TEST_CASE("clerr: a body shorter than promised is refused") {
    Lines lines;
    lines.length = "Content-Length: 9999";
    CHECK(answered(lines, 400).reason == "Body Shorter Than Content-Length");
}

TEST_CASE("ncl: a negative length is refused") {
    Lines lines;
    lines.length = "Content-Length: -999";
    CHECK(answered(lines, 400).reason == "Bad Content-Length");
}

TEST_CASE("scalar02: numbers out of range in a request are refused, not wrapped") {
    Lines lines;
    lines.cseq = "CSeq: 36893488147419103232 INVITE";
    CHECK(answered(lines, 400).reason == "Bad CSeq");
    lines.cseq = "CSeq: 2147483648 INVITE";
    CHECK(answered(lines, 400).reason == "Bad CSeq");
    lines = Lines{};
    lines.more = "Max-Forwards: 300";
    CHECK(answered(lines, 400).reason == "Bad Max-Forwards");
    lines = Lines{};
    lines.cseq = "CSeq: 2147483647 INVITE";
    CHECK(parse_datagram(lines.text()).has_value());
}

TEST_CASE("scalarlg: a response with a number out of range is dropped") {
    CHECK(is_dropped(response("SIP/2.0 503 Busy", "CSeq: 9292394834772304023312 OPTIONS")));
}

TEST_CASE("quotbal: a quote that is never closed is refused; the bracketed address is used") {
    Lines lines;
    lines.to = "To: \"Mr. Desk <sip:desk@acd.test>";
    CHECK(answered(lines, 400).reason == "Bad To");
}

TEST_CASE("ltgtruri: a request URI in angle brackets is refused") {
    Lines lines;
    lines.start = "INVITE <sip:desk@acd.test> SIP/2.0";
    CHECK(answered(lines, 400).reason == "Bad Request-URI");
}

TEST_CASE("lwsruri: a request URI with a space in it is refused") {
    Lines lines;
    lines.start = "INVITE sip:desk@acd.test; lr SIP/2.0";
    CHECK(answered(lines, 400).reason == "Bad Request-URI");
}

TEST_CASE("lwsstart: one space stands between the parts of a request line, not two") {
    Lines lines;
    lines.start = "INVITE  sip:desk@acd.test  SIP/2.0";
    CHECK(answered(lines, 400).reason == "Extra White Space In Request Line");
}

TEST_CASE("trws: nothing stands behind the version") {
    Lines lines;
    lines.start = "INVITE sip:desk@acd.test SIP/2.0  ";
    CHECK(answered(lines, 400).reason == "Extra White Space In Request Line");
}

TEST_CASE("escruri: a request URI carries no headers") {
    Lines lines;
    lines.start = "INVITE sip:desk@acd.test?Route=%3Csip:acd.test%3E SIP/2.0";
    CHECK(answered(lines, 400).reason == "Bad Request-URI");
}

TEST_CASE("regbadct: a '?' outside brackets is refused") {
    Lines lines;
    lines.more = "Contact: sip:ann@acd.test?Route=%3Csip:acd.test%3E";
    CHECK(answered(lines, 400).reason == "Bad Contact");
}

TEST_CASE("baddn: a comma in a display name must be quoted") {
    Lines lines;
    lines.from = "From: Bell, Ann <sip:ann@acd.test>;tag=a1";
    CHECK(answered(lines, 400).reason == "Bad From");
}

TEST_CASE("badvers: another version is told that it is not ours") {
    Lines lines;
    lines.start = "INVITE sip:desk@acd.test SIP/7.0";
    lines.via = "Via: SIP/7.0/UDP 192.0.2.7;branch=z9hG4bKbad";
    CHECK(answered(lines, 505).reason == "Version Not Supported");
}

TEST_CASE("mismatch01: the method of the request line and of CSeq must agree") {
    Lines lines;
    lines.cseq = "CSeq: 8 OPTIONS";
    CHECK(answered(lines, 400).reason == "CSeq Method Mismatch");
}

TEST_CASE("mismatch02: so must an unknown one") {
    Lines lines;
    lines.start = "NEWMETHOD sip:desk@acd.test SIP/2.0";
    CHECK(answered(lines, 400).reason == "CSeq Method Mismatch");
}

TEST_CASE("bigcode: a status of more than three digits is dropped") {
    CHECK(is_dropped(response("SIP/2.0 4294967301 wrapped", "CSeq: 1 INVITE")));
    CHECK(is_dropped(response("SIP/2.0 2000 OK", "CSeq: 1 INVITE")));
    CHECK(is_dropped(response("SIP/2.0 99 OK", "CSeq: 1 INVITE")));
}

TEST_CASE("insuf: without From, To and Call-ID there is nobody to answer") {
    CHECK(is_dropped(message_of({"INVITE sip:desk@acd.test SIP/2.0", "CSeq: 1 INVITE",
                                 "Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bKx", "l: 0"})));
}

TEST_CASE("multi01: headers that can stand once only are not chosen from") {
    for (const std::string twice :
         {"CSeq: 59 INVITE", "Call-ID: other", "From: <sip:eve@acd.test>;tag=e",
          "To: <sip:eve@acd.test>", "f: <sip:eve@acd.test>;tag=e"}) {
        CAPTURE(twice);
        Lines lines;
        lines.more = twice;
        CHECK(answered(lines, 400).reason.substr(0, 9) == "Duplicate");
    }
}

TEST_CASE("mcl01: two lengths are no length") {
    Lines lines;
    lines.more = "l: 4";
    CHECK(answered(lines, 400).reason == "Duplicate Content-Length");
}

}  // namespace
}  // namespace amer::sip

#include "sip/wire/message.h"

#include <doctest/doctest.h>

#include "sip/wire/test_messages.h"

namespace amer::sip {
namespace {

const std::string kInvite = message_of(
    {"INVITE sip:desk@acd.test SIP/2.0", "Via: SIP/2.0/UDP 192.0.2.7:5062;branch=z9hG4bK1;rport",
     "Via: SIP/2.0/TCP edge.test;branch=z9hG4bK0", "Max-Forwards: 70",
     "Record-Route: <sip:edge.test;lr>, <sip:far.test;lr>", "From: Ann <sip:ann@acd.test>;tag=a1",
     "To: <sip:desk@acd.test>", "Call-ID: one@192.0.2.7", "CSeq: 3 INVITE",
     "Contact: <sip:ann@192.0.2.7:5062>", "k: timer, replaces", "Supported: path", "Timestamp: 54",
     "Content-Type: application/sdp", "Content-Length: 5"},
    "v=0\r\n");

Message invite() {
    auto parsed = parse_datagram(kInvite);
    REQUIRE(parsed);
    return std::move(*parsed);
}

TEST_CASE("an INVITE is read into its fields") {
    const Message message = invite();
    CHECK(message.is_request);
    CHECK(message.method == Method::invite);
    CHECK(message.request_uri.text() == "sip:desk@acd.test");
    REQUIRE(message.via.size() == 2);
    CHECK(message.via[0].port == 5062);
    CHECK(message.via[0].branch() == "z9hG4bK1");
    CHECK(message.via[1].port == 0);
    CHECK(message.max_forwards == 70);
    CHECK(message.record_route.size() == 2);
    CHECK(message.from.display_name == "Ann");
    CHECK(message.to.tag().empty());
    CHECK(message.content_type == "application/sdp");
    CHECK(message.body == "v=0\r\n");
}

TEST_CASE("only headers without a field of their own stay in headers, with their long names") {
    const Message message = invite();
    REQUIRE(message.headers.size() == 3);
    CHECK(message.headers[0] == Header{"Supported", "timer, replaces"});
    CHECK(message.headers[1] == Header{"Supported", "path"});
    CHECK(message.headers[2] == Header{"Timestamp", "54"});
    CHECK(message.header("sUPPORTED") == "timer, replaces");
    CHECK_FALSE(message.header("Require"));
}

TEST_CASE("a list runs over all headers of its name and keeps quoted commas together") {
    Message message = invite();
    message.add_header("k", "\"a,\\\"b\", <sip:x,y@z>;q=1,, c ");
    const auto list = message.list("supported");
    REQUIRE(list.size() == 6);
    CHECK(list[0] == "timer");
    CHECK(list[2] == "path");
    CHECK(list[3] == "\"a,\\\"b\"");
    CHECK(list[4] == "<sip:x,y@z>;q=1");
    CHECK(list[5] == "c");
}

TEST_CASE("what is written is what RFC 3261 asks for, and is read back the same") {
    const Message message = invite();
    CHECK(serialise(message) ==
          "INVITE sip:desk@acd.test SIP/2.0\r\n"
          "Via: SIP/2.0/UDP 192.0.2.7:5062;branch=z9hG4bK1;rport\r\n"
          "Via: SIP/2.0/TCP edge.test;branch=z9hG4bK0\r\n"
          "Record-Route: <sip:edge.test;lr>\r\n"
          "Record-Route: <sip:far.test;lr>\r\n"
          "Max-Forwards: 70\r\n"
          "From: \"Ann\" <sip:ann@acd.test>;tag=a1\r\n"
          "To: <sip:desk@acd.test>\r\n"
          "Call-ID: one@192.0.2.7\r\n"
          "CSeq: 3 INVITE\r\n"
          "Contact: <sip:ann@192.0.2.7:5062>\r\n"
          "Supported: timer, replaces\r\n"
          "Supported: path\r\n"
          "Timestamp: 54\r\n"
          "Content-Type: application/sdp\r\n"
          "Content-Length: 5\r\n"
          "\r\n"
          "v=0\r\n");
    CHECK((parse_datagram(serialise(message)) == message));
}

TEST_CASE("line ends inside a value cannot make a header of their own") {
    Message message = invite();
    message.add_header("Subject", "hello\r\nEvil: yes");
    message.from.display_name = "Ann\r\nEvil: yes";
    message.content_type = "text/plain\nEvil: yes";
    const auto again = parse_datagram(serialise(message));
    REQUIRE(again);
    CHECK_FALSE(again->header("Evil"));
    CHECK(again->header("Subject") == "hello  Evil: yes");
    CHECK(again->from.display_name == "AnnEvil: yes");
}

TEST_CASE("a response copies what leads back to the caller") {
    const Message request = invite();
    const Message ringing = make_response(request, 180, "tag9");
    CHECK_FALSE(ringing.is_request);
    CHECK(ringing.reason == "Ringing");
    CHECK((ringing.via == request.via));
    CHECK((ringing.from == request.from));
    CHECK(ringing.to.tag() == "tag9");
    CHECK(ringing.call_id == request.call_id);
    CHECK(ringing.cseq == 3);
    CHECK(ringing.cseq_method == Method::invite);
    CHECK((ringing.record_route == request.record_route));
    CHECK_FALSE(ringing.header("Timestamp"));
    CHECK((parse_datagram(serialise(ringing)) == ringing));
}

TEST_CASE("100 carries the timestamp, and no route; a refusal no route") {
    const Message trying = make_response(invite(), 100);
    CHECK(trying.header("Timestamp") == "54");
    CHECK(trying.record_route.empty());
    CHECK(trying.to.tag().empty());
    CHECK(make_response(invite(), 486, "t").record_route.empty());
}

TEST_CASE("a tag that is there already stays") {
    Message request = invite();
    request.to.parameters.set("tag", "theirs");
    CHECK(make_response(request, 200, "ours").to.tag() == "theirs");
}

TEST_CASE("every status has words") {
    CHECK(default_reason(200) == "OK");
    CHECK(default_reason(487) == "Request Terminated");
    CHECK(default_reason(606) == "Not Acceptable");
    CHECK(default_reason(499) == "Request Failure");
    CHECK(default_reason(100) == "Trying");
    CHECK(make_response(invite(), 400, "", "Bad To").reason == "Bad To");
}

TEST_CASE("methods are told apart by case") {
    CHECK(method_from("INVITE") == Method::invite);
    CHECK(method_from("PUBLISH") == Method::publish);
    CHECK(method_from("REGISTER") == Method::register_);
    CHECK(method_from("invite") == Method::other);
    CHECK(text_of(Method::subscribe) == "SUBSCRIBE");
    CHECK(text_of(Method::other).empty());
}

TEST_CASE("all contacts are removed with a star, alone") {
    const auto with_contact = [](std::string_view lines) {
        return parse_datagram(
            message_of({"REGISTER sip:acd.test SIP/2.0", "Via: SIP/2.0/UDP 192.0.2.7",
                        "From: <sip:a@acd.test>", "To: <sip:a@acd.test>", "Call-ID: x",
                        "CSeq: 1 REGISTER", lines}));
    };
    REQUIRE(with_contact("Contact: *"));
    CHECK(with_contact("m:  * ")->contact_is_star);
    CHECK(with_contact("Contact: *")->contacts.empty());
    CHECK_FALSE(with_contact("Contact: *\r\nContact: *"));
    CHECK_FALSE(with_contact("Contact: *\r\nContact: <sip:a@b.test>"));
    CHECK_FALSE(with_contact("Contact: <sip:a@b.test>\r\nContact: *"));
    CHECK_FALSE(with_contact("Contact: *, <sip:a@b.test>"));
    CHECK_FALSE(with_contact("Contact:"));
}

std::string with_line(std::string_view line) {
    return "OPTIONS sip:a@acd.test SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.7\r\n"
           "From: <sip:a@acd.test>\r\nTo: <sip:a@acd.test>\r\nCall-ID: x\r\nCSeq: 1 OPTIONS\r\n" +
           std::string{line} + "\r\n\r\n";
}

TEST_CASE("lines that are no headers are refused") {
    CHECK(parse_datagram(with_line("Note: y")));
    CHECK_FALSE(parse_datagram(with_line("no colon at all")));
    CHECK_FALSE(parse_datagram(with_line(": no name")));
    CHECK_FALSE(parse_datagram(with_line("two words: x")));
    CHECK_FALSE(parse_datagram(with_line("Note: bell \a rings")));
    CHECK_FALSE(parse_datagram(with_line("Note: a\rY: b")));
    CHECK_FALSE(parse_datagram("OPTIONS sip:a@acd.test SIP/2.0\r\n folded: start\r\n\r\n"));
}

TEST_CASE("bare line feeds end lines; the last empty line may be missing") {
    std::string text = with_line("Note: y");
    std::erase(text, '\r');
    const auto parsed = parse_datagram(text);
    REQUIRE(parsed);
    CHECK(parsed->header("Note") == "y");
    text.pop_back();
    CHECK(parse_datagram(text));
    CHECK(parse_datagram("\r\n\r\n" + with_line("Note: y")));
}

TEST_CASE("what is not SIP is dropped without an answer") {
    for (const std::string_view bytes :
         {"", "\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "hello", "INVITE\r\n\r\n", "SIP/2.0\r\n\r\n",
          "SIP/2.0 200", "INVITE sip:a SIP/\r\n\r\n", " \r\n\r\n"}) {
        CAPTURE(bytes);
        const auto parsed = parse_datagram(bytes);
        REQUIRE_FALSE(parsed);
        CHECK_FALSE(parsed.error().answer);
    }
}

TEST_CASE("a malformed ACK is never answered") {
    const auto parsed = parse_datagram(message_of(
        {"ACK sip:a@acd.test SIP/2.0", "Via: SIP/2.0/UDP 192.0.2.7", "From: <sip:a@acd.test>",
         "To: <sip:a@acd.test>", "Call-ID: x", "CSeq: 1 ACK", "Content-Length: -1"}));
    REQUIRE_FALSE(parsed);
    CHECK_FALSE(parsed.error().answer);
}

Limits limit(std::size_t Limits::*which, std::size_t value) {
    Limits limits;
    limits.*which = value;
    return limits;
}

TEST_CASE("limits are limits") {
    const auto status_with = [](const std::string& text, const Limits& limits) {
        const auto parsed = parse_datagram(text, limits);
        return parsed ? 200 : parsed.error().status;
    };
    CHECK(status_with(kInvite, Limits{}) == 200);
    CHECK(status_with(kInvite, limit(&Limits::message_bytes, kInvite.size() - 1)) == 513);
    CHECK(status_with(kInvite, limit(&Limits::message_bytes, kInvite.size())) == 200);
    CHECK(status_with(kInvite, limit(&Limits::header_bytes, 20)) == 400);
    CHECK(status_with(kInvite, limit(&Limits::headers, 14)) == 400);
    CHECK(status_with(kInvite, limit(&Limits::headers, 15)) == 200);
    CHECK(status_with(kInvite, limit(&Limits::start_line_bytes, 31)) == 414);
    CHECK(status_with(kInvite, limit(&Limits::start_line_bytes, 32)) == 200);
    CHECK(status_with(kInvite, limit(&Limits::body_bytes, 4)) == 413);
    CHECK(status_with(kInvite, limit(&Limits::body_bytes, 5)) == 200);
}

TEST_CASE("a body without a length reaches to the end of the datagram") {
    const auto parsed = parse_datagram(with_line("Note: y") + "body\r\n\r\n");
    REQUIRE(parsed);
    CHECK(parsed->body == "body\r\n\r\n");
}

}  // namespace
}  // namespace amer::sip

// The messages of RFC 5118 in words of our own.
#include <doctest/doctest.h>

#include "sip/wire/message.h"
#include "sip/wire/test_messages.h"

namespace amer::sip {
namespace {

struct Six {
    std::string target = "sip:[2001:db8::10]";
    std::string via = "Via: SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKsix";
    std::string contact = "Contact: \"Ann\" <sip:ann@[2001:db8::1]>";
    std::string body;

    Parsed<Message> parsed() const {
        return parse_datagram(message_of(
            {"OPTIONS " + target + " SIP/2.0", via, "From: <sip:ann@acd.test>;tag=1",
             "To: <sip:desk@acd.test>", "Call-ID: six", "CSeq: 1 OPTIONS", contact,
             "Content-Type: application/sdp", "Content-Length: " + std::to_string(body.size())},
            body));
    }
    Message accepted() const {
        const auto message = parsed();
        REQUIRE(message);
        const auto again = parse_datagram(serialise(*message));
        REQUIRE(again);
        CHECK((*again == *message));
        return *message;
    }
};

Six to(std::string target) {
    Six six;
    six.target = std::move(target);
    return six;
}

TEST_CASE("ipv6-good: an IPv6 reference is a host; the brackets are not part of it") {
    const Message message = Six{}.accepted();
    CHECK(message.request_uri.host == "2001:db8::10");
    CHECK(message.via[0].host == "2001:db8::9:1");
    CHECK(message.contacts.at(0).uri.text() == "sip:ann@[2001:db8::1]");
}

TEST_CASE("ipv6-bad: an IPv6 address without brackets is refused") {
    const auto message = to("sip:2001:db8::10").parsed();
    REQUIRE_FALSE(message);
    CHECK(message.error().status == 400);
    CHECK(message.error().answer.has_value());
}

TEST_CASE("port-ambiguous: digits inside the brackets are the address's") {
    const Message message = to("sip:[2001:db8::10:5070]").accepted();
    CHECK(message.request_uri.host == "2001:db8::10:5070");
    CHECK(message.request_uri.port == 0);
}

TEST_CASE("port-unambiguous: digits behind the brackets are the port") {
    const Message message = to("sip:[2001:db8::10]:5070").accepted();
    CHECK(message.request_uri.host == "2001:db8::10");
    CHECK(message.request_uri.port == 5070);
}

TEST_CASE("via-received-param-with-delim: received may be bracketed") {
    Six six;
    six.via = "Via: SIP/2.0/UDP [2001:db8::9:1];received=[2001:db8::9:255];branch=z9hG4bKs";
    CHECK(six.accepted().via[0].parameters.find("received") == "[2001:db8::9:255]");
    CHECK(six.accepted().via[0].branch() == "z9hG4bKs");
}

TEST_CASE("via-received-param-no-delim: received may be bare") {
    Six six;
    six.via = "Via: SIP/2.0/UDP [2001:db8::9:1];received=2001:db8::9:255;branch=z9hG4bKs";
    CHECK(six.accepted().via[0].parameters.find("received") == "2001:db8::9:255");
    CHECK(six.accepted().via[0].branch() == "z9hG4bKs");
}

TEST_CASE("ipv6-in-sdp: the body is none of the parser's business") {
    Six six;
    six.body = "v=0\r\no=a 1 1 IN IP6 2001:db8::20\r\nc=IN IP6 2001:db8::20\r\n";
    CHECK(six.accepted().body == six.body);
}

TEST_CASE("mult-ip-in-header: both families may share a message") {
    Six six;
    six.via =
        "Via: SIP/2.0/UDP [2001:db8::9:1]:6050;branch=z9hG4bK1, SIP/2.0/UDP 192.0.2.1;branch=2,"
        " SIP/2.0/TCP [2001:db8::9:255];received=192.0.2.200";
    const Message message = six.accepted();
    REQUIRE(message.via.size() == 3);
    CHECK(message.via[0].port == 6050);
    CHECK(message.via[1].host == "192.0.2.1");
    CHECK(message.via[2].parameters.find("received") == "192.0.2.200");
}

TEST_CASE("mult-ip-in-sdp: and a body") {
    Six six;
    six.body = "v=0\r\nm=audio 1 RTP/AVP 0\r\nc=IN IP4 192.0.2.1\r\nc=IN IP6 2001:db8::1\r\n";
    CHECK(six.accepted().body == six.body);
}

TEST_CASE("ipv4-mapped-ipv6: an embedded IPv4 address is part of the IPv6 one") {
    Six six;
    six.via = "Via: SIP/2.0/UDP [::FFFF:192.0.2.10]:19823;branch=z9hG4bKs";
    CHECK(six.accepted().via[0].host == "::ffff:192.0.2.10");
    CHECK(six.accepted().via[0].port == 19823);
}

TEST_CASE("ipv6-bug-abnf-3-colons: RFC 3261's slip is understood and not repeated") {
    const Message message = to("sip:desk@[2001:db8:::192.0.2.1]").accepted();
    CHECK(message.request_uri.host == "2001:db8::192.0.2.1");
    CHECK_FALSE(to("sip:desk@[2001:db8:::1]").parsed());
}

TEST_CASE("ipv6-correct-abnf-2-colons: the right form is the same address") {
    const Message message = to("sip:desk@[2001:db8::192.0.2.1]").accepted();
    CHECK(message.request_uri.host == "2001:db8::192.0.2.1");
}

}  // namespace
}  // namespace amer::sip

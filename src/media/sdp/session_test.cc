#include "media/sdp/session.h"

#include <doctest/doctest.h>

using namespace amer::media;

namespace {

std::string lines(std::initializer_list<std::string_view> all) {
    std::string text;
    for (const std::string_view line : all) {
        text += line;
        text += "\r\n";
    }
    return text;
}

const std::string kHead =
    "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n";

}  // namespace

TEST_CASE("a usual desk phone's description is understood") {
    const auto session = parse_session(lines({
        "v=0",
        "o=user 20518 7 IN IP4 203.0.113.1",
        "s=Phone",
        "c=IN IP4 203.0.113.1",
        "t=0 0",
        "m=audio 54400 RTP/AVP 0 8 96",
        "a=rtpmap:96 telephone-event/8000",
        "a=fmtp:96 0-15",
        "a=ptime:30",
        "a=rtcp:53020 IN IP4 126.16.64.4",
        "a=sendonly",
    }));
    REQUIRE(session);
    CHECK(session->origin_user == "user");
    CHECK(session->session_id == 20518);
    CHECK(session->session_version == 7);
    CHECK(session->address == "203.0.113.1");
    REQUIRE(session->media.size() == 1);
    const MediaSection& audio = session->media[0];
    CHECK(audio.kind == "audio");
    CHECK(audio.port == 54400);
    CHECK(audio.protocol == "RTP/AVP");
    CHECK(audio.formats == std::vector<std::string>{"0", "8", "96"});
    CHECK(audio.address == "203.0.113.1");
    CHECK(audio.rtcp_port == 53020);
    CHECK(audio.direction == Direction::sendonly);
    CHECK(audio.packet_ms == 30);
    REQUIRE(audio.payloads.size() == 3);
    CHECK(audio.payloads[0].encoding == "PCMU");  // static, no rtpmap needed (RFC 3551)
    CHECK(audio.payloads[1].encoding == "PCMA");
    CHECK(audio.payloads[2].encoding == "telephone-event");
    CHECK(audio.payloads[2].format_parameters == "0-15");
}

TEST_CASE("sloppy phones are understood: bare LF, no s= and t=, blank lines, extra blanks") {
    const auto session = parse_session(
        "v=0\n"
        "o=Desk Phone 1 2 IN IP4 192.0.2.1\n"
        "\n"
        "c=IN IP4 192.0.2.1 \n"
        "m=audio  4000  RTP/AVP  8  101\n"
        "a=rtpmap: 101  Telephone-Event/8000\n"
        "a=SendOnly\n"
        "a=rtpmap:nonsense\n"
        "a=\n"
        "z=?");
    REQUIRE(session);
    CHECK(session->origin_user == "Desk");
    CHECK(session->session_version == 2);
    REQUIRE(session->media.size() == 1);
    CHECK(session->media[0].payloads.size() == 2);
    CHECK(session->media[0].direction == Direction::sendonly);
}

TEST_CASE("numbers larger than any counter do not make a description unreadable") {
    const auto session =
        parse_session("v=0\no=- 99999999999999999999999 18446744073709551615 IN IP4 192.0.2.1\n");
    REQUIRE(session);
    CHECK(session->session_id == 18446744073709551615ULL);
    CHECK(session->session_version == 18446744073709551615ULL);
}

TEST_CASE("a section's own address and direction win over the session's") {
    const auto session = parse_session(lines({
        "v=0",
        "o=- 1 1 IN IP6 2001:db8::1",
        "c=IN IP6 2001:db8::1",
        "a=inactive",
        "m=audio 4000 RTP/AVP 8",
        "m=audio 5000 RTP/AVP 8",
        "c=IN IP4 192.0.2.7",
        "a=recvonly",
    }));
    REQUIRE(session);
    CHECK(session->media[0].address == "2001:db8::1");
    CHECK(session->media[0].direction == Direction::inactive);
    CHECK(session->media[1].address == "192.0.2.7");
    CHECK(session->media[1].direction == Direction::recvonly);
}

TEST_CASE("the first rtpmap of a number counts, and one for an unlisted number is nothing") {
    const auto session = parse_session(kHead + lines({
                                                   "m=audio 4000 RTP/AVP 96 97",
                                                   "a=rtpmap:96 opus/48000/2",
                                                   "a=rtpmap:96 PCMA/8000",
                                                   "a=rtpmap:98 PCMA/8000",
                                               }));
    REQUIRE(session);
    REQUIRE(session->media[0].payloads.size() == 1);
    CHECK(session->media[0].payloads[0].encoding == "opus");
    CHECK(session->media[0].payloads[0].clock_hz == 48000);
    CHECK(session->media[0].payloads[0].channels == 2);
}

TEST_CASE("an m= line with illegal characters ends the parse at once") {
    // The packaged sofia-sip never returns from the first of these and eats memory meanwhile.
    CHECK_FALSE(parse_session(kHead + "m=audio 4000 RTP\x01/AVP 0\r\n"));
    CHECK_FALSE(parse_session(kHead + "m=audio 4000 RTP@AVP 0\r\n"));
    CHECK_FALSE(parse_session(kHead + "m=audio 4000 RTP//AVP 0\r\n"));
    CHECK_FALSE(parse_session(kHead + "m=audio 4000 /AVP 0\r\n"));
    CHECK_FALSE(parse_session(kHead + "m=audio 4000 RTP/AVP/ 0\r\n"));
    CHECK_FALSE(parse_session(kHead + "m=audio 4000 \"RTP/AVP\" 0\r\n"));
    CHECK_FALSE(parse_session(kHead + "m=audio 4000 RTP/AVP (0)\r\n"));
    CHECK_FALSE(parse_session(kHead + "m=a:b 4000 RTP/AVP 0\r\n"));
    CHECK_FALSE(parse_session(kHead + "m=audio\xc3\xa9 4000 RTP/AVP 0\r\n"));
    CHECK_FALSE(parse_session(kHead + "m=audio 4000 " + std::string(65, 'x') + " 0\r\n"));
    CHECK(parse_session(kHead + "m=audio 4000 RTP/AVP 0\r\n"));  // the same line in good spelling
}

TEST_CASE("what is no session description is refused") {
    CHECK_FALSE(parse_session(""));
    CHECK_FALSE(parse_session("hello"));
    CHECK_FALSE(parse_session("v=1\r\no=- 1 1 IN IP4 192.0.2.1\r\n"));
    CHECK_FALSE(parse_session("o=- 1 1 IN IP4 192.0.2.1\r\nv=0\r\n"));
    CHECK_FALSE(parse_session("v=0\r\ns=-\r\n"));                       // no o=
    CHECK_FALSE(parse_session("v=0\r\no=- x 1 IN IP4 192.0.2.1\r\n"));  // no number
    CHECK_FALSE(parse_session("v=0\r\no=- 1 1 IN\r\n"));
    CHECK_FALSE(parse_session(kHead + "v=0\r\n"));
    CHECK_FALSE(parse_session(kHead + "no equals sign\r\n"));
    CHECK_FALSE(parse_session(kHead + "c=IN IP4\r\n"));
    CHECK_FALSE(parse_session(kHead + "c=ATM NSAP 47.0091\r\n"));
    CHECK_FALSE(parse_session(kHead + "m=audio\r\n"));
    CHECK_FALSE(parse_session(kHead + "m=audio 4000 RTP/AVP\r\n"));
    CHECK_FALSE(parse_session(kHead + "m=audio 70000 RTP/AVP 8\r\n"));
    CHECK_FALSE(parse_session(kHead + "m=audio -1 RTP/AVP 8\r\n"));
    CHECK_FALSE(parse_session(kHead + std::string("a=\0", 3) + "\r\n"));
}

TEST_CASE("the limits hold: 32 KiB, 16 sections, 64 formats") {
    const auto with_formats = [](int count) {
        std::string text = kHead + "m=audio 4000 RTP/AVP";
        for (int i = 0; i < count; i++) {
            text += " 8";
        }
        return text + "\r\n";
    };
    CHECK(parse_session(with_formats(64)));
    CHECK_FALSE(parse_session(with_formats(65)));

    const auto with_sections = [](int count) {
        std::string text = kHead;
        for (int i = 0; i < count; i++) {
            text += "m=audio 4000 RTP/AVP 8\r\n";
        }
        return text;
    };
    CHECK(parse_session(with_sections(16)));
    CHECK_FALSE(parse_session(with_sections(17)));

    CHECK(parse_session(kHead + "i=" + std::string(32 * 1024 - kHead.size() - 2, 'x')));
    CHECK_FALSE(parse_session(kHead + "i=" + std::string(32 * 1024 - kHead.size() - 1, 'x')));
}

TEST_CASE("what is written is read back as it was") {
    SessionDescription session;
    session.origin_user = "amer";
    session.session_id = 4;
    session.session_version = 5;
    session.origin_address = "192.0.2.1";
    session.address = "192.0.2.1";
    MediaSection audio;
    audio.kind = "audio";
    audio.port = 4000;
    audio.protocol = "RTP/AVP";
    audio.formats = {"8", "101"};
    audio.payloads = {{8, "PCMA", 8000, "", 1}, {101, "telephone-event", 8000, "0-16", 1}};
    audio.address = "2001:db8::2";
    audio.rtcp_port = std::uint16_t{4009};
    audio.direction = Direction::recvonly;
    audio.packet_ms = 30;
    session.media = {audio};

    CHECK(serialise(session) == lines({
                                    "v=0",
                                    "o=amer 4 5 IN IP4 192.0.2.1",
                                    "s=-",
                                    "c=IN IP4 192.0.2.1",
                                    "t=0 0",
                                    "m=audio 4000 RTP/AVP 8 101",
                                    "c=IN IP6 2001:db8::2",
                                    "a=rtpmap:8 PCMA/8000",
                                    "a=rtpmap:101 telephone-event/8000",
                                    "a=fmtp:101 0-16",
                                    "a=ptime:30",
                                    "a=rtcp:4009",
                                    "a=recvonly",
                                }));
    CHECK(parse_session(serialise(session)) == session);
}

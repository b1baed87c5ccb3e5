#include <doctest/doctest.h>

#include "media/sdp/session.h"

using namespace amer::media;

namespace {

LocalAudio centre() {
    LocalAudio local;
    local.address = "192.0.2.1";
    local.port = 20000;
    local.session_id = 77;
    local.session_version = 1;
    return local;
}

std::string offer_with(std::string_view sections, std::string_view address = "IP4 198.51.100.5") {
    return fmt::format("v=0\r\no=- 1 1 IN {0}\r\ns=-\r\nc=IN {0}\r\nt=0 0\r\n{1}", address,
                       sections);
}

const std::string kPlain = "m=audio 4000 RTP/AVP 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";

AudioAgreement audio_for(std::string_view offer) {
    LocalAudio local = centre();
    const auto negotiated = answer_offer(local, offer);
    REQUIRE(negotiated);
    return negotiated->audio;
}

bool is_refused(std::string_view offer) {
    LocalAudio local = centre();
    const LocalAudio before = local;
    const bool refused = !answer_offer(local, offer).has_value();
    CHECK((!refused || local == before));
    return refused;
}

std::string answer_to(std::string_view offer) {
    LocalAudio local = centre();
    const auto negotiated = answer_offer(local, offer);
    REQUIRE(negotiated);
    return negotiated->answer;
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("an offer is answered with one codec, digits under the offerer's number") {
    LocalAudio local = centre();
    const auto negotiated = answer_offer(
        local, offer_with("m=audio 4000 RTP/AVP 8 0 96\r\na=rtpmap:96 telephone-event/8000\r\n"));
    REQUIRE(negotiated);
    CHECK(negotiated->answer ==
          "v=0\r\no=- 77 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
          "m=audio 20000 RTP/AVP 8 96\r\na=rtpmap:8 PCMA/8000\r\n"
          "a=rtpmap:96 telephone-event/8000\r\na=fmtp:96 0-16\r\na=ptime:20\r\na=sendrecv\r\n");
    const AudioAgreement& audio = negotiated->audio;
    CHECK(audio.codec == Codec::pcma);
    CHECK(audio.payload_type == 8);
    CHECK(audio.digit_payload_type == 96);
    CHECK(audio.remote_address == "198.51.100.5");
    CHECK(audio.remote_port == 4000);
    CHECK(audio.remote_rtcp_port == 4001);
    CHECK(audio.local_direction == Direction::sendrecv);
}

TEST_CASE("a phone that puts PCMU first gets PCMU") {
    const AudioAgreement audio = audio_for(offer_with("m=audio 4000 RTP/AVP 18 0 8\r\n"));
    CHECK(audio.codec == Codec::pcmu);
    CHECK(audio.payload_type == 0);
    CHECK_FALSE(audio.digit_payload_type);
}

TEST_CASE("codecs are known by their names too") {
    const AudioAgreement audio = audio_for(offer_with(
        "m=audio 4000 RTP/AVP 100 8\r\na=rtpmap:100 pcma/8000/1\r\na=rtpmap:8 PCMA/16000\r\n"));
    CHECK(audio.codec == Codec::pcma);
    CHECK(audio.payload_type == 100);
}

TEST_CASE("an offer without a codec of ours is not acceptable") {
    CHECK(is_refused(offer_with("m=audio 4000 RTP/AVP 18 9\r\n")));
    CHECK(is_refused(offer_with("m=audio 4000 RTP/AVP 96\r\na=rtpmap:96 opus/48000/2\r\n")));
    CHECK(is_refused(offer_with("m=audio 4000 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000/2\r\n")));
    CHECK(is_refused(
        offer_with("m=audio 4000 RTP/AVP 101\r\na=rtpmap:101 telephone-event/8000\r\n")));
    CHECK(is_refused(offer_with("m=audio 4000 RTP/SAVP 8\r\n")));
    CHECK(is_refused(offer_with("m=audio 0 RTP/AVP 8\r\n")));
    CHECK(is_refused(offer_with("m=video 4000 RTP/AVP 31\r\n")));
    CHECK(is_refused(offer_with("")));
    CHECK(is_refused("not a description"));
}

TEST_CASE("an address that no packet can be sent to is not acceptable") {
    for (const char* address :
         {"IP4 224.2.1.1/127", "IP4 239.1.1.1", "IP4 255.255.255.255", "IP4 240.0.0.1",
          "IP4 phone.example.com", "IP4 1.2.3", "IP4 0.0.0.1", "IP4 192.0.2.300", "IP6 ff02::1",
          "IP6 fe80::1%eth0"}) {
        CAPTURE(address);
        CHECK(is_refused(offer_with(kPlain, address)));
    }
    CHECK(is_refused("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\n" + kPlain));  // no c= at all
}

TEST_CASE("IPv6 is spoken where we are bound to it, and only there") {
    CHECK(is_refused(offer_with(kPlain, "IP6 2001:db8::5")));

    LocalAudio local = centre();
    local.address = "2001:db8::1";
    const auto negotiated = answer_offer(local, offer_with(kPlain, "IP6 2001:db8::5"));
    REQUIRE(negotiated);
    CHECK(negotiated->audio.remote_address == "2001:db8::5");
    CHECK(contains(negotiated->answer, "c=IN IP6 2001:db8::1\r\n"));
    CHECK_FALSE(answer_offer(local, offer_with(kPlain)));  // IPv4 from there

    local.address = "::1";
    CHECK(answer_offer(local, offer_with(kPlain, "IP6 ::1")));
    CHECK_FALSE(answer_offer(local, offer_with(kPlain, "IP6 ff02::1")));
    CHECK_FALSE(answer_offer(local, offer_with(kPlain, "IP6 ::ffff:224.0.0.1")));
}

TEST_CASE("every section is answered, video with port 0") {
    const std::string answer =
        answer_to(offer_with("m=video 5000 RTP/AVP 96 97\r\na=rtpmap:96 H264/90000\r\n" + kPlain +
                             "m=application 7000 UDP/BFCP *\r\nm=text 0 RTP/AVP\r\n"));
    CHECK(contains(answer, "m=video 0 RTP/AVP 96\r\nm=audio 20000 RTP/AVP 8 101\r\n"));
    CHECK(contains(answer, "m=application 0 UDP/BFCP *\r\nm=text 0 RTP/AVP 0\r\n"));
}

TEST_CASE("of several audio sections the first usable one is taken") {
    LocalAudio local = centre();
    const auto negotiated =
        answer_offer(local, offer_with("m=audio 3000 RTP/SAVP 8\r\nm=audio 3002 RTP/AVP 9\r\n"
                                       "m=audio 3004 RTP/AVP 8\r\nc=IN IP4 224.2.1.1/127\r\n"
                                       "m=audio 3006 RTP/AVP 0\r\nm=audio 3008 RTP/AVP 8\r\n"));
    REQUIRE(negotiated);
    CHECK(negotiated->audio.remote_port == 3006);
    const auto answer = parse_session(negotiated->answer);
    REQUIRE(answer);
    REQUIRE(answer->media.size() == 5);
    const std::vector<std::uint16_t> ports{answer->media[0].port, answer->media[1].port,
                                           answer->media[2].port, answer->media[3].port,
                                           answer->media[4].port};
    CHECK(ports == std::vector<std::uint16_t>{0, 0, 0, 20000, 0});
}

TEST_CASE("hold is mirrored in all its spellings") {
    const auto direction_for = [](std::string_view attribute, std::string_view address) {
        return audio_for(offer_with(kPlain + std::string{attribute}, address)).local_direction;
    };
    const auto* const there = "IP4 198.51.100.5";
    CHECK(direction_for("a=sendonly\r\n", there) == Direction::recvonly);
    CHECK(direction_for("a=recvonly\r\n", there) == Direction::sendonly);
    CHECK(direction_for("a=inactive\r\n", there) == Direction::inactive);
    CHECK(direction_for("a=sendrecv\r\n", there) == Direction::sendrecv);
    // The hold of RFC 2543: an address to send nothing to.
    CHECK(direction_for("", "IP4 0.0.0.0") == Direction::recvonly);
    CHECK(direction_for("a=inactive\r\n", "IP4 0.0.0.0") == Direction::inactive);
    CHECK(direction_for("a=recvonly\r\n", "IP4 0.0.0.0") == Direction::inactive);
    CHECK(direction_for("", "IP6 ::") == Direction::recvonly);

    CHECK(contains(answer_to(offer_with(kPlain + "a=sendonly\r\n")), "a=recvonly\r\n"));
    CHECK(contains(answer_to(offer_with(kPlain, "IP4 0.0.0.0")), "a=recvonly\r\n"));
    CHECK(contains(answer_to(offer_with(kPlain, "IP4 0.0.0.0")), "c=IN IP4 192.0.2.1\r\n"));
}

TEST_CASE("what we want limits what we answer") {
    LocalAudio local = centre();
    local.direction = Direction::sendonly;
    auto negotiated = answer_offer(local, offer_with(kPlain));
    REQUIRE(negotiated);
    CHECK(negotiated->audio.local_direction == Direction::sendonly);
    negotiated = answer_offer(local, offer_with(kPlain + "a=sendonly\r\n"));
    REQUIRE(negotiated);
    CHECK(negotiated->audio.local_direction == Direction::inactive);

    local = centre();
    local.codecs = {Codec::pcmu};
    negotiated = answer_offer(local, offer_with(kPlain));
    REQUIRE(negotiated);
    CHECK(negotiated->audio.codec == Codec::pcmu);
}

TEST_CASE("rtcp and ptime are heeded, useless wishes are not") {
    AudioAgreement audio = audio_for(offer_with(kPlain + "a=rtcp:9001\r\na=ptime:30\r\n"));
    CHECK(audio.remote_rtcp_port == 9001);
    CHECK(audio.packet_ms == 30);
    audio = audio_for(offer_with(kPlain + "a=rtcp:0\r\na=ptime:0\r\n"));
    CHECK(audio.remote_rtcp_port == 4001);
    CHECK(audio.packet_ms == 20);
    CHECK(audio_for(offer_with(kPlain + "a=ptime:25\r\n")).packet_ms == 20);
    CHECK(audio_for(offer_with(kPlain + "a=ptime:200\r\n")).packet_ms == 20);
    CHECK(audio_for(offer_with(kPlain + "a=maxptime:40\r\na=ptime:60\r\n")).packet_ms == 40);
    CHECK(audio_for(offer_with("m=audio 65535 RTP/AVP 8\r\n")).remote_rtcp_port == 0);
}

TEST_CASE("the version grows when our description changes, and only then") {
    LocalAudio local = centre();
    const auto version_after = [&](std::string_view offer) {
        const auto negotiated = answer_offer(local, offer);
        REQUIRE(negotiated);
        const auto answer = parse_session(negotiated->answer);
        REQUIRE(answer);
        CHECK(answer->session_id == 77);
        CHECK(answer->session_version == local.session_version);
        return answer->session_version;
    };
    CHECK(version_after(offer_with(kPlain)) == 1);
    CHECK(version_after(offer_with(kPlain)) == 1);  // session refresh
    CHECK(version_after(offer_with(kPlain + "a=sendonly\r\n")) == 2);
    CHECK(version_after(offer_with(kPlain + "a=sendonly\r\n")) == 2);
    CHECK(version_after(offer_with(kPlain)) == 3);
    CHECK_FALSE(answer_offer(local, offer_with("m=audio 4000 RTP/AVP 18\r\n")));
    CHECK(version_after(offer_with(kPlain)) == 3);  // a refused offer changes nothing
}

TEST_CASE("our offer lists both laws and telephone-event as 101") {
    LocalAudio local = centre();
    const std::string offer = make_offer(local);
    CHECK(contains(offer, "m=audio 20000 RTP/AVP 8 0 101\r\n"));
    CHECK(contains(offer, "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\n"));
    CHECK(contains(offer, "o=- 77 1 IN IP4 192.0.2.1\r\n"));
    CHECK(make_offer(local) == offer);
    local.direction = Direction::sendonly;
    CHECK(contains(make_offer(local), "o=- 77 2 "));
}

TEST_CASE("a session that was given no version starts at one") {
    LocalAudio local = centre();
    local.session_version = 0;
    CHECK(contains(make_offer(local), "o=- 77 1 "));
}

TEST_CASE("a late offer: ours goes in the 200, their answer comes in the ACK") {
    LocalAudio local = centre();
    make_offer(local);
    const auto audio = accept_answer(
        local, offer_with("m=audio 4000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n"));
    REQUIRE(audio);
    CHECK(audio->codec == Codec::pcmu);  // they picked the other codec
    CHECK(audio->payload_type == 0);
    CHECK(audio->digit_payload_type == 101);
    CHECK(audio->remote_port == 4000);
}

TEST_CASE("digits are agreed even when the answer forgets its rtpmap, or uses another number") {
    LocalAudio local = centre();
    make_offer(local);
    auto audio = accept_answer(local, offer_with("m=audio 4000 RTP/AVP 8 101\r\n"));
    REQUIRE(audio);
    CHECK(audio->digit_payload_type == 101);
    audio = accept_answer(
        local, offer_with("m=audio 4000 RTP/AVP 8 96\r\na=rtpmap:96 telephone-event/8000\r\n"));
    REQUIRE(audio);
    CHECK(audio->digit_payload_type == 96);
    audio = accept_answer(
        local, offer_with("m=audio 4000 RTP/AVP 8 101\r\na=rtpmap:101 opus/48000/2\r\n"));
    REQUIRE(audio);
    CHECK_FALSE(audio->digit_payload_type);
    audio = accept_answer(local, offer_with("m=audio 4000 RTP/AVP 8\r\n"));
    REQUIRE(audio);
    CHECK_FALSE(audio->digit_payload_type);
}

TEST_CASE("an answer that does not suit us is a failure") {
    LocalAudio local = centre();
    make_offer(local);
    CHECK_FALSE(accept_answer(local, ""));
    CHECK_FALSE(accept_answer(local, offer_with("")));
    CHECK_FALSE(accept_answer(local, offer_with("m=audio 0 RTP/AVP 8\r\n")));
    CHECK_FALSE(accept_answer(local, offer_with("m=audio 4000 RTP/AVP 18\r\n")));
    CHECK_FALSE(accept_answer(local, offer_with("m=video 4000 RTP/AVP 8\r\n")));
    CHECK_FALSE(accept_answer(local, offer_with(kPlain, "IP4 224.0.1.1")));
}

TEST_CASE("an answer holds us as an offer does") {
    LocalAudio local = centre();
    make_offer(local);
    const auto direction_for = [&](std::string_view answer) {
        const auto audio = accept_answer(local, answer);
        REQUIRE(audio);
        return audio->local_direction;
    };
    CHECK(direction_for(offer_with(kPlain)) == Direction::sendrecv);
    CHECK(direction_for(offer_with(kPlain + "a=recvonly\r\n")) == Direction::sendonly);
    CHECK(direction_for(offer_with(kPlain, "IP4 0.0.0.0")) == Direction::recvonly);
    local.direction = Direction::sendonly;
    make_offer(local);
    CHECK(direction_for(offer_with(kPlain)) == Direction::sendonly);
    CHECK(direction_for(offer_with(kPlain + "a=inactive\r\n")) == Direction::inactive);
}

TEST_CASE("our re-offer keeps the places of their sections and their number for digits") {
    LocalAudio local = centre();
    REQUIRE(answer_offer(local, offer_with("m=video 5000 RTP/AVP 96\r\n"
                                           "m=audio 4000 RTP/AVP 0 97\r\n"
                                           "a=rtpmap:97 telephone-event/8000\r\n")));
    local.direction = Direction::sendonly;
    const std::string offer = make_offer(local);
    CHECK(contains(offer, "m=video 0 RTP/AVP 96\r\nm=audio 20000 RTP/AVP 8 0 97\r\n"));
    CHECK(contains(offer, "o=- 77 2 "));
    CHECK(contains(offer, "a=sendonly\r\n"));

    const auto audio = accept_answer(local, offer_with("m=video 0 RTP/AVP 96\r\n"
                                                       "m=audio 4000 RTP/AVP 8\r\n"));
    REQUIRE(audio);
    CHECK(audio->codec == Codec::pcma);
    // The audio we asked for stands second; an answer without it has not answered.
    CHECK_FALSE(accept_answer(local, offer_with("m=audio 4000 RTP/AVP 8\r\n")));
}

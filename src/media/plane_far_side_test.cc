// Who is a leg's far side: latching, strangers, hold, silence, and what RTCP says.
#include <doctest/doctest.h>

#include <thread>

#include "media/endpoint/fact_log.h"
#include "media/net/udp_socket.h"
#include "media/plane.h"
#include "media/rtp/packet.h"
#include "media/rtp/rtcp.h"
#include "media/rtp/telephone_event.h"

#include <poll.h>

using namespace amer;
using namespace amer::media;
using namespace std::chrono_literals;

namespace {

constexpr LegId kLeg{1};
constexpr LegId kPeer{2};
constexpr std::uint64_t kTogether = 3;

Address at(const char* host, std::uint16_t port) { return Address::parse(host, port).value(); }

// A socket that sends and hears single packets of our choice.
class Sender {
public:
    explicit Sender(const char* host = "127.0.0.1", std::uint16_t port = 0)
        : socket_{UdpSocket::bind(at(host, port)).value()} {}

    std::uint16_t port() const { return socket_.local().port(); }
    void raw(std::span<const std::uint8_t> bytes, std::uint16_t to) {
        REQUIRE(socket_.send(bytes, at("127.0.0.1", to)));
    }
    void audio(std::uint16_t to, std::uint8_t type = 8) {
        std::vector<std::uint8_t> datagram(kRtpHeaderSize + 160, 0x2A);
        sequence_++;
        write_rtp_header({false, type, sequence_, sequence_ * 160U, 99}, datagram);
        raw(datagram, to);
    }
    void key(std::uint16_t to, char digit) {
        std::array<std::uint8_t, kRtpHeaderSize + kTelephoneEventSize> datagram{};
        sequence_++;
        write_rtp_header({true, 101, sequence_, sequence_ * 160U, 99}, datagram);
        write_event({*event_of(digit), true, 800}, std::span{datagram}.subspan(kRtpHeaderSize));
        raw(datagram, to);
    }
    // The next datagram within `longest`; empty when none comes.
    std::vector<std::uint8_t> hear(std::chrono::milliseconds longest) {
        pollfd waiting{socket_.descriptor(), POLLIN, 0};
        ::poll(&waiting, 1, static_cast<int>(longest.count()));
        std::vector<std::uint8_t> buffer(2000);
        Address source;
        const auto datagram = socket_.receive(buffer, source);
        buffer.resize(datagram ? datagram->size : 0);
        return buffer;
    }

private:
    UdpSocket socket_;
    std::uint16_t sequence_ = 0;
};

Options quick_options() {
    Options options;
    options.port_low = 42'600;
    options.port_high = 42'699;
    options.lost_after = 300ms;
    return options;
}

AudioAgreement agreement(std::uint16_t port, Direction direction = Direction::sendrecv) {
    AudioAgreement audio;
    audio.digit_payload_type = 101;
    audio.remote_address = "127.0.0.1";
    audio.remote_port = port;
    audio.local_direction = direction;
    return audio;
}

struct Stage {
    Stage() {
        const auto opened = plane.open_leg(kLeg, kTogether, "127.0.0.1");
        REQUIRE(opened);
        port = *opened;
        set_remote(agreement(phone.port()));
    }
    // Orders take effect on another thread: a playback of nothing is told when this one has.
    void set_remote(const AudioAgreement& audio, bool latch_any_address = false) {
        plane.set_remote(kLeg, audio, latch_any_address);
        const PlaybackId order{1000 + settled++};
        plane.play(kLeg, order, {}, false);
        REQUIRE(facts.wait_if<PlaybackFinished>(
            [&](const PlaybackFinished& fact) { return fact.playback == order; }));
    }
    void wait_for_playback() {
        REQUIRE(facts.wait_if<PlaybackFinished>(
            [](const PlaybackFinished& fact) { return fact.playback == PlaybackId{1}; }));
    }
    // Waits until all packets of the test so far have been counted one way or another.
    LegStatistics counted(std::uint64_t packets) const {
        LegStatistics now;
        for (int i = 0; i < 500; i++) {
            now = plane.statistics(kLeg);
            if (now.packets_received + now.packets_strange + now.packets_bad >= packets) break;
            std::this_thread::sleep_for(5ms);
        }
        return now;
    }

    FactLog facts;
    Plane plane{quick_options(), facts.sink()};
    Sender phone;
    std::uint16_t port = 0;
    std::uint64_t settled = 0;
};

}  // namespace

TEST_CASE("before the far side is known nothing is heard or sent") {
    FactLog facts;
    Plane plane{quick_options(), facts.sink()};
    const auto port = plane.open_leg(kLeg, kTogether, "127.0.0.1");
    REQUIRE(port);
    Sender phone;
    plane.play_music(kLeg, make_tone(440, 1s));
    phone.audio(*port);
    CHECK(phone.hear(200ms).empty());
    CHECK(plane.statistics(kLeg).packets_received == 0);
    CHECK(plane.statistics(kLeg).packets_strange == 1);
    plane.set_remote(kLeg, agreement(phone.port()));
    CHECK(phone.hear(1s).size() == 172);
}

TEST_CASE("a stranger of another host is neither heard nor answered, first or later") {
    Stage stage;
    Sender stranger{"127.0.0.2"};
    stage.plane.play_music(kLeg, make_tone(440, 1s));
    stranger.audio(stage.port);
    stranger.key(stage.port, '1');
    CHECK(stage.counted(2).packets_strange == 2);
    stage.phone.audio(stage.port);
    stranger.audio(stage.port);
    stranger.key(stage.port, '1');
    const LegStatistics now = stage.counted(5);
    CHECK(now.packets_received == 1);
    CHECK(now.packets_strange == 4);
    CHECK(stage.phone.hear(1s).size() == 172);
    CHECK(stranger.hear(100ms).empty());
    CHECK(stage.facts.all<DigitReceived>().empty());
    CHECK(stage.facts.all<MediaStarted>().size() == 1);
}

TEST_CASE(
    "another port of the far side's host is locked in, after which its first port is strange") {
    Stage stage;
    Sender other_port;
    other_port.audio(stage.port);
    stage.plane.play_music(kLeg, make_tone(440, 1s));
    CHECK(stage.counted(1).packets_received == 1);
    CHECK(other_port.hear(1s).size() == 172);
    Sender third_port;
    third_port.audio(stage.port);
    CHECK(stage.counted(2).packets_strange == 1);
    CHECK(third_port.hear(100ms).empty());
}

TEST_CASE("rubbish and foreign payload types do not latch") {
    Stage stage;
    Sender other_port;
    const std::array<std::uint8_t, 20> rubbish{0x12};
    other_port.raw(rubbish, stage.port);
    other_port.audio(stage.port, 96);
    CHECK(stage.counted(2).packets_bad == 2);
    stage.plane.play_music(kLeg, make_tone(440, 1s));
    CHECK(stage.phone.hear(1s).size() == 172);
    CHECK(other_port.hear(100ms).empty());
}

TEST_CASE("a phone behind NAT may come from any host when that was allowed, and only one may") {
    Stage stage;
    stage.set_remote(agreement(9), true);
    Sender natted{"127.0.0.3"};
    Sender stranger{"127.0.0.4"};
    natted.audio(stage.port);
    CHECK(stage.counted(1).packets_received == 1);
    stranger.audio(stage.port);
    CHECK(stage.counted(2).packets_strange == 1);
    stage.plane.play_music(kLeg, make_tone(440, 1s));
    CHECK(natted.hear(1s).size() == 172);
    CHECK(stranger.hear(100ms).empty());
}

TEST_CASE("a re-offer moves the far side; the old one becomes strange, strangers stay strange") {
    Stage stage;
    stage.phone.audio(stage.port);
    CHECK(stage.counted(1).packets_received == 1);
    stage.set_remote(agreement(stage.phone.port(), Direction::sendrecv));
    Sender stranger;
    stranger.audio(stage.port);  // the same address again: no new window for another port
    CHECK(stage.counted(2).packets_strange == 1);

    Sender moved{"127.0.0.5"};
    AudioAgreement there = agreement(moved.port());
    there.remote_address = "127.0.0.5";
    stage.set_remote(there);
    stage.plane.play_music(kLeg, make_tone(440, 1s));
    CHECK(moved.hear(1s).size() == 172);
    moved.audio(stage.port);
    CHECK(stage.counted(3).packets_received == 2);
    stage.phone.audio(stage.port);
    stranger.audio(stage.port);
    CHECK(stage.counted(5).packets_strange == 3);
}

TEST_CASE("a leg on hold is sent nothing and not heard, and its prompt ends all the same") {
    Stage stage;
    Direction direction = Direction::inactive;
    SUBCASE("inactive") {}
    SUBCASE("we only receive") { direction = Direction::recvonly; }
    stage.set_remote(agreement(stage.phone.port(), direction));
    stage.plane.play(kLeg, PlaybackId{1}, {make_tone(440, 200ms)}, false);
    stage.wait_for_playback();
    CHECK(stage.plane.statistics(kLeg).packets_sent == 0);
    stage.phone.key(stage.port, '7');
    CHECK(stage.counted(1).packets_received == 1);
    CHECK(stage.facts.wait<DigitReceived>(0, 200ms).has_value() ==
          (direction == Direction::recvonly));
}

TEST_CASE("a leg that holds its far side sends and does not hear") {
    Stage stage;
    stage.set_remote(agreement(stage.phone.port(), Direction::sendonly));
    stage.plane.play_music(kLeg, make_tone(440, 1s));
    CHECK(stage.phone.hear(1s).size() == 172);
    stage.phone.key(stage.port, '7');
    CHECK(stage.counted(1).packets_received == 1);
    CHECK_FALSE(stage.facts.wait<DigitReceived>(0, 100ms));
    CHECK_FALSE(stage.facts.wait<MediaLost>(0, 500ms));  // it promised nothing
}

TEST_CASE("a far side that falls silent is told as lost once, and again after it came back") {
    Stage stage;
    stage.phone.audio(stage.port);
    REQUIRE(stage.facts.wait<MediaStarted>());
    REQUIRE(stage.facts.wait<MediaLost>());
    CHECK_FALSE(stage.facts.wait<MediaLost>(1, 500ms));
    stage.phone.audio(stage.port);
    CHECK(stage.facts.wait<MediaLost>(1));
    CHECK(stage.facts.all<MediaStarted>().size() == 1);
}

TEST_CASE("a far side that never speaks is lost too") {
    const Stage stage;
    CHECK(stage.facts.wait<MediaLost>());
    CHECK(stage.facts.all<MediaStarted>().empty());
}

TEST_CASE("a leg with nothing to say sends a frame of silence every 5 s, so that nobody hangs up") {
    Stage stage;
    CHECK(stage.phone.hear(3s).empty());
    const auto datagram = stage.phone.hear(4s);
    const auto packet = parse_rtp(datagram);
    REQUIRE(packet);
    CHECK(packet->payload.size() == 160);
    CHECK(std::all_of(packet->payload.begin(), packet->payload.end(),
                      [](std::uint8_t code) { return code == 0xD5; }));
    CHECK(stage.phone.hear(300ms).empty());
}

TEST_CASE("closing a leg says goodbye by RTCP with a report and a name") {
    Stage stage;
    Sender rtcp;
    AudioAgreement audio = agreement(stage.phone.port());
    audio.remote_rtcp_port = rtcp.port();
    stage.set_remote(audio);
    stage.plane.play(kLeg, PlaybackId{1}, {make_tone(440, 100ms)}, false);
    stage.phone.audio(stage.port);
    stage.wait_for_playback();
    stage.plane.close_leg(kLeg);
    const auto said = rtcp.hear(1s);
    const auto goodbye = parse_rtcp(said);
    REQUIRE(goodbye);
    CHECK(goodbye->says_goodbye);
    REQUIRE(goodbye->sender);
    CHECK(goodbye->sender->packets == 5);
    CHECK(goodbye->sender->bytes == 800);
    REQUIRE(goodbye->block_count == 1);
    CHECK(goodbye->blocks[0].heard.ssrc == 99);
    CHECK(stage.plane.statistics(kLeg).packets_sent == 0);  // unknown now
    CHECK(stage.plane.legs() == 0);
}

TEST_CASE("RTCP of strangers is not believed; the far side's gives the round trip") {
    Stage stage;
    Sender rtcp;
    AudioAgreement audio = agreement(stage.phone.port());
    audio.remote_rtcp_port = rtcp.port();
    stage.set_remote(audio);
    stage.plane.play_music(kLeg, make_tone(440, 1s));
    // Our first report comes after 5 s.
    const auto report = parse_rtcp(rtcp.hear(7s));
    REQUIRE(report);
    REQUIRE(report->sender);

    OutgoingReport answer;
    answer.ssrc = 99;
    ReportBlock block;
    block.heard.ssrc = report->ssrc;
    block.last_sender_report = static_cast<std::uint32_t>(report->sender->ntp >> 16U);
    answer.block = block;
    std::array<std::uint8_t, kLargestReport> datagram{};
    const auto said = std::span{datagram}.first(write_rtcp(answer, datagram));

    const auto rtcp_port = static_cast<std::uint16_t>(stage.port + 1);
    Sender stranger{"127.0.0.2"};
    Sender other_port;
    stranger.raw(said, rtcp_port);
    other_port.raw(said, rtcp_port);
    CHECK(stage.counted(2).packets_strange == 2);
    CHECK(stage.plane.statistics(kLeg).round_trip_us == 0);
    rtcp.raw(std::span{datagram}.first(7), rtcp_port);
    CHECK(stage.counted(3).packets_bad == 1);
    rtcp.raw(said, rtcp_port);
    for (int i = 0; i < 400 && stage.plane.statistics(kLeg).round_trip_us == 0; i++) {
        std::this_thread::sleep_for(5ms);
    }
    CHECK(stage.plane.statistics(kLeg).round_trip_us > 0);
    CHECK(stage.plane.statistics(kLeg).round_trip_us < 2'000'000);
}

TEST_CASE("orders for legs that are unknown or closed do nothing, and ids may be used again") {
    FactLog facts;
    Plane plane{quick_options(), facts.sink()};
    plane.set_remote(kLeg, agreement(4000));
    plane.play(kLeg, PlaybackId{1}, {make_silence(20ms)}, false);
    plane.bridge(kLeg, kPeer);
    plane.close_leg(kLeg);
    plane.stop_recording(RecordingId{5});
    plane.set_recorded(RecordingId{5}, kLeg, {kPeer});
    REQUIRE(plane.open_leg(kLeg, kTogether, "127.0.0.1"));
    CHECK_FALSE(plane.open_leg(kLeg, kTogether, "127.0.0.1"));
    plane.close_leg(kLeg);
    REQUIRE(plane.open_leg(kLeg, kTogether, "127.0.0.1"));
    CHECK(plane.legs() == 1);
    CHECK(facts.all<PlaybackFinished>().empty());
    CHECK_FALSE(plane.open_leg(kPeer, kTogether, "not an address"));
}

TEST_CASE("a leg speaks IPv6 with far sides of both families") {
    FactLog facts;
    Plane plane{quick_options(), facts.sink()};
    const auto port = plane.open_leg(kLeg, kTogether, "::");
    REQUIRE(port);
    Sender phone;
    plane.set_remote(kLeg, agreement(phone.port()));
    plane.play_music(kLeg, make_tone(440, 1s));
    CHECK(phone.hear(1s).size() == 172);
    phone.audio(*port);
    CHECK(facts.wait<MediaStarted>());
}

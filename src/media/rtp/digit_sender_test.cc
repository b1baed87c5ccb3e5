#include "media/rtp/digit_sender.h"

#include <doctest/doctest.h>

#include <vector>

using namespace amer::media;

namespace {

// Steps until the sender is idle; an empty step is a packet with event 255.
std::vector<DigitSender::Packet> run(DigitSender& keys, SendStream& stream, std::uint32_t& clock) {
    std::vector<DigitSender::Packet> packets;
    while (keys.is_busy()) {
        clock += 160;
        const auto packet = keys.next(stream, 101, clock);
        packets.push_back(packet.value_or(DigitSender::Packet{{}, {255, false, 0}}));
        REQUIRE(packets.size() < 1000);
    }
    return packets;
}

}  // namespace

TEST_CASE("a key is 160 ms long, keeps its first timestamp and ends three times") {
    SendStream stream{5, 100, 0};
    DigitSender keys;
    std::uint32_t clock = 8000;
    REQUIRE(keys.press('#'));
    const auto packets = run(keys, stream, clock);
    REQUIRE(packets.size() >= 10);
    for (std::size_t i = 0; i < 10; i++) {
        CAPTURE(i);
        CHECK(packets[i].header.marker == (i == 0));
        CHECK(packets[i].header.payload_type == 101);
        CHECK(packets[i].header.sequence == 100 + i);
        CHECK(packets[i].header.timestamp == 8160);
        CHECK(packets[i].event.event == 11);
        CHECK(packets[i].event.is_end == (i >= 7));
        CHECK(packets[i].event.duration == std::min<std::size_t>(i + 1, 8) * 160);
    }
    for (std::size_t i = 10; i < packets.size(); i++) CHECK(packets[i].event.event == 255);
}

TEST_CASE("two keys of one number are two events with a pause between") {
    SendStream stream{5, 0, 0};
    DigitSender keys;
    std::uint32_t clock = 0;
    REQUIRE(keys.press('1'));
    REQUIRE(keys.press('1'));
    const auto packets = run(keys, stream, clock);
    std::vector<std::uint32_t> begins;
    for (const auto& packet : packets) {
        if (packet.header.marker) begins.push_back(packet.header.timestamp);
    }
    REQUIRE(begins.size() == 2);
    CHECK(begins[1] - begins[0] >= (160 + 40) * 8);  // Q.24: at least 40 ms apart
}

TEST_CASE("audio after a key goes on behind it, with a marker") {
    SendStream stream{5, 0, 0};
    DigitSender keys;
    std::uint32_t clock = 160;
    const RtpHeader before = stream.paced(8, 160, clock);
    REQUIRE(keys.press('4'));
    const auto packets = run(keys, stream, clock);
    CHECK(packets[0].header.timestamp == before.timestamp + 160);
    clock += 160;
    const RtpHeader after = stream.paced(8, 160, clock);
    CHECK(after.marker);
    CHECK(after.sequence == 11);
    CHECK(after.timestamp >= packets[0].header.timestamp + 1280);
}

TEST_CASE("what is no key is refused, and so is a flood") {
    DigitSender keys;
    CHECK_FALSE(keys.press('x'));
    CHECK_FALSE(keys.press('\0'));
    for (int i = 0; i < 64; i++) REQUIRE(keys.press('1'));
    CHECK_FALSE(keys.press('1'));
}

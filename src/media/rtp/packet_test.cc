#include "media/rtp/packet.h"

#include <doctest/doctest.h>

#include <vector>

using namespace amer::media;

namespace {

using Bytes = std::vector<std::uint8_t>;

// A-law, marker, sequence 0x1234, timestamp 0x01020304, source 0xAABBCCDD, payload 1 2 3.
Bytes plain_packet() {
    return {0x80, 0x88, 0x12, 0x34, 1, 2, 3, 4, 0xAA, 0xBB, 0xCC, 0xDD, 1, 2, 3};
}

Bytes payload_of(const Bytes& datagram) {
    const auto packet = parse_rtp(datagram);
    REQUIRE(packet);
    return {packet->payload.begin(), packet->payload.end()};
}

}  // namespace

TEST_CASE("a packet is read as RFC 3550 lays it out") {
    const Bytes datagram = plain_packet();
    const auto packet = parse_rtp(datagram);
    REQUIRE(packet);
    CHECK(packet->header == RtpHeader{true, 8, 0x1234, 0x01020304, 0xAABBCCDD});
    CHECK(payload_of(datagram) == Bytes{1, 2, 3});
}

TEST_CASE("what is written is read again") {
    const RtpHeader header{false, 101, 0xFFFF, 0xFFFFFFFE, 7};
    Bytes datagram(kRtpHeaderSize + 1);
    write_rtp_header(header, datagram);
    const auto packet = parse_rtp(datagram);
    REQUIRE(packet);
    CHECK(packet->header == header);
}

TEST_CASE("contributing sources, an extension and padding are stepped over") {
    Bytes datagram = plain_packet();
    datagram[0] = 0x80 | 0x20 | 0x10 | 2;
    const Bytes sources{1, 1, 1, 1, 2, 2, 2, 2};
    const Bytes extension{0xBE, 0xDE, 0, 1, 9, 9, 9, 9};
    datagram.insert(datagram.begin() + 12, extension.begin(), extension.end());
    datagram.insert(datagram.begin() + 12, sources.begin(), sources.end());
    datagram.insert(datagram.end(), {0, 0, 3});
    CHECK(payload_of(datagram) == Bytes{1, 2, 3});
}

TEST_CASE("a packet may be all padding") {
    Bytes datagram = plain_packet();
    datagram[0] = 0xA0;
    datagram[14] = 3;
    CHECK(payload_of(datagram).empty());
}

TEST_CASE("what is not a whole packet of version 2 is refused") {
    Bytes datagram = plain_packet();
    SUBCASE("shorter than a header") { datagram.resize(11); }
    SUBCASE("empty") { datagram.clear(); }
    SUBCASE("version 1") { datagram[0] = 0x40; }
    SUBCASE("STUN") { datagram[0] = 0x00; }
    SUBCASE("more sources than bytes") { datagram[0] = 0x8F; }
    SUBCASE("an extension whose length is cut") { datagram[0] = 0x90; }
    SUBCASE("an extension longer than the packet") {
        datagram[0] = 0x90;
        datagram.insert(datagram.begin() + 12, {0xBE, 0xDE, 0xFF, 0xFF});
    }
    SUBCASE("padding of nothing") {
        datagram[0] = 0xA0;
        datagram.back() = 0;
    }
    SUBCASE("padding longer than the payload") {
        datagram[0] = 0xA0;
        datagram.back() = 4;
    }
    SUBCASE("padding without a payload") {
        datagram[0] = 0xA0;
        datagram.resize(12);
    }
    SUBCASE("longer than any packet of ours") { datagram.resize(1501); }
    CHECK_FALSE(parse_rtp(datagram));
}

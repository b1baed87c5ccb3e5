#include "media/rtp/rtcp.h"

#include <doctest/doctest.h>

#include <vector>

using namespace amer::media;

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes write(const OutgoingReport& report) {
    std::array<std::uint8_t, kLargestReport> datagram{};
    const std::size_t size = write_rtcp(report, datagram);
    return {datagram.begin(), datagram.begin() + static_cast<std::ptrdiff_t>(size)};
}

OutgoingReport full_report() {
    OutgoingReport report;
    report.ssrc = 0x01020304;
    report.sender = SenderInfo{0x1122334455667788, 1000, 50, 8000};
    report.block = ReportBlock{{9, 25, -2, 0x10005, 33}, 0xABCD0001, 0x00018000};
    report.cname = "abc";
    report.says_goodbye = true;
    return report;
}

}  // namespace

TEST_CASE("a receiver report with our name is laid out as RFC 3550 says") {
    OutgoingReport report;
    report.ssrc = 0x01020304;
    report.cname = "abc";
    CHECK(write(report) == Bytes{0x80, 201, 0,   1,   1,   2, 3, 4,    // RR without blocks
                                 0x81, 202, 0,   3,   1,   2, 3, 4,    // SDES with one chunk
                                 1,    3,   'a', 'b', 'c', 0, 0, 0});  // CNAME, end, filled up
}

TEST_CASE("a sender report with a block, a name and a goodbye is read again") {
    const auto read = parse_rtcp(write(full_report()));
    REQUIRE(read);
    CHECK(read->ssrc == 0x01020304);
    REQUIRE(read->sender);
    CHECK(read->sender->ntp == 0x1122334455667788);
    CHECK(read->sender->rtp_timestamp == 1000);
    CHECK(read->sender->packets == 50);
    CHECK(read->sender->bytes == 8000);
    REQUIRE(read->block_count == 1);
    const ReportBlock& block = read->blocks[0];
    CHECK(block.heard.ssrc == 9);
    CHECK(block.heard.fraction_lost == 25);
    CHECK(block.heard.lost == -2);
    CHECK(block.heard.highest_sequence == 0x10005);
    CHECK(block.heard.jitter == 33);
    CHECK(block.last_sender_report == 0xABCD0001);
    CHECK(block.since_last_sender_report == 0x00018000);
    CHECK(read->says_goodbye);
}

TEST_CASE("a datagram that fails the checks of appendix A.2 is refused") {
    Bytes datagram = write(full_report());
    SUBCASE("empty") { datagram.clear(); }
    SUBCASE("version 1") { datagram[0] = 0x41; }
    SUBCASE("not a report first") { datagram[1] = 202; }
    SUBCASE("padding in the first packet") { datagram[0] |= 0x20; }
    SUBCASE("a length beyond the end") { datagram[3] = 200; }
    SUBCASE("cut short") { datagram.pop_back(); }
    SUBCASE("more blocks than bytes") { datagram[0] = 0x9F; }
    SUBCASE("rubbish behind it") { datagram.insert(datagram.end(), {1, 2, 3, 4}); }
    CHECK_FALSE(parse_rtcp(datagram));
}

TEST_CASE("a second report adds its blocks, and more than 31 are left out") {
    Bytes many{0x9F, 201, 0, 187, 0, 0, 0, 1};
    many.resize(8 + 31 * 24);
    const Bytes once = many;
    many.insert(many.end(), once.begin(), once.end());
    many.resize(1496);
    CHECK_FALSE(parse_rtcp(many));  // the second one is cut
    Bytes datagram = once;
    const Bytes single = write(full_report());
    datagram.insert(datagram.end(), single.begin(), single.end());
    const auto read = parse_rtcp(datagram);
    REQUIRE(read);
    CHECK(read->block_count == 31);
}

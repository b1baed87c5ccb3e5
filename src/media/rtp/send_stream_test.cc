#include "media/rtp/send_stream.h"

#include <doctest/doctest.h>

using namespace amer::media;

namespace {

RtpHeader theirs(std::uint16_t sequence, std::uint32_t timestamp, bool marker = false,
                 std::uint32_t ssrc = 99) {
    return {marker, 8, sequence, timestamp, ssrc};
}

}  // namespace

TEST_CASE("what we pace goes on by its own samples and begins with a marker") {
    SendStream stream{1, 65535, 1000};
    CHECK(stream.paced(8, 160, 800) == RtpHeader{true, 8, 65535, 1800, 1});
    CHECK(stream.paced(8, 160, 960) == RtpHeader{false, 8, 0, 1960, 1});
    CHECK(stream.paced(0, 160, 1200) == RtpHeader{false, 0, 1, 2120, 1});  // a late tick: no drift
}

TEST_CASE("after a pause the timestamp has followed the clock") {
    SendStream stream{1, 0, 0};
    stream.paced(8, 160, 0);
    stream.pause();
    CHECK(stream.paced(8, 160, 8000) == RtpHeader{true, 8, 1, 8000, 1});
}

TEST_CASE("a relayed voice keeps its gaps and its order") {
    SendStream stream{1, 10, 0};
    CHECK(stream.relayed(theirs(500, 70'000), 8, 160, 4000) == RtpHeader{true, 8, 10, 4000, 1});
    CHECK(stream.relayed(theirs(501, 70'160), 8, 160, 4160) == RtpHeader{false, 8, 11, 4160, 1});
    // 502 is lost, 504 overtakes 503.
    CHECK(stream.relayed(theirs(504, 70'640), 8, 160, 4640) == RtpHeader{false, 8, 14, 4640, 1});
    CHECK(stream.relayed(theirs(503, 70'480), 8, 160, 4640) == RtpHeader{false, 8, 13, 4480, 1});
    CHECK(stream.relayed(theirs(505, 70'800), 8, 160, 4800) == RtpHeader{false, 8, 15, 4800, 1});
    // A prompt of ours follows behind everything.
    CHECK(stream.paced(8, 160, 4900) == RtpHeader{true, 8, 16, 4960, 1});
}

TEST_CASE("the packets of a relayed key keep one timestamp, beside the audio's") {
    SendStream stream{1, 0, 0};
    stream.relayed(theirs(1, 1000), 8, 160, 500);
    CHECK(stream.relayed(theirs(2, 1160, true), 101, 0, 660) == RtpHeader{true, 101, 1, 660, 1});
    CHECK(stream.relayed(theirs(3, 1160), 101, 0, 820) == RtpHeader{false, 101, 2, 660, 1});
    CHECK(stream.relayed(theirs(4, 1160 + 480, true), 8, 160, 1140) ==
          RtpHeader{true, 8, 3, 1140, 1});
}

TEST_CASE("a packet left out on purpose leaves no gap") {
    SendStream stream{1, 0, 0};
    stream.relayed(theirs(1, 1000), 8, 160, 0);
    stream.skip_relayed(theirs(2, 1160));
    CHECK(stream.relayed(theirs(3, 1320), 8, 160, 320).sequence == 1);
}

TEST_CASE("another source, or one that jumps, goes on where ours was") {
    SendStream stream{1, 0, 0};
    stream.relayed(theirs(1, 1000), 8, 160, 0);
    RtpHeader next;
    SUBCASE("another source") { next = theirs(40'000, 5, false, 100); }
    SUBCASE("a timestamp that jumps") { next = theirs(2, 3'000'000'000U); }
    SUBCASE("a sequence that jumps") { next = theirs(9'000, 1160); }
    CHECK(stream.relayed(next, 8, 160, 160) == RtpHeader{true, 8, 1, 160, 1});
}

TEST_CASE("a voice after a prompt begins behind the prompt") {
    SendStream stream{1, 0, 0};
    stream.paced(8, 160, 0);
    stream.paced(8, 160, 100);  // paced a little ahead of the clock
    CHECK(stream.relayed(theirs(7, 12'345), 8, 160, 200) == RtpHeader{true, 8, 2, 320, 1});
}

#include "media/record/capture.h"

#include <doctest/doctest.h>

#include <vector>

using namespace amer::media;

namespace {

// A far side that sends frames of one constant each, and the recorder that takes them out.
struct Line {
    Capture capture;
    DecodeTable decode{};  // code n becomes 100 * n
    std::uint32_t ssrc = 1;
    std::uint16_t first_sequence = 65'530;  // wraps soon

    Line() {
        for (std::size_t i = 0; i < decode.size(); i++)
            decode[i] = static_cast<std::int16_t>(100 * i);
    }
    void push(int number, std::uint8_t code, std::uint32_t shift = 0xFFFFFE00,
              bool marker = false) {
        const std::vector<std::uint8_t> payload(160, code);
        const auto sequence = static_cast<std::uint16_t>(first_sequence + number);
        const auto timestamp = static_cast<std::uint32_t>(number * 160) + shift;
        capture.push({{marker, 8, sequence, timestamp, ssrc}, payload}, decode);
    }
    // The next frame, which must be of one value: that divided by 100.
    int pull() {
        std::array<std::int16_t, Capture::kFrame> frame;
        capture.pull(frame);
        const bool is_even = std::all_of(frame.begin(), frame.end(),
                                         [&](std::int16_t sample) { return sample == frame[0]; });
        if (!is_even) FAIL("a frame of two values");
        return frame[0] / 100;
    }
    std::vector<int> pull_many(int count) {
        std::vector<int> values;
        for (int i = 0; i < count; i++) values.push_back(pull());
        return values;
    }
};

using Values = std::vector<int>;

}  // namespace

TEST_CASE("without a far side there is silence") {
    Line line;
    CHECK(line.pull_many(3) == Values{0, 0, 0});
}

TEST_CASE("sound comes out 60 ms late and in order") {
    Line line;
    Values heard;
    for (int i = 0; i < 10; i++) {
        line.push(i, static_cast<std::uint8_t>(i + 1));
        heard.push_back(line.pull());
    }
    CHECK(heard == Values{0, 0, 0, 1, 2, 3, 4, 5, 6, 7});
    CHECK(line.capture.dropped_samples() == 0);
}

TEST_CASE("packets that overtake each other by up to 60 ms are put right; lost ones are silence") {
    Line line;
    Values heard;
    // 3 comes after 5; 6 is lost; 8 comes twice.
    for (const int number : {0, 1, 2, 4, 5, 3, 7, 8, 8, 9, 10, 11}) {
        line.push(number, static_cast<std::uint8_t>(number + 1));
        heard.push_back(line.pull());
    }
    CHECK(heard == Values{0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 8, 9});
}

TEST_CASE("a packet that is too late is left out and moves nothing") {
    Line line;
    for (int i = 0; i < 5; i++) line.push(i, 1);
    CHECK(line.pull_many(8) == Values{0, 0, 0, 1, 1, 1, 1, 1});
    line.push(2, 9);
    CHECK(line.pull() == 0);
    CHECK(line.capture.dropped_samples() == 160);
}

TEST_CASE(
    "a sender that runs too fast overflows: the oldest is dropped, the delay is 60 ms again") {
    Line line;
    for (int i = 0; i < 9; i++) line.push(i, static_cast<std::uint8_t>(i + 1));
    // The sixth would make 180 ms wait; two frames are given up and 60 ms lie before it again.
    CHECK(line.pull_many(8) == Values{3, 4, 5, 6, 7, 8, 9, 0});
    CHECK(line.capture.dropped_samples() > 0);
}

TEST_CASE("a packet longer than the whole delay is heard, and never turns the reading back") {
    Line line;
    line.push(0, 1);
    line.pull_many(2);
    const std::vector<std::uint8_t> payload(1400, 2);
    line.capture.push({{false, 8, 65'531, 0xFFFFFE00 + 160, 1}, payload}, line.decode);
    CHECK(line.pull_many(5) == Values{0, 1, 2, 2, 2});
}

TEST_CASE("a sender that runs too slow is delayed anew instead of being lost for ever") {
    Line line;
    line.push(0, 1);
    line.pull_many(6);  // its first frame and three of silence: it fell 60 ms behind
    Values heard;
    for (int i = 1; i < 12; i++) {
        line.push(i, 7);
        heard.push_back(line.pull());
    }
    CHECK(std::count(heard.begin(), heard.end(), 7) >= 5);
    CHECK(heard.back() == 7);
}

TEST_CASE("a talk spurt after a pause of any length is heard whole") {
    Line line;
    line.push(0, 1);
    line.pull_many(100);
    SUBCASE("its timestamps went on with the time") {
        line.push(101, 5, 0xFFFFFE00, true);
        CHECK(line.pull_many(5) == Values{0, 0, 0, 0, 5});
    }
    SUBCASE("its timestamps stood still") {
        line.push(1, 5, 0xFFFFFE00, true);
        CHECK(line.pull_many(4) == Values{0, 0, 0, 5});
    }
    SUBCASE("they jumped") {
        line.push(1, 5, 77'777'777);
        CHECK(line.pull_many(4) == Values{0, 0, 0, 5});
    }
    SUBCASE("it is another source") {
        line.ssrc = 2;
        line.push(1, 5, 3);
        CHECK(line.pull_many(4) == Values{0, 0, 0, 5});
    }
}

TEST_CASE("after a reset nothing of the leg before is heard") {
    Line line;
    line.push(0, 1);
    line.capture.reset();
    CHECK(line.pull_many(5) == Values{0, 0, 0, 0, 0});
}

TEST_CASE("an hour of a sender whose clock is off keeps to the wall clock") {
    // 100 packets in a million too many or too few, the worst crystals: what is pulled is by
    // design one frame per tick; here the sound must also stay within 160 ms of now.
    for (const int every : {10'000, -10'000}) {
        Line line;
        int number = 0;
        int missed = 0;
        for (int tick = 0; tick < 180'000; tick++) {
            const bool is_odd_one = tick % 10'000 == 9'999;
            const int packets = !is_odd_one ? 1 : (every > 0 ? 2 : 0);
            for (int i = 0; i < packets; i++) line.push(number++, 3);
            if (line.pull() != 3) missed++;
        }
        CHECK(missed < 180'000 / 1000);  // under one in a thousand frames
    }
}

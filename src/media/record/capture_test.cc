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

    explicit Line(CaptureDepth depth = kRecordedDepth) : capture{depth} {
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

TEST_CASE("what has come before a muting is never heard, what is sent after it comes in its time") {
    Line line;
    for (int i = 0; i < 4; i++) line.push(i, static_cast<std::uint8_t>(i + 1));
    CHECK(line.pull_many(4) == Values{0, 0, 0, 1});
    line.push(5, 6);  // overtook 4
    line.capture.mute_waiting();
    line.push(4, 5);  // sent before, comes after
    line.push(6, 7);
    line.push(7, 8);
    CHECK(line.pull_many(7) == Values{0, 0, 0, 0, 0, 7, 8});
    SUBCASE("a far side that begins anew is heard") {
        line.capture.mute_waiting();
        line.ssrc = 2;
        line.push(8, 9);
        CHECK(line.pull_many(4) == Values{0, 0, 0, 9});
    }
    SUBCASE("a late packet is late as ever, not muted") {
        line.pull_many(1);
        line.push(8, 9);
        line.push(12, 13);
        CHECK(line.pull_many(4) == Values{0, 0, 0, 13});
    }
}

TEST_CASE("a live voice comes out 40 ms late, and says when it begins") {
    Line line{kMixedDepth};
    std::array<std::int16_t, Capture::kFrame> frame;
    CHECK_FALSE(line.capture.pull(frame));
    line.push(0, 1);
    CHECK_FALSE(line.capture.pull(frame));
    line.push(1, 2);
    CHECK_FALSE(line.capture.pull(frame));
    line.push(2, 3);
    CHECK(line.capture.pull(frame));
    CHECK(frame[0] == 100);
    CHECK(line.pull_many(5) == Values{2, 3, 0, 0, 0});
    CHECK(line.capture.pull(frame));  // it has begun for good
}

TEST_CASE(
    "a live voice that comes later than its delay is heard at once, and waits longer from then") {
    Line line{kMixedDepth};
    line.push(0, 1);
    line.push(1, 2);
    CHECK(line.pull_many(5) == Values{0, 0, 1, 2, 0});  // 60 ms late
    Values heard;
    for (int i = 2; i < 8; i++) {
        line.push(i, static_cast<std::uint8_t>(i + 1));
        heard.push_back(line.pull());
    }
    CHECK(heard == Values{3, 4, 5, 6, 7, 8});
    CHECK(line.capture.dropped_samples() == 0);
}

TEST_CASE("a live voice that was held up for long is near again as soon as it comes in time") {
    Line line{kMixedDepth};
    int number = 0;
    const auto in_time = [&](int frames) {
        Values heard;
        for (int i = 0; i < frames; i++, number++) {
            line.push(number, static_cast<std::uint8_t>(number % 250 + 1));
            heard.push_back(line.pull());
        }
        return heard;
    };
    const auto delay = [&] {
        const int heard = in_time(1).back();
        return (number - heard + 250) % 250;
    };
    in_time(10);
    CHECK(delay() == 2);
    int held_up = 0;
    SUBCASE("60 ms") { held_up = 3; }
    SUBCASE("200 ms") { held_up = 10; }
    SUBCASE("a second and a half") { held_up = 75; }
    line.pull_many(held_up);
    for (int i = 0; i < held_up; i++, number++) {
        line.push(number, static_cast<std::uint8_t>(number % 250 + 1));
    }
    CHECK(delay() <= 6);
    const auto while_it_settles = in_time(400);
    CHECK(std::count(while_it_settles.begin(), while_it_settles.end(), 0) == 0);
    CHECK(delay() <= 3);
}

TEST_CASE("jitter of 60 ms leaves a live voice whole once it has waited long enough") {
    Line line{kMixedDepth};
    // Which packets come in each 20 ms: three in a row held up, then all at once.
    Values heard;
    for (int tick = 0; tick < 400; tick++) {
        if (tick % 4 == 3) {
            for (int number = tick - 3; number <= tick; number++) line.push(number, 5);
        }
        heard.push_back(line.pull());
    }
    CHECK(std::count(heard.begin() + 10, heard.end(), 0) == 0);
    CHECK(line.capture.dropped_samples() == 0);
}

TEST_CASE("a live voice with a fifth of its packets lost is heard in the rest, each in its place") {
    Line line{kMixedDepth};
    for (int tick = 0; tick < 200; tick++) {
        if (tick % 5 != 4) line.push(tick, static_cast<std::uint8_t>(tick % 5 + 1));
        const int due = tick - 2;
        const int expected = due < 0 || due % 5 == 4 ? 0 : due % 5 + 1;
        CHECK(line.pull() == expected);
    }
}

TEST_CASE("an hour of a live voice whose clock is off stays within 100 ms and hardly ever lacks") {
    for (const int every : {10'000, -10'000}) {
        Line line{kMixedDepth};
        int number = 0;
        int missed = 0;
        for (int tick = 0; tick < 180'000; tick++) {
            const bool is_odd_one = tick % 10'000 == 9'999;
            const int packets = !is_odd_one ? 1 : (every > 0 ? 2 : 0);
            for (int i = 0; i < packets; i++) {
                line.push(number, static_cast<std::uint8_t>(number % 200 + 1));
                number++;
            }
            const int heard = line.pull();
            if (heard == 0) {
                missed++;
                continue;
            }
            const int delay = ((number - heard) % 200 + 200) % 200;
            if (delay > 5) FAIL("tick " << tick << ": " << delay << " frames late");
        }
        CHECK(missed <= 18);  // as often as a frame lacked, and the first two
    }
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

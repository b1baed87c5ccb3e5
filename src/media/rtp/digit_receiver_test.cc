#include "media/rtp/digit_receiver.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "media/rtp/telephone_event.h"

using namespace amer;
using namespace amer::media;
using namespace std::chrono_literals;

namespace {

// A line on which keys arrive; one packet moves the time by 20 ms.
struct Line {
    DigitReceiver receiver;
    MonotonicInstant now{};
    std::string pressed;
    std::string went_down;
    std::vector<std::chrono::milliseconds> lengths;
    std::uint32_t ssrc = 77;

    void packet(char digit, std::uint32_t timestamp, std::uint16_t duration, bool is_end = false,
                bool marker = false) {
        raw(*event_of(digit), timestamp, duration, is_end, marker);
    }
    void raw(std::uint8_t event, std::uint32_t timestamp, std::uint16_t duration, bool is_end,
             bool marker) {
        now += 20ms;
        std::array<std::uint8_t, kTelephoneEventSize> payload{};
        write_event({event, is_end, duration}, payload);
        const auto news = receiver.on_packet({{marker, 101, 0, timestamp, ssrc}, payload}, now);
        if (news.down) went_down += *news.down;
        if (news.press) note(*news.press);
    }
    void pass(std::chrono::milliseconds time) {
        now += time;
        if (const auto press = receiver.on_time(now)) note(*press);
    }
    void note(const DigitReceiver::Press& press) {
        pressed += press.digit;
        lengths.push_back(press.length);
    }
    void press(char digit, std::uint32_t timestamp) {
        packet(digit, timestamp, 160, false, true);
        packet(digit, timestamp, 320);
        for (int i = 0; i < 3; i++) packet(digit, timestamp, 480, true);
    }
};

}  // namespace

TEST_CASE("a press is told once, at its first end packet, with its length") {
    Line line;
    line.press('5', 8000);
    CHECK(line.pressed == "5");
    CHECK(line.lengths[0] == 60ms);
    CHECK(line.went_down == "5");
    line.pass(1s);
    CHECK(line.pressed == "5");
}

TEST_CASE("all sixteen keys are known and higher events are not keys") {
    Line line;
    std::uint32_t timestamp = 0;
    for (const char digit : std::string{"0123456789*#ABCD"}) line.press(digit, timestamp += 1600);
    CHECK(line.pressed == "0123456789*#ABCD");
    line.raw(16, timestamp + 1600, 480, true, true);  // hook flash
    line.raw(255, timestamp + 3200, 480, true, true);
    line.pass(1s);
    CHECK(line.pressed == "0123456789*#ABCD");
}

TEST_CASE("the same key twice is two presses") {
    Line line;
    line.press('1', 8000);
    line.press('1', 9600);
    CHECK(line.pressed == "11");
}

TEST_CASE("when all end packets are lost, 40 ms of quiet end the press") {
    Line line;
    line.packet('7', 8000, 160, false, true);
    line.packet('7', 8000, 320);
    line.pass(39ms);
    CHECK(line.pressed.empty());
    line.pass(1ms);
    CHECK(line.pressed == "7");
    CHECK(line.lengths[0] == 40ms);
    line.packet('7', 8000, 480);  // one that was late does not press again
    line.packet('7', 8000, 480, true);
    line.pass(1s);
    CHECK(line.pressed == "7");
}

TEST_CASE("the next key's packets end the press whose end was lost") {
    Line line;
    line.packet('1', 8000, 160, false, true);
    line.packet('2', 9600, 160, false, true);
    CHECK(line.pressed == "1");
    CHECK(line.went_down == "12");
    line.packet('2', 9600, 320, true);
    CHECK(line.pressed == "12");
}

TEST_CASE("one end packet is all that came of a press: it counts") {
    Line line;
    line.packet('9', 8000, 800, true);
    CHECK(line.pressed == "9");
    CHECK(line.went_down == "9");
    CHECK(line.lengths[0] == 100ms);
}

TEST_CASE("a lone end packet that also ends the key before tells both") {
    Line line;
    line.packet('1', 8000, 160, false, true);
    line.packet('2', 9600, 800, true);
    CHECK(line.pressed == "1");
    line.pass(40ms);
    CHECK(line.pressed == "12");
}

TEST_CASE("an end packet of the key before that comes late does not disturb") {
    Line line;
    line.packet('1', 8000, 480, true, true);
    line.packet('2', 9600, 160, false, true);
    line.packet('1', 8000, 480, true);
    line.packet('2', 9600, 320, true);
    CHECK(line.pressed == "12");
}

TEST_CASE("a key held for 20 s is one press though its packets come in segments") {
    Line line;
    std::uint32_t timestamp = 0xFFFFF000;  // and the clock wraps on the way
    bool is_first = true;
    int left = 20'000 * 8;
    while (left > 0) {
        const int segment = std::min(left, 0xFFFF);
        for (int at = 160; at <= segment; at += 160) {
            line.packet('#', timestamp, static_cast<std::uint16_t>(at), false, is_first);
            is_first = false;
        }
        line.packet('#', timestamp, static_cast<std::uint16_t>(segment), left == segment);
        timestamp += static_cast<std::uint32_t>(segment);
        left -= segment;
    }
    CHECK(line.pressed == "#");
    CHECK(line.went_down == "#");
    CHECK(line.lengths[0] == 20'000ms);
}

TEST_CASE("a new source begins anew whatever its timestamps") {
    Line line;
    line.press('1', 800'000);
    line.ssrc = 78;
    line.press('2', 100);
    CHECK(line.pressed == "12");
}

TEST_CASE("a payload that is cut is not a key") {
    DigitReceiver receiver;
    const std::array<std::uint8_t, 3> payload{1, 0x80, 1};
    const auto news = receiver.on_packet({{true, 101, 0, 1, 1}, payload}, {});
    CHECK_FALSE(news.down);
    CHECK_FALSE(news.press);
}

#include "media/listen/steady_tone.h"

#include <doctest/doctest.h>

#include "media/listen/test_sound.h"

using namespace amer::media;
using namespace std::chrono_literals;

namespace {

// The longest that a tone was heard in it.
std::chrono::milliseconds longest_in(const Sound& sound) {
    SteadyTone tone;
    std::chrono::milliseconds longest{0};
    const std::span samples{sound.samples()};
    for (std::size_t at = 0; at + 160 <= samples.size(); at += 160) {
        longest = std::max(longest, tone.hear(samples.subspan(at, 160)));
    }
    return longest;
}

}  // namespace

TEST_CASE("one tone is as long as it sounds, through the noise of a line as well") {
    for (double hz = 350; hz <= 2000; hz += 75) {
        CAPTURE(hz);
        CHECK(longest_in(Sound{}.tone(hz, 400ms)) == 400ms);
        CHECK(longest_in(Sound{}.tone(hz, 400ms).under(-36)) == 400ms);
    }
}

TEST_CASE("what is too low or too high, wavers, or is no single tone is none") {
    CHECK(longest_in(Sound{}.tone(250, 1s)) == 0ms);
    CHECK(longest_in(Sound{}.tone(2300, 1s)) == 0ms);
    CHECK(longest_in(Sound{}.tone(500, 60ms).tone(700, 60ms).again(5)) == 60ms);
    CHECK(longest_in(Sound{}.tones({770, 1336}, 1s)) == 0ms);
    CHECK(longest_in(Sound{}.quiet(1s)) == 0ms);
    CHECK(longest_in(Sound{}.noise(2s, -20)) < 100ms);
    CHECK(longest_in(Sound{}.speech(5s)) < 100ms);
}

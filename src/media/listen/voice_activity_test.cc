#include "media/listen/voice_activity.h"

#include <doctest/doctest.h>

#include "media/listen/test_sound.h"

using namespace amer::media;
using namespace std::chrono_literals;

namespace {

using Steady = VoiceActivity::Steady;

// How much of it stands out.
std::chrono::milliseconds standing_out(const Sound& sound, Steady steady) {
    VoiceActivity voice{steady};
    std::chrono::milliseconds length{0};
    const std::span samples{sound.samples()};
    for (std::size_t at = 0; at + 160 <= samples.size(); at += 160) {
        if (voice.hear(samples.subspan(at, 160))) length += VoiceActivity::kFrame;
    }
    return length;
}

}  // namespace

TEST_CASE("the level of a sine is what it was made with") {
    CHECK(level_dbfs(Sound{}.tone(500, 100ms, -20).samples()) ==
          doctest::Approx(-20).epsilon(0.01));
    CHECK(level_dbfs(Sound{}.quiet(100ms).samples()) < -100);
}

TEST_CASE("what goes on at one level is a voice or noise, as one asks") {
    const Sound street = Sound{}.noise(9s, -38);
    CHECK(standing_out(street, Steady::is_voice) > 8s);
    CHECK(standing_out(street, Steady::is_noise) == 0ms);
    CHECK(standing_out(Sound{street}.lost(25), Steady::is_noise) < 500ms);
    // It begins late: known after 400 ms.
    CHECK(standing_out(Sound{}.quiet(1s).then(street), Steady::is_noise) <= 400ms);
}

TEST_CASE("speech stands out of silence and of noise, and noise is soon forgotten") {
    for (const Steady steady : {Steady::is_voice, Steady::is_noise}) {
        CHECK(standing_out(Sound{}.speech(4s), steady) > 2s);
        CHECK(standing_out(Sound{}.noise(3s, -60), steady) == 0ms);
    }
    const Sound begins = Sound{}.noise(3s, -40);
    const auto noise_alone = standing_out(begins, Steady::is_noise);
    CHECK(standing_out(Sound{begins}.then(Sound{}.speech(3s, -20).under(-40)), Steady::is_noise) >
          noise_alone + 1s);
}

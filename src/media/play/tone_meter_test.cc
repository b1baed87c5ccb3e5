#include "media/play/tone_meter.h"

#include <doctest/doctest.h>

#include "media/plane.h"

using namespace amer::media;
using namespace std::chrono_literals;

TEST_CASE("a tone is as loud as it was made") {
    for (const double level : {-3.0, -16.0, -30.0}) {
        const ClipPtr tone = make_tone(440, 500ms, level);
        CHECK(tone_level_dbfs(tone->samples, 440) == doctest::Approx(level).epsilon(0.02));
    }
}

TEST_CASE("two tones at once are told apart and others are not heard") {
    const ClipPtr low = make_tone(440, 250ms, -10);
    const ClipPtr high = make_tone(1000, 250ms, -20);
    std::vector<std::int16_t> both = low->samples;
    for (std::size_t i = 0; i < both.size(); i++) {
        both[i] = static_cast<std::int16_t>(both[i] + high->samples[i]);
    }
    CHECK(tone_level_dbfs(both, 440) == doctest::Approx(-10).epsilon(0.02));
    CHECK(tone_level_dbfs(both, 1000) == doctest::Approx(-20).epsilon(0.02));
    CHECK(tone_level_dbfs(both, 700) < -60);
    CHECK(has_tone(both, 440));
    CHECK_FALSE(has_tone(both, 1500));
}

TEST_CASE("silence and nothing have no tone") {
    CHECK(tone_level_dbfs(make_silence(100ms)->samples, 440) < -90);
    CHECK(tone_level_dbfs({}, 440) == -120);
}

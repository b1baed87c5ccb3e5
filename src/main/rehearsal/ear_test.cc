#include "main/rehearsal/ear.h"

#include <doctest/doctest.h>

#include "media/plane.h"

using namespace amer;
using namespace amer::rehearsal;
using namespace std::chrono_literals;

namespace {

// Twenty milliseconds of `clip` at a time, as a wire brings it.
struct Hearing {
    Ear ear{{440.0, 880.0}};
    MonotonicInstant at{};
    std::vector<Ear::Change> changes;

    void hear(const media::ClipPtr& clip) {
        for (std::size_t from = 0; from + 160 <= clip->samples.size(); from += 160) {
            at += 20ms;
            note(ear.listen(std::span{clip->samples}.subspan(from, 160), at));
        }
    }
    void hear_nothing(std::chrono::milliseconds length) {
        for (auto past = 0ms; past < length; past += 20ms) {
            at += 20ms;
            note(ear.listen({}, at));
        }
    }
    void note(Ear::Change change) {
        if (change != Ear::Change::none) changes.push_back(change);
    }
};

}  // namespace

TEST_CASE("a tone begins, and ends when it has been quiet for a while") {
    Hearing hearing;
    hearing.hear(media::make_silence(500ms));
    CHECK(hearing.changes.empty());
    hearing.hear(media::make_tone(440, 1000ms));
    hearing.hear(media::make_silence(500ms));  // a pause between two sentences
    CHECK(hearing.ear.hears_sound());
    hearing.hear(media::make_tone(440, 1000ms));
    hearing.hear(media::make_silence(1000ms));
    CHECK(hearing.changes == std::vector{Ear::Change::sound_began, Ear::Change::sound_ended});
    CHECK(hearing.ear.sound() == 2000ms);
    CHECK(hearing.ear.tones().at(440.0) == 2000ms);
    CHECK_FALSE(hearing.ear.tones().contains(880.0));
}

TEST_CASE("a tone is counted when most of the sound is that tone") {
    Hearing hearing;
    const auto low = media::make_tone(440, 1000ms, -12);
    const auto high = media::make_tone(880, 1000ms, -30);
    std::vector<std::int16_t> both;
    for (std::size_t i = 0; i < low->samples.size(); ++i) {
        both.push_back(static_cast<std::int16_t>(low->samples[i] + high->samples[i]));
    }
    hearing.hear(media::make_clip(both));
    CHECK(hearing.ear.tones().at(440.0) == 1000ms);
    CHECK_FALSE(hearing.ear.tones().contains(880.0));
}

TEST_CASE("packets that stop coming are silence") {
    Hearing hearing;
    hearing.hear(media::make_tone(880, 300ms));
    hearing.hear_nothing(1000ms);
    CHECK(hearing.changes == std::vector{Ear::Change::sound_began, Ear::Change::sound_ended});
    CHECK(hearing.ear.tones().at(880.0) == 300ms);
}

// A person says a short word and listens, a machine speaks on: cases by their sound.
#include "media/listen/answer_detector.h"

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "media/codec/g711.h"
#include "media/listen/test_sound.h"

using namespace amer;
using namespace amer::media;
using namespace std::chrono_literals;

namespace {

constexpr double kWeAreSilent = -120.0;

struct Judgement {
    Answerer answerer = Answerer::unknown;
    std::chrono::milliseconds after{0};
};

// As the network brings it: in frames of 20 ms, through A-law.
Judgement judge(const Sound& sound, std::chrono::milliseconds machine_after = 3s,
                double sent_dbfs = kWeAreSilent) {
    AnswerDetector detector{machine_after};
    Judgement result;
    std::array<std::int16_t, 160> frame{};
    const std::vector<std::int16_t>& samples = sound.samples();
    for (std::size_t at = 0; at + frame.size() <= samples.size(); at += frame.size()) {
        for (std::size_t i = 0; i < frame.size(); i++) {
            frame[i] = decode_table(Codec::pcma)[encode_pcma(samples[at + i])];
        }
        const Answerer now = detector.hear(frame, sent_dbfs);
        if (result.answerer == Answerer::unknown) result.after += AnswerDetector::kFrame;
        if (result.answerer != Answerer::unknown) CHECK(now == result.answerer);
        result.answerer = now;
    }
    return result;
}

struct Case {
    std::string what;
    Sound sound;
};

Sound hello() { return Sound{}.quiet(500ms).speech(400ms); }

std::vector<Case> people() {
    return {
        {"a short word, and he listens", hello().quiet(3s)},
        {"he goes on to talk when he is tired of waiting", hello().quiet(1s).speech(6s)},
        {"a whole sentence",
         Sound{}.quiet(300ms).speech(1'700ms).quiet(200ms).speech(700ms).quiet(2s)},
        {"two words with a pause between them that is none of a sentence",
         Sound{}.speech(1'800ms).quiet(600ms).speech(1'800ms).quiet(2s)},
        {"a long hello from a noisy car",
         Sound{}.quiet(400ms).speech(2s, -18).quiet(2s).under(-38)},
        {"a street and nobody who speaks", Sound{}.noise(22s, -35)},
        {"a street whose packets get lost", Sound{}.noise(22s, -35).lost(25)},
        {"knocks now and then, as many as words", Sound{}.noise(80ms, -20).quiet(300ms).again(60)},
        {"a hum of the mains", Sound{}.tone(100, 22s, -30)},
    };
}

std::vector<Case> networks() {
    return {
        {"the tone of ringing", Sound{}.tone(425, 1s).quiet(4s).again(5)},
        {"of ringing, two tones in pairs",
         Sound{}.tones({400, 450}, 400ms).quiet(200ms).tones({400, 450}, 400ms).quiet(2s).again(7)},
        {"of ringing, two tones for two seconds", Sound{}.tones({440, 480}, 2s).quiet(4s).again(4)},
        {"engaged", Sound{}.tone(425, 250ms).quiet(250ms).again(44)},
        {"a click, and it rings", Sound{}.noise(80ms, -20).quiet(200ms).tone(425, 1s).quiet(1s)},
        {"one tone without an end", Sound{}.tone(1000, 22s)},
        {"a melody of single notes",
         Sound{}.tone(523, 300ms).tone(659, 300ms).tone(784, 450ms).tone(587, 150ms).again(18)},
        {"keys", Sound{}.tones({770, 1336}, 150ms, -12).quiet(100ms).again(3).quiet(2s)},
    };
}

std::vector<Case> machines() {
    return {
        {"an announcement", Sound{}.quiet(600ms).speech(9s)},
        {"that begins late", Sound{}.quiet(4s).speech(9s)},
        {"with pauses for breath", Sound{}.speech(700ms).quiet(350ms).again(8)},
        {"softly spoken", Sound{}.quiet(600ms).speech(9s, -32)},
        {"over a noisy line", Sound{}.quiet(600ms).speech(9s).under(-42)},
        {"whose packets get lost", Sound{}.quiet(600ms).speech(9s).lost(30)},
        {"after a tone of the network", Sound{}.tone(950, 330ms).tone(1400, 330ms).speech(9s)},
        {"a second sentence that goes on", hello().quiet(600ms).speech(6s)},
    };
}

}  // namespace

TEST_CASE("who says a word and listens is a person") {
    for (const Case& one : people()) {
        CAPTURE(one.what);
        CHECK(judge(one.sound).answerer == Answerer::person);
    }
}

TEST_CASE("tones of the network are no machine") {
    for (const Case& one : networks()) {
        CAPTURE(one.what);
        CHECK(judge(one.sound).answerer != Answerer::machine);
    }
}

TEST_CASE("what speaks on without letting us in is a machine") {
    for (const Case& one : machines()) {
        CAPTURE(one.what);
        CHECK(judge(one.sound).answerer == Answerer::machine);
    }
}

TEST_CASE("a beep after words is a machine's, whatever its tone") {
    for (const double hz : {350.0, 440.0, 1000.0, 1400.0, 2000.0}) {
        CAPTURE(hz);
        const Sound sound = hello().quiet(500ms).tone(hz, 400ms).quiet(1s);
        CHECK(judge(sound).answerer == Answerer::machine);
        CHECK(judge(Sound{sound}.under(-40)).answerer == Answerer::machine);
    }
    CHECK(judge(hello().quiet(300ms).tone(1000, 140ms).quiet(1s)).answerer == Answerer::person);
    CHECK(judge(Sound{}.quiet(1s).tone(1000, 400ms).quiet(21s)).answerer == Answerer::person);
}

TEST_CASE("a person is known 800 ms after his word, a machine when its words have lasted") {
    const auto person = judge(hello().quiet(3s));
    CHECK(person.after >= 1'600ms);
    CHECK(person.after <= 1'800ms);
    const auto machine = judge(Sound{}.quiet(1s).speech(9s));
    CHECK(machine.after >= 4'000ms);
    CHECK(machine.after <= 4'300ms);
}

TEST_CASE("how long words may be is said by who asks") {
    const Sound sentence = Sound{}.quiet(500ms).speech(2'700ms).quiet(2s);
    CHECK(judge(sentence, 2s).answerer == Answerer::machine);
    CHECK(judge(sentence, 4s).answerer == Answerer::person);
}

TEST_CASE("who says nothing for long is a person") {
    const auto silent = judge(Sound{}.quiet(25s));
    CHECK(silent.answerer == Answerer::person);
    CHECK(silent.after == 20s);
    CHECK(judge(Sound{}.quiet(5s)).answerer == Answerer::unknown);
}

TEST_CASE("our own greeting that comes back as an echo is nobody's voice") {
    const Sound echo = Sound{}.speech(9s, -42);
    CHECK(judge(echo).answerer == Answerer::machine);
    CHECK(judge(echo, 3s, -18).answerer != Answerer::machine);
    CHECK(judge(Sound{}.speech(9s, -24), 3s, -18).answerer == Answerer::machine);
}

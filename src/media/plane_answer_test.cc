// Who has answered, judged on a running leg by what comes from its far side.
#include <doctest/doctest.h>

#include <memory>

#include "media/endpoint/fact_log.h"
#include "media/endpoint/rtp_endpoint.h"
#include "media/listen/test_sound.h"
#include "media/plane.h"

using namespace amer;
using namespace amer::media;
using namespace std::chrono_literals;

namespace {

constexpr LegId kCitizen{1};

Options options_here() {
    Options options;
    options.port_low = 42'900;
    options.port_high = 42'949;
    return options;
}

struct Answered {
    Answered() : plane{options_here(), facts.sink()} {
        auto opened = RtpEndpoint::open("127.0.0.1");
        REQUIRE(opened);
        citizen = std::move(*opened);
        const auto port = plane.open_leg(kCitizen, 7, "127.0.0.1");
        REQUIRE(port);
        REQUIRE(citizen->set_remote(agree_on(Codec::pcma, "127.0.0.1", *port)));
        plane.set_remote(kCitizen, agree_on(Codec::pcma, "127.0.0.1", citizen->port()));
    }
    void say(const Sound& sound) const { citizen->say(make_clip(sound.samples())); }
    std::optional<AnswerJudged> judged(std::chrono::milliseconds longest = 6s) const {
        return facts.wait<AnswerJudged>(0, longest);
    }

    FactLog facts;
    Plane plane;
    std::unique_ptr<RtpEndpoint> citizen;
};

}  // namespace

TEST_CASE("a far side that speaks on is told as a machine, once") {
    Answered answered;
    answered.plane.judge_answer(kCitizen, 1'500ms);
    answered.say(Sound{}.speech(3s));
    const auto judged = answered.judged();
    REQUIRE(judged);
    CHECK(judged->leg == kCitizen);
    CHECK(judged->answerer == Answerer::machine);
    CHECK_FALSE(answered.facts.wait<AnswerJudged>(1, 500ms));
}

TEST_CASE("a far side that says a word and listens is told as a person, while we speak") {
    Answered answered;
    answered.plane.play(kCitizen, PlaybackId{1}, {make_clip(Sound{}.speech(5s, -16).samples())},
                        false);
    answered.plane.judge_answer(kCitizen, 1'500ms);
    answered.say(Sound{}.quiet(300ms).speech(500ms).quiet(2s));
    const auto judged = answered.judged();
    REQUIRE(judged);
    CHECK(judged->answerer == Answerer::person);
}

TEST_CASE("what only echoes our greeting is not told as a machine") {
    Answered answered;
    answered.plane.play(kCitizen, PlaybackId{1}, {make_clip(Sound{}.speech(4s, -16).samples())},
                        false);
    answered.plane.judge_answer(kCitizen, 1'500ms);
    answered.say(Sound{}.quiet(100ms).speech(3s, -44));
    CHECK_FALSE(answered.judged(3'500ms));
}

TEST_CASE("nobody is judged who is not asked about, or not any more") {
    Answered answered;
    answered.plane.judge_answer(kCitizen, 1'500ms);
    answered.plane.stop_judging(kCitizen);
    answered.say(Sound{}.speech(2s));
    CHECK_FALSE(answered.judged(2'500ms));
}

// Whole media planes on real loopback sockets: far ends that say tones, and facts that are told.
#include "media/plane.h"

#include <doctest/doctest.h>

#include <cmath>
#include <memory>

#include "media/endpoint/fact_log.h"
#include "media/endpoint/rtp_endpoint.h"
#include "media/play/tone_meter.h"

using namespace amer;
using namespace amer::media;
using namespace std::chrono_literals;

namespace {

constexpr LegId kCaller{1};
constexpr LegId kAgent{2};
constexpr std::uint64_t kTogether = 7;
constexpr double kCallerHz = 440;
constexpr double kAgentHz = 1000;
constexpr double kPromptHz = 700;

Options small_options() {
    Options options;
    options.port_low = 42'000;
    options.port_high = 42'199;
    return options;
}

// A plane, what it tells, and two far ends that are connected to its two legs.
struct Call {
    explicit Call(Codec caller_codec = Codec::pcma, Codec agent_codec = Codec::pcma,
                  Options options = small_options())
        : plane{options, facts.sink()} {
        caller = connect(kCaller, caller_codec);
        agent = connect(kAgent, agent_codec);
    }

    std::unique_ptr<RtpEndpoint> connect(LegId leg, Codec codec) {
        auto endpoint = RtpEndpoint::open("127.0.0.1");
        REQUIRE(endpoint);
        const auto port = plane.open_leg(leg, kTogether, "127.0.0.1");
        REQUIRE(port);
        REQUIRE((*endpoint)->set_remote(agree_on(codec, "127.0.0.1", *port)));
        plane.set_remote(leg, agree_on(codec, "127.0.0.1", (*endpoint)->port()));
        return std::move(*endpoint);
    }

    FactLog facts;
    Plane plane;
    std::unique_ptr<RtpEndpoint> caller;
    std::unique_ptr<RtpEndpoint> agent;
};

std::vector<std::int16_t> last(const std::vector<std::int16_t>& samples, std::size_t count) {
    REQUIRE(samples.size() >= count);
    return {samples.end() - static_cast<std::ptrdiff_t>(count), samples.end()};
}

// Nothing but this tone, as loud as it was made: a voice read by the wrong law is neither.
bool is_clean_tone(std::span<const std::int16_t> samples, double frequency_hz) {
    double energy = 0;
    for (const std::int16_t sample : samples) energy += static_cast<double>(sample) * sample;
    const double mean = energy / static_cast<double>(samples.size());
    const double whole = 10 * std::log10(mean / (32767.0 * 32767.0 / 2));
    return std::abs(whole + 16) < 0.5 &&
           std::abs(tone_level_dbfs(samples, frequency_hz) - whole) < 0.1;
}

}  // namespace

TEST_CASE("a leg hears the prompt and the owner hears that it has ended") {
    Call call;
    call.plane.play(kCaller, PlaybackId{5},
                    {make_tone(kPromptHz, 200ms), make_tone(kPromptHz, 110ms)}, false);
    const auto finished = call.facts.wait<PlaybackFinished>();
    REQUIRE(finished);
    CHECK(finished->leg == kCaller);
    CHECK(finished->playback == PlaybackId{5});
    CHECK_FALSE(finished->was_cut);
    // 310 ms are 15.5 frames: the last one is filled up with silence.
    REQUIRE(call.caller->wait_for_samples(16 * 160, 1s));
    const auto heard = call.caller->heard();
    CHECK(heard.samples.size() == 16 * 160);
    CHECK(tone_level_dbfs(std::span{heard.samples}.first(2480), kPromptHz) > -17.0);
    CHECK(heard.packets.front().marker);
    CHECK_FALSE(heard.packets.back().marker);
    CHECK(call.agent->heard().packet_count == 0);
}

TEST_CASE("a key cuts the prompt and is told as a digit") {
    Call call;
    call.plane.play(kCaller, PlaybackId{9}, {make_tone(kPromptHz, 20s)}, true);
    REQUIRE(call.caller->wait_for_samples(800, 2s));
    call.caller->press("5");
    const auto digit = call.facts.wait<DigitReceived>();
    REQUIRE(digit);
    CHECK(digit->leg == kCaller);
    CHECK(digit->digit == '5');
    CHECK(digit->length == 160ms);
    const auto finished = call.facts.wait<PlaybackFinished>();
    REQUIRE(finished);
    CHECK(finished->was_cut);
    CHECK(finished->playback == PlaybackId{9});
    CHECK(call.facts.all<DigitReceived>().size() == 1);
}

TEST_CASE("a key does not cut a prompt that must be heard out") {
    Call call;
    call.plane.play(kCaller, PlaybackId{9}, {make_tone(kPromptHz, 600ms)}, false);
    call.caller->press("5");
    REQUIRE(call.facts.wait<DigitReceived>());
    const auto finished = call.facts.wait<PlaybackFinished>();
    REQUIRE(finished);
    CHECK_FALSE(finished->was_cut);
}

TEST_CASE("bridged legs hear each other, whatever law each one speaks") {
    Codec caller_codec = Codec::pcma;
    Codec agent_codec = Codec::pcma;
    SUBCASE("A-law on both") {}
    SUBCASE("mu-law on the agent's side") { agent_codec = Codec::pcmu; }
    SUBCASE("mu-law on the caller's side") { caller_codec = Codec::pcmu; }
    Call call{caller_codec, agent_codec};
    call.plane.bridge(kCaller, kAgent);
    call.caller->say_on_and_on(make_tone(kCallerHz, 1s));
    call.agent->say_on_and_on(make_tone(kAgentHz, 1s));
    REQUIRE(call.agent->wait_for_samples(8000, 5s));
    REQUIRE(call.caller->wait_for_samples(8000, 5s));
    const auto at_agent = last(call.agent->heard().samples, 4000);
    const auto at_caller = last(call.caller->heard().samples, 4000);
    CHECK(is_clean_tone(at_agent, kCallerHz));
    CHECK_FALSE(has_tone(at_agent, kAgentHz));
    CHECK(is_clean_tone(at_caller, kAgentHz));
    CHECK_FALSE(has_tone(at_caller, kCallerHz));
}

TEST_CASE("keys pass a bridge and are told as well") {
    Call call;
    call.plane.bridge(kCaller, kAgent);
    call.caller->press("42#");
    CHECK(call.agent->wait_for_digits("42#", 5s));
    REQUIRE(call.facts.wait<DigitReceived>(2));
    const auto told = call.facts.all<DigitReceived>();
    REQUIRE(told.size() == 3);
    CHECK(told[0].digit == '4');
    CHECK(told[2].digit == '#');
}

TEST_CASE("we press keys at the far side") {
    Call call;
    call.plane.send_digit(kAgent, '1');
    call.plane.send_digit(kAgent, '*');
    CHECK(call.agent->wait_for_digits("1*", 5s));
}

TEST_CASE("music goes on until a bridge, is interrupted by a prompt and resumes after it") {
    Call call;
    const ClipPtr music = make_tone(kCallerHz, 1s);
    call.plane.play_music(kCaller, music);
    REQUIRE(call.caller->wait_for_samples(4000, 5s));
    CHECK(has_tone(last(call.caller->heard().samples, 3000), kCallerHz));

    call.plane.play(kCaller, PlaybackId{1}, {make_tone(kPromptHz, 400ms)}, false);
    REQUIRE(call.facts.wait<PlaybackFinished>());
    const auto with_prompt = call.caller->heard().samples;
    CHECK(has_tone(last(with_prompt, 2400), kPromptHz));

    call.caller->forget_heard();
    REQUIRE(call.caller->wait_for_samples(4000, 5s));
    CHECK(has_tone(last(call.caller->heard().samples, 3000), kCallerHz));

    call.plane.bridge(kCaller, kAgent);
    call.plane.stop_music(kCaller);
    call.agent->say_on_and_on(make_tone(kAgentHz, 1s));
    REQUIRE(call.agent->wait_until([](const auto&) { return true; }, 1s));
    REQUIRE(call.caller->wait_until(
        [](const RtpEndpoint::Heard& heard) {
            return heard.samples.size() > 4000 &&
                   has_tone(std::span{heard.samples}.last(2400), kAgentHz);
        },
        5s));
}

TEST_CASE("sequence and timestamps run on over prompt, bridge and music") {
    Call call;
    call.plane.bridge(kCaller, kAgent);
    call.plane.play(kCaller, PlaybackId{1}, {make_tone(kPromptHz, 200ms)}, false);
    REQUIRE(call.facts.wait<PlaybackFinished>());
    call.agent->say_on_and_on(make_tone(kAgentHz, 1s));
    REQUIRE(call.caller->wait_for_samples(30 * 160, 5s));
    call.plane.play_music(kCaller, make_tone(kCallerHz, 1s));
    const std::size_t so_far = call.caller->heard().samples.size();
    REQUIRE(call.caller->wait_for_samples(so_far + 30 * 160, 5s));

    const auto packets = call.caller->heard().packets;
    int spurts = 0;
    for (std::size_t i = 1; i < packets.size(); i++) {
        CAPTURE(i);
        CHECK(packets[i].ssrc == packets[0].ssrc);
        CHECK(packets[i].sequence == static_cast<std::uint16_t>(packets[i - 1].sequence + 1));
        const std::uint32_t step = packets[i].timestamp - packets[i - 1].timestamp;
        CHECK(step >= 160);
        CHECK(step < 8000);
        if (packets[i].marker) {
            spurts++;
        } else {
            CHECK(step == 160);
        }
    }
    CHECK(spurts == 2);  // the agent's voice, the music; the prompt's was the first packet
}

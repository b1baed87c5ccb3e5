// What must hold for every packet, hour after hour: no allocation, and a pace that does not drift.
#include <doctest/doctest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <new>

#include "media/endpoint/fact_log.h"
#include "media/endpoint/rtp_endpoint.h"
#include "media/plane.h"

namespace {

// Counts what operator new is asked for on threads that have once said they are media threads.
thread_local bool is_media_thread = false;
std::atomic<bool> is_counting{false};
std::atomic<std::uint64_t> allocations{0};

void count_allocation() {
    if (is_media_thread && is_counting.load(std::memory_order_relaxed)) allocations++;
}

}  // namespace

// The program's own allocation, so that it can be watched (replaceable, [new.delete]).
void* operator new(std::size_t size) {
    count_allocation();
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc{};
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    count_allocation();
    const auto step = static_cast<std::size_t>(alignment);
    if (void* memory = std::aligned_alloc(step, (size + step - 1) / step * step)) return memory;
    throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

using namespace amer;
using namespace amer::media;
using namespace std::chrono_literals;

namespace {

constexpr LegId kCaller{1};
constexpr LegId kAgent{2};
constexpr LegId kWaiting{3};
constexpr std::uint64_t kTogether = 7;

Options options_here() {
    Options options;
    options.port_low = 42'700;
    options.port_high = 42'749;
    return options;
}

std::unique_ptr<RtpEndpoint> connect(Plane& plane, LegId leg, Codec codec) {
    auto endpoint = RtpEndpoint::open("127.0.0.1");
    REQUIRE(endpoint);
    const auto port = plane.open_leg(leg, kTogether, "127.0.0.1");
    REQUIRE(port);
    REQUIRE((*endpoint)->set_remote(agree_on(codec, "127.0.0.1", *port)));
    plane.set_remote(leg, agree_on(codec, "127.0.0.1", (*endpoint)->port()));
    return std::move(*endpoint);
}

}  // namespace

TEST_CASE(
    "two seconds of a bridged, transcoded and recorded call with keys and music allocate nothing") {
    const std::filesystem::path file =
        std::filesystem::path{AMER_BINARY_DIR} / "plane_steady_test.wav";
    std::filesystem::remove(file);
    std::atomic<int> started{0};
    std::atomic<int> digits{0};
    {
        Plane plane{options_here(), [&](const Fact& fact) {
                        is_media_thread =
                            is_media_thread || !std::holds_alternative<RecordingClosed>(fact);
                        if (std::holds_alternative<MediaStarted>(fact)) started++;
                        if (std::holds_alternative<DigitReceived>(fact)) digits++;
                    }};
        const auto caller = connect(plane, kCaller, Codec::pcma);
        const auto agent = connect(plane, kAgent, Codec::pcmu);
        const auto waiting = connect(plane, kWaiting, Codec::pcmu);
        plane.bridge(kCaller, kAgent);
        REQUIRE(plane.start_recording(RecordingId{1}, kTogether, file, kCaller, kAgent));
        plane.play_music(kWaiting, make_tone(440, 1s));
        for (const LegId leg : {kCaller, kWaiting}) plane.judge_answer(leg, 3s);
        caller->say_on_and_on(make_tone(440, 1s));
        agent->say_on_and_on(make_tone(1000, 1s));
        REQUIRE(agent->wait_for_samples(1600, 5s));
        REQUIRE(caller->wait_for_samples(1600, 5s));
        REQUIRE(started == 2);

        const std::size_t before = agent->heard().samples.size();
        is_counting = true;
        caller->press("12");
        REQUIRE(agent->wait_for_samples(before + 16'000, 10s));
        is_counting = false;
        CHECK(digits == 2);
        CHECK(allocations == 0);

        // The counter itself counts: an order does allocate on the media thread.
        is_counting = true;
        REQUIRE(plane.open_leg(LegId{9}, kTogether, "127.0.0.1"));
        plane.play(LegId{1}, PlaybackId{1}, {make_silence(20ms)}, false);
        REQUIRE(agent->wait_for_samples(before + 16'000 + 1'600, 10s));
        is_counting = false;
        CHECK(allocations > 0);
    }
    std::filesystem::remove(file);
}

TEST_CASE("two seconds of a recorded conference with a listener allocate nothing") {
    constexpr LegId kListener{4};
    const std::filesystem::path file =
        std::filesystem::path{AMER_BINARY_DIR} / "plane_steady_conference.wav";
    std::filesystem::remove(file);
    std::atomic<int> started{0};
    allocations = 0;
    {
        Plane plane{options_here(), [&](const Fact& fact) {
                        is_media_thread =
                            is_media_thread || !std::holds_alternative<RecordingClosed>(fact);
                        if (std::holds_alternative<MediaStarted>(fact)) started++;
                    }};
        const auto caller = connect(plane, kCaller, Codec::pcma);
        const auto agent = connect(plane, kAgent, Codec::pcmu);
        const auto waiting = connect(plane, kWaiting, Codec::pcma);
        const auto listener = connect(plane, kListener, Codec::pcmu);
        plane.set_heard(kCaller, {kAgent, kWaiting});
        plane.set_heard(kAgent, {kCaller, kWaiting});
        plane.set_heard(kWaiting, {kCaller, kAgent});
        plane.set_heard(kListener, {kCaller, kAgent, kWaiting});
        REQUIRE(plane.start_recording(RecordingId{1}, kTogether, file, kCaller, kAgent));
        plane.set_recorded(RecordingId{1}, kCaller, {kAgent, kWaiting});
        caller->say_on_and_on(make_tone(440, 1s));
        agent->say_on_and_on(make_tone(1000, 1s));
        waiting->say_on_and_on(make_tone(700, 1s));
        REQUIRE(listener->wait_for_samples(1600, 5s));
        REQUIRE(caller->wait_for_samples(1600, 5s));
        REQUIRE(started == 3);

        const std::size_t before = listener->heard().samples.size();
        is_counting = true;
        REQUIRE(listener->wait_for_samples(before + 16'000, 10s));
        is_counting = false;
        CHECK(allocations == 0);
    }
    std::filesystem::remove(file);
}

TEST_CASE("frames leave every 20 ms of the wall clock and do not drift") {
    FactLog facts;
    Plane plane{options_here(), facts.sink()};
    const auto music = connect(plane, kWaiting, Codec::pcma);
    const auto voice = connect(plane, kCaller, Codec::pcma);
    // Two legs that began at different times: counted by each other, not by a clock of ours.
    plane.play_music(kWaiting, make_tone(440, 1s));
    REQUIRE(music->wait_for_samples(10 * 160, 5s));
    plane.play_music(kCaller, make_tone(440, 1s));
    REQUIRE(voice->wait_for_samples(160, 5s));
    const std::size_t lead = music->heard().packet_count;
    REQUIRE(voice->wait_for_samples(250 * 160, 20s));
    const auto packets = voice->heard().packets;
    const std::uint64_t others = music->heard().packet_count - lead;
    CHECK(others >= packets.size() - 4);
    CHECK(others <= packets.size() + 4);
    // No packet is left out or doubled, and each timestamp follows from the count alone.
    for (std::size_t i = 0; i < packets.size(); i++) {
        CHECK(packets[i].timestamp == packets[0].timestamp + 160 * i);
        CHECK(packets[i].sequence == static_cast<std::uint16_t>(packets[0].sequence + i));
    }
}

// Recordings of whole planes: who is on which side, how messages end, what a crash leaves.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "media/endpoint/fact_log.h"
#include "media/endpoint/rtp_endpoint.h"
#include "media/plane.h"
#include "media/play/tone_meter.h"
#include "media/play/wav.h"
#include "media/record/wav_file.h"

using namespace amer;
using namespace amer::media;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

constexpr LegId kCaller{1};
constexpr LegId kAgent{2};
constexpr RecordingId kRecording{3};
constexpr std::uint64_t kTogether = 7;
constexpr double kCallerHz = 440;
constexpr double kAgentHz = 1000;
constexpr double kPromptHz = 700;

struct Sides {
    std::vector<std::int16_t> left;
    std::vector<std::int16_t> right;
};

// Samples of a recording of ours as they lie in the file.
Sides read_recording(const fs::path& path, std::size_t channels) {
    std::ifstream file{path, std::ios::binary};
    const std::vector<char> bytes{std::istreambuf_iterator<char>{file}, {}};
    REQUIRE(bytes.size() >= kWavHeaderSize);
    Sides sides;
    for (std::size_t at = kWavHeaderSize; at + 2 * channels <= bytes.size(); at += 2 * channels) {
        std::int16_t sample = 0;
        std::memcpy(&sample, &bytes[at], 2);
        sides.left.push_back(sample);
        if (channels == 1) continue;
        std::memcpy(&sample, &bytes[at + 2], 2);
        sides.right.push_back(sample);
    }
    return sides;
}

struct Studio {
    explicit Studio(const char* name)
        : folder{fs::path{AMER_BINARY_DIR} / "plane_record_test" / name} {
        fs::remove_all(folder);
        fs::create_directories(folder);
        Options options;
        options.port_low = 42'400;
        options.port_high = 42'499;
        plane = std::make_unique<Plane>(options, facts.sink());
        caller = connect(kCaller);
        agent = connect(kAgent);
    }
    ~Studio() {
        plane.reset();
        fs::remove_all(folder);
    }

    std::unique_ptr<RtpEndpoint> connect(LegId leg) {
        auto endpoint = RtpEndpoint::open("127.0.0.1");
        REQUIRE(endpoint);
        const auto port = plane->open_leg(leg, kTogether, "127.0.0.1");
        REQUIRE(port);
        REQUIRE((*endpoint)->set_remote(agree_on(Codec::pcma, "127.0.0.1", *port)));
        plane->set_remote(leg, agree_on(Codec::pcma, "127.0.0.1", (*endpoint)->port()));
        return std::move(*endpoint);
    }
    void start_message(std::chrono::milliseconds longest, std::chrono::milliseconds silence) {
        REQUIRE(plane->start_message(kRecording, kTogether, folder / "message.wav", kCaller,
                                     longest, silence, "#"));
    }
    RecordingClosed closed() {
        const auto fact = facts.wait<RecordingClosed>();
        REQUIRE(fact);
        return *fact;
    }

    fs::path folder;
    FactLog facts;
    std::unique_ptr<Plane> plane;
    std::unique_ptr<RtpEndpoint> caller;
    std::unique_ptr<RtpEndpoint> agent;
};

}  // namespace

TEST_CASE("the caller is recorded on the left, the agent on the right, prompts on neither") {
    Studio studio{"sides"};
    REQUIRE(studio.plane->start_recording(kRecording, kTogether, studio.folder / "call.wav",
                                          kCaller, kAgent));
    studio.plane->bridge(kCaller, kAgent);
    studio.caller->say_on_and_on(make_tone(kCallerHz, 1s));
    studio.agent->say_on_and_on(make_tone(kAgentHz, 1s));
    REQUIRE(studio.agent->wait_for_samples(8000, 5s));
    studio.plane->play(kCaller, PlaybackId{1}, {make_tone(kPromptHz, 500ms)}, false);
    REQUIRE(studio.facts.wait<PlaybackFinished>());
    studio.plane->stop_recording(kRecording);

    const RecordingClosed closed = studio.closed();
    CHECK(closed.recording == kRecording);
    CHECK_FALSE(closed.has_failed);
    CHECK(closed.length >= 1400ms);
    CHECK(closed.bytes == fs::file_size(closed.file));
    CHECK(closed.sha256 == sha256_of_file(closed.file).value());
    const Sides sides = read_recording(closed.file, 2);
    CHECK(sides.left.size() == static_cast<std::size_t>(closed.length.count()) * 8);
    const std::span left = std::span{sides.left}.last(8000);
    const std::span right = std::span{sides.right}.last(8000);
    CHECK(tone_level_dbfs(left, kCallerHz) > -17);
    CHECK_FALSE(has_tone(left, kAgentHz));
    CHECK_FALSE(has_tone(left, kPromptHz));
    CHECK(tone_level_dbfs(right, kAgentHz) > -17);
    CHECK_FALSE(has_tone(right, kCallerHz));
    CHECK_FALSE(has_tone(right, kPromptHz));
}

TEST_CASE("one file goes on while legs come, change sides and go") {
    Studio studio{"changes"};
    REQUIRE(studio.plane->start_recording(kRecording, kTogether, studio.folder / "call.wav",
                                          kCaller, LegId{}));
    studio.caller->say_on_and_on(make_tone(kCallerHz, 1s));
    studio.agent->say_on_and_on(make_tone(kAgentHz, 1s));
    studio.plane->bridge(kCaller, kAgent);
    REQUIRE(studio.agent->wait_for_samples(4000, 5s));
    studio.plane->set_recorded(kRecording, kCaller, {kAgent});
    REQUIRE(studio.agent->wait_for_samples(8000, 5s));
    studio.plane->close_leg(kAgent);
    studio.agent->forget_heard();
    studio.plane->play(kCaller, PlaybackId{1}, {make_silence(500ms)}, false);
    REQUIRE(studio.facts.wait<PlaybackFinished>());
    studio.plane->close_leg(kCaller);
    studio.plane->stop_recording(kRecording);

    const Sides sides = read_recording(studio.closed().file, 2);
    CHECK_FALSE(has_tone(std::span{sides.right}.first(2400), kAgentHz));
    CHECK(has_tone(std::span{sides.right}.subspan(5600, 1600), kAgentHz));
    CHECK_FALSE(has_tone(std::span{sides.right}.last(2400), kAgentHz));
    CHECK(has_tone(std::span{sides.left}.last(2400), kCallerHz));
}

TEST_CASE("the right side is the sum of those named, and who only listens is not in it") {
    constexpr LegId kSupervisor{4};
    constexpr LegId kListener{5};
    constexpr double kSupervisorHz = 1700;
    Studio studio{"several"};
    const auto supervisor = studio.connect(kSupervisor);
    const auto listener = studio.connect(kListener);
    REQUIRE(studio.plane->start_recording(kRecording, kTogether, studio.folder / "call.wav",
                                          kCaller, kAgent));
    studio.plane->set_heard(kListener, {kCaller, kAgent});
    studio.caller->say_on_and_on(make_tone(kCallerHz, 1s));
    studio.agent->say_on_and_on(make_tone(kAgentHz, 1s));
    supervisor->say_on_and_on(make_tone(kSupervisorHz, 1s));
    listener->say_on_and_on(make_tone(kPromptHz, 1s));
    REQUIRE(listener->wait_for_samples(4000, 5s));
    studio.plane->set_recorded(kRecording, kCaller, {LegId{}, kAgent, kSupervisor});
    REQUIRE(listener->wait_for_samples(9600, 5s));
    studio.plane->stop_recording(kRecording);

    const Sides sides = read_recording(studio.closed().file, 2);
    const std::span alone = std::span{sides.right}.subspan(1600, 1600);
    CHECK(has_tone(alone, kAgentHz));
    CHECK_FALSE(has_tone(alone, kSupervisorHz));
    const std::span left = std::span{sides.left}.last(3200);
    const std::span right = std::span{sides.right}.last(3200);
    CHECK(tone_level_dbfs(right, kAgentHz) > -17);
    CHECK(tone_level_dbfs(right, kSupervisorHz) > -17);
    CHECK_FALSE(has_tone(right, kCallerHz));
    CHECK_FALSE(has_tone(right, kPromptHz));
    CHECK(tone_level_dbfs(left, kCallerHz) > -17);
    CHECK_FALSE(has_tone(left, kAgentHz));
    CHECK_FALSE(has_tone(left, kPromptHz));
}

TEST_CASE("what is said in a pause is not in the file, which goes on in silence of that length") {
    constexpr double kSecretHz = 1700;
    Studio studio{"pause"};
    studio.plane->pause_recording(RecordingId{99});  // unknown: nothing
    studio.plane->resume_recording(RecordingId{99});
    studio.plane->bridge(kCaller, kAgent);
    studio.caller->say_on_and_on(make_tone(kCallerHz, 1s));
    studio.agent->say_on_and_on(make_tone(kAgentHz, 1s));
    REQUIRE(studio.agent->wait_for_samples(1600, 5s));
    REQUIRE(studio.plane->start_recording(kRecording, kTogether, studio.folder / "call.wav",
                                          kCaller, kAgent));
    // Silence played beside it measures time on the thread that records.
    std::uint64_t playback = 0;
    const auto pass = [&](std::chrono::milliseconds length) {
        const PlaybackId now{++playback};
        studio.plane->play(kCaller, now, {make_silence(length)}, false);
        REQUIRE(studio.facts.wait_if<PlaybackFinished>(
            [&](const PlaybackFinished& fact) { return fact.playback == now; }));
    };
    const auto agent_hears = [&](double frequency_hz) {
        return studio.agent->wait_until(
            [&](const RtpEndpoint::Heard& heard) {
                return has_tone(std::span{heard.samples}.last(800), frequency_hz);
            },
            5s);
    };
    pass(600ms);
    studio.plane->pause_recording(kRecording);
    studio.plane->pause_recording(kRecording);
    pass(100ms);
    studio.caller->say_on_and_on(make_tone(kSecretHz, 1s));
    REQUIRE(agent_hears(kSecretHz));
    pass(500ms);
    studio.caller->say_on_and_on(make_tone(kCallerHz, 1s));
    REQUIRE(agent_hears(kCallerHz));
    pass(200ms);
    studio.plane->resume_recording(kRecording);
    studio.plane->resume_recording(kRecording);
    pass(600ms);
    studio.plane->stop_recording(kRecording);

    const RecordingClosed closed = studio.closed();
    CHECK(closed.length >= 2000ms);
    const Sides sides = read_recording(closed.file, 2);
    REQUIRE(sides.left.size() == static_cast<std::size_t>(closed.length.count()) * 8);
    for (const auto* side : {&sides.left, &sides.right}) {
        const double tone = side == &sides.left ? kCallerHz : kAgentHz;
        const auto spoken = [&](std::size_t at) {
            return has_tone(std::span{*side}.subspan(at, 160), tone);
        };
        // From behind: speech, one silence without a sound in it, speech.
        std::size_t end = side->size() - 160;
        while (end > 0 && spoken(end)) end -= 160;
        const std::size_t silence_ends = end + 160;
        while (end > 0 && !spoken(end)) end -= 160;
        const std::size_t silence_begins = end + 160;
        CHECK(side->size() - silence_ends >= 8 * 500);
        CHECK(silence_ends - silence_begins >= 8 * 780);
        CHECK(std::all_of(side->begin() + static_cast<std::ptrdiff_t>(silence_begins),
                          side->begin() + static_cast<std::ptrdiff_t>(silence_ends),
                          [](std::int16_t sample) { return sample == 0; }));
        CHECK(silence_begins >= 8 * 500);
        for (std::size_t at = 0; at + 800 <= side->size(); at += 400) {
            const bool is_secret = has_tone(std::span{*side}.subspan(at, 800), kSecretHz);
            if (is_secret) FAIL_CHECK("what was said in the pause is heard at sample " << at);
        }
    }
}

TEST_CASE("the recording is as long as the wall clock says, voice or not") {
    Studio studio{"clock"};
    REQUIRE(studio.plane->start_recording(kRecording, kTogether, studio.folder / "call.wav",
                                          kCaller, kAgent));
    // 50 frames of 20 ms, paced by the same thread, with nobody speaking.
    studio.plane->play(kCaller, PlaybackId{1}, {make_silence(1s)}, false);
    REQUIRE(studio.facts.wait<PlaybackFinished>());
    studio.plane->stop_recording(kRecording);
    const RecordingClosed closed = studio.closed();
    CHECK(closed.length >= 980ms);
    CHECK(closed.length <= 1100ms);
}

TEST_CASE("a message ends with a key whose sound is not in it") {
    Studio studio{"key"};
    studio.start_message(30s, 10s);
    studio.caller->say_on_and_on(make_tone(kCallerHz, 1s));
    REQUIRE(studio.facts.wait<MediaStarted>());
    studio.plane->play(kCaller, PlaybackId{1}, {make_silence(800ms)}, false);
    REQUIRE(studio.facts.wait<PlaybackFinished>());
    studio.caller->press("5#");  // only # ends it
    const RecordingClosed closed = studio.closed();
    CHECK(closed.was_cut_by_key);
    CHECK_FALSE(closed.was_cut_by_silence);
    const Sides message = read_recording(closed.file, 1);
    CHECK(has_tone(std::span{message.left}.subspan(1600, 3200), kCallerHz));
    REQUIRE(studio.facts.wait<DigitReceived>(1));
    CHECK(studio.facts.all<DigitReceived>()[1].digit == '#');
}

TEST_CASE("a message ends by itself: at its longest, or after silence") {
    Studio studio{"limits"};
    studio.caller->say_on_and_on(make_tone(kCallerHz, 1s));
    SUBCASE("at its longest") {
        studio.start_message(400ms, 10s);
        const RecordingClosed closed = studio.closed();
        CHECK(closed.length == 400ms);
        CHECK_FALSE(closed.was_cut_by_key);
        CHECK_FALSE(closed.was_cut_by_silence);
    }
    SUBCASE("after silence") {
        studio.start_message(30s, 500ms);
        REQUIRE(studio.facts.wait<MediaStarted>());
        studio.caller->say(make_tone(kCallerHz, 600ms));
        const RecordingClosed closed = studio.closed();
        CHECK(closed.was_cut_by_silence);
        CHECK(closed.length >= 1000ms);
        CHECK(closed.length < 5s);
    }
    SUBCASE("when the caller hangs up") {
        studio.start_message(30s, 10s);
        REQUIRE(studio.facts.wait<MediaStarted>());
        studio.plane->close_leg(kCaller);
        const RecordingClosed closed = studio.closed();
        CHECK_FALSE(closed.was_cut_by_key);
        CHECK_FALSE(closed.was_cut_by_silence);
    }
    SUBCASE("when the plane ends") {
        studio.start_message(30s, 10s);
        studio.plane.reset();
        CHECK(studio.facts.all<RecordingClosed>().size() == 1);
    }
}

TEST_CASE("a file that cannot be begun is a failure at once, as is the same recording twice") {
    Studio studio{"refusals"};
    CHECK_FALSE(studio.plane->start_recording(kRecording, kTogether, studio.folder / "no" / "a.wav",
                                              kCaller, kAgent));
    REQUIRE(studio.plane->start_recording(kRecording, kTogether, studio.folder / "a.wav", kCaller,
                                          kAgent));
    CHECK_FALSE(studio.plane->start_recording(kRecording, kTogether, studio.folder / "b.wav",
                                              kCaller, kAgent));
}

// The child is this program's copy: it records a call until it is killed. It says through a pipe
// how many frames of music it has been told of by its own far end.
TEST_CASE("kill -9 in the middle of a recording costs less than its last second") {
    const fs::path folder = fs::path{AMER_BINARY_DIR} / "plane_record_test" / "killed";
    fs::remove_all(folder);
    fs::create_directories(folder);
    const fs::path path = folder / "call.wav";
    int pipe_ends[2];
    REQUIRE(::pipe(pipe_ends) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        Options options;
        options.port_low = 42'500;
        options.port_high = 42'549;
        Plane plane{options, [](const Fact&) {}};
        auto caller = RtpEndpoint::open("127.0.0.1");
        const auto port = plane.open_leg(kCaller, kTogether, "127.0.0.1");
        if (!caller || !port) ::_exit(2);
        static_cast<void>((*caller)->set_remote(agree_on(Codec::pcma, "127.0.0.1", *port)));
        plane.set_remote(kCaller, agree_on(Codec::pcma, "127.0.0.1", (*caller)->port()));
        if (!plane.start_recording(kRecording, kTogether, path, kCaller, LegId{})) ::_exit(3);
        (*caller)->say_on_and_on(make_tone(kCallerHz, 1s));
        plane.play_music(kCaller, make_tone(kPromptHz, 1s));
        for (std::size_t frames = 1;; frames++) {
            if (!(*caller)->wait_for_samples(frames * 160, 5s)) ::_exit(4);
            const char tick = '.';
            if (::write(pipe_ends[1], &tick, 1) != 1) ::_exit(5);
        }
    }
    ::close(pipe_ends[1]);
    constexpr std::size_t kFrames = 175;  // 3.5 s have certainly passed in the child
    for (std::size_t come = 1; come <= kFrames; come++) {
        char tick = 0;
        REQUIRE(::read(pipe_ends[0], &tick, 1) == 1);
        if (come < 50) continue;
        // What the kernel has now is what a kill at this instant would leave.
        const std::uintmax_t last_second = 32'000;
        const std::uintmax_t said = come * 640;
        const bool is_kept = fs::file_size(path) + last_second >= said;
        if (!is_kept) FAIL_CHECK("frame " << come << ": only " << fs::file_size(path) << " bytes");
    }
    REQUIRE(::kill(child, SIGKILL) == 0);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
    ::close(pipe_ends[0]);

    const auto recovered = recover_recording(path);
    REQUIRE(recovered);
    CHECK(recovered->length >= 2500ms);
    CHECK(recovered->bytes == fs::file_size(path));
    const Sides sides = read_recording(path, 2);
    CHECK(has_tone(std::span{sides.left}.last(2400), kCallerHz));
    fs::remove_all(folder);
}

#include "media/record/recorder.h"

#include <doctest/doctest.h>

#include "base/rng.h"
#include "media/plane.h"

using namespace amer;
using namespace amer::media;
using namespace std::chrono_literals;

namespace {

struct Message {
    std::shared_ptr<RecordingSpool> spool = std::make_shared<RecordingSpool>();
    Recorder recorder;
    std::uint32_t timestamp = 0;
    std::uint16_t sequence = 0;
    std::chrono::milliseconds lasted{0};

    explicit Message(std::chrono::milliseconds longest = 60s,
                     std::chrono::milliseconds silence = 3s)
        : recorder{spool, MessageLimits{longest, silence, "#*"}} {
        spool->channels = 1;
    }
    // Hears the clip, frame by frame; false as soon as the message ends itself.
    bool hear(const ClipPtr& clip) {
        for (std::size_t at = 0; at + 160 <= clip->pcma.size(); at += 160) {
            const auto payload = std::span{clip->pcma}.subspan(at, 160);
            recorder.side(Recorder::Side::left)
                .add(LegId{1})
                ->push({{false, 8, sequence++, timestamp, 1}, payload}, decode_table(Codec::pcma));
            timestamp += 160;
            lasted += 20ms;
            while (spool->ring.front() != nullptr) spool->ring.pop();
            if (!recorder.tick()) return false;
        }
        return true;
    }
};

ClipPtr speech(std::chrono::milliseconds length) { return make_tone(300, length, -25); }

}  // namespace

TEST_CASE("a message ends at its longest") {
    Message message{2s};
    CHECK_FALSE(message.hear(speech(5s)));
    CHECK(message.lasted == 2s);
    CHECK_FALSE(message.spool->was_cut_by_silence);
}

TEST_CASE("a message ends after silence that follows speech, not in the pauses of it") {
    Message message;
    REQUIRE(message.hear(make_silence(2s)));  // thinking first
    REQUIRE(message.hear(speech(1s)));
    REQUIRE(message.hear(make_silence(2s)));
    REQUIRE(message.hear(speech(1s)));
    REQUIRE(message.hear(make_silence(2900ms)));
    CHECK_FALSE(message.hear(make_silence(200ms)));
    CHECK(message.spool->was_cut_by_silence);
}

TEST_CASE("a caller who says nothing at all is given the whole silence once") {
    Message message;
    CHECK_FALSE(message.hear(make_silence(10s)));
    CHECK(message.lasted == 3s);
    CHECK(message.spool->was_cut_by_silence);
}

TEST_CASE("line noise and clicks are not speech") {
    Message message;
    Rng random{4};
    std::vector<std::int16_t> noise(8 * 5000);
    for (std::size_t i = 0; i < noise.size(); i++) {
        noise[i] = static_cast<std::int16_t>(static_cast<int>(random.below(80)) - 40);  // -60 dBFS
        if (i % 4000 < 80) noise[i] = 8000;  // 10 ms each half second
    }
    CHECK_FALSE(message.hear(make_clip(std::move(noise))));
    CHECK(message.lasted == 3s);
}

TEST_CASE("the keys of the message end it, others do not") {
    Message message;
    CHECK(message.recorder.key_down('1'));
    CHECK_FALSE(message.spool->was_cut_by_key);
    CHECK_FALSE(message.recorder.key_down('#'));
    CHECK(message.spool->was_cut_by_key);
}

TEST_CASE("frames that find the ring full become silence of the same length") {
    auto spool = std::make_shared<RecordingSpool>();
    Recorder recorder{spool};
    for (std::size_t i = 0; i < FrameRing::kCapacity + 5; i++) REQUIRE(recorder.tick());
    CHECK(recorder.frames_late() == 5);
    spool->ring.pop();
    REQUIRE(recorder.tick());
    for (std::size_t i = 1; i < FrameRing::kCapacity; i++) {
        REQUIRE(spool->ring.front() != nullptr);
        CHECK(spool->ring.front()->silence_before == 0);
        spool->ring.pop();
    }
    REQUIRE(spool->ring.front() != nullptr);
    CHECK(spool->ring.front()->silence_before == 5);
    spool->ring.pop();
    CHECK(spool->ring.front() == nullptr);
}

TEST_CASE("what the media thread missed is counted as time and told at the end") {
    auto spool = std::make_shared<RecordingSpool>();
    Recorder recorder{spool};
    REQUIRE(recorder.tick());
    recorder.miss(50);
    recorder.end();
    CHECK(spool->silence_at_end == 50);
    CHECK(spool->is_over.load());
}

TEST_CASE("in a pause time goes on in silence, and nothing that came in it is ever in the file") {
    auto spool = std::make_shared<RecordingSpool>();
    Recorder recorder{spool};
    Capture* left = recorder.side(Recorder::Side::left).add(LegId{1});
    Capture* right = recorder.side(Recorder::Side::right).add(LegId{2});
    // Each frame sounds as its number says, so that what is in the file names when it was said.
    DecodeTable decode{};
    for (std::size_t i = 0; i < decode.size(); i++) decode[i] = static_cast<std::int16_t>(i);
    std::vector<int> written;
    for (std::uint16_t frame = 1; frame <= 30; frame++) {
        if (frame == 10 || frame == 12) recorder.pause();
        if (frame == 20 || frame == 22) recorder.resume();
        const std::vector<std::uint8_t> payload(160, static_cast<std::uint8_t>(frame));
        for (Capture* side : {left, right})
            side->push({{false, 8, frame, frame * 160U, 1}, payload}, decode);
        REQUIRE(recorder.tick());
        const RecordedFrame* now = spool->ring.front();
        REQUIRE(now != nullptr);
        CHECK(now->silence_before == 0);
        CHECK(std::all_of(now->samples.begin(), now->samples.end(),
                          [&](std::int16_t sample) { return sample == now->samples[0]; }));
        written.push_back(now->samples[0]);
        spool->ring.pop();
    }
    const std::vector<int> expected{0, 0, 0, 1,  2,  3,  4,  5,  6,      // 60 ms late
                                    0, 0, 0, 0,  0,  0,  0,  0,  0,  0,  // paused
                                    0, 0, 0, 20, 21, 22, 23, 24, 25, 26, 27};
    CHECK(written == expected);
}

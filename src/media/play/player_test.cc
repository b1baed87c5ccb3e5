#include "media/play/player.h"

#include <doctest/doctest.h>

#include "media/codec/g711.h"

using namespace amer::media;
using namespace std::chrono_literals;

namespace {

// A clip whose A-law bytes are all `code`.
ClipPtr clip_of(std::uint8_t code, std::size_t samples) {
    Clip clip;
    clip.samples.assign(samples, 0);
    clip.pcma.assign(samples, code);
    clip.pcmu.assign(samples, static_cast<std::uint8_t>(code + 1));
    return std::make_shared<const Clip>(clip);
}

struct Frame {
    bool is_sound = false;
    std::array<std::uint8_t, Player::kFrame> bytes{};
};

Frame next(Player& player, Codec codec = Codec::pcma) {
    Frame frame;
    frame.is_sound = player.next(codec, frame.bytes);
    return frame;
}

}  // namespace

TEST_CASE("clips follow each other inside a frame and silence fills the last one") {
    Player player;
    CHECK_FALSE(player.play(PlaybackId{1},
                            {clip_of(1, 100), nullptr, clip_of(2, 0), clip_of(3, 100)}, false));
    const Frame first = next(player);
    CHECK(first.is_sound);
    CHECK(first.bytes[99] == 1);
    CHECK(first.bytes[100] == 3);
    CHECK(first.bytes[159] == 3);
    CHECK_FALSE(player.take_ended());
    const Frame last = next(player);
    CHECK(last.bytes[39] == 3);
    CHECK(last.bytes[40] == silence_code(Codec::pcma));
    const auto ended = player.take_ended();
    REQUIRE(ended);
    CHECK(ended->playback == PlaybackId{1});
    CHECK_FALSE(ended->was_cut);
    CHECK_FALSE(next(player).is_sound);
    CHECK_FALSE(player.take_ended());
}

TEST_CASE("a playback of nothing ends at once") {
    Player player;
    player.play(PlaybackId{1}, {}, false);
    CHECK_FALSE(next(player).is_sound);
    CHECK(player.take_ended());
}

TEST_CASE("each listener gets the law he speaks") {
    Player player;
    player.play_music(clip_of(7, 1000));
    CHECK(next(player, Codec::pcma).bytes[0] == 7);
    CHECK(next(player, Codec::pcmu).bytes[0] == 8);
}

TEST_CASE("music has no end and goes on where a playback interrupted it") {
    Clip steps;
    for (int i = 0; i < 240; i++) steps.pcma.push_back(static_cast<std::uint8_t>(i));
    steps.samples.resize(240);
    Player player;
    player.play_music(std::make_shared<const Clip>(steps));
    CHECK(next(player).bytes[0] == 0);
    CHECK(next(player).bytes[80] == 0);  // 240 samples: begins again inside the second frame
    player.play(PlaybackId{1}, {clip_of(250, 160)}, false);
    CHECK(next(player).bytes[0] == 250);
    CHECK(player.take_ended());
    CHECK(next(player).bytes[0] == 80);
    player.stop_music();
    CHECK_FALSE(next(player).is_sound);
}

TEST_CASE("a new playback cuts the one before") {
    Player player;
    player.play(PlaybackId{1}, {clip_of(1, 1000)}, false);
    const auto replaced = player.play(PlaybackId{2}, {clip_of(2, 1000)}, false);
    REQUIRE(replaced);
    CHECK(replaced->playback == PlaybackId{1});
    CHECK(replaced->was_cut);
    const auto stopped = player.stop_playing();
    REQUIRE(stopped);
    CHECK(stopped->playback == PlaybackId{2});
    CHECK_FALSE(player.stop_playing());
}

TEST_CASE("a key silences what it may cut while it is down, and cuts it when it is pressed") {
    Player player;
    player.play(PlaybackId{1}, {clip_of(1, 1000)}, true);
    player.hush();
    CHECK_FALSE(next(player).is_sound);
    const auto cut = player.cut_by_key();
    REQUIRE(cut);
    CHECK(cut->was_cut);

    player.play(PlaybackId{2}, {clip_of(1, 1000)}, false);
    player.hush();
    CHECK(next(player).is_sound);
    CHECK_FALSE(player.cut_by_key());
}

TEST_CASE("time goes on for a listener on hold") {
    Player player;
    player.play(PlaybackId{1}, {clip_of(1, 320)}, false);
    player.skip();
    CHECK_FALSE(player.take_ended());
    player.skip();
    CHECK(player.take_ended());
}

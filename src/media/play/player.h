#pragma once

#include <optional>
#include <span>
#include <vector>

#include "media/plane.h"

namespace amer::media {

// What a leg plays: a playback of clips back to back, else music without end. Frames are taken
// from the shared encoded clips; nothing is encoded here.
class Player {
public:
    static constexpr std::size_t kFrame = 160;  // samples and bytes of 20 ms

    struct Ended {
        PlaybackId playback;
        bool was_cut = false;
    };

    // The playback that this one replaces.
    std::optional<Ended> play(PlaybackId playback, std::vector<ClipPtr> clips, bool cut_by_key);
    std::optional<Ended> stop_playing();
    // A key went down: the playback falls silent at once if keys cut it.
    void hush() noexcept;
    // The key's press is complete.
    std::optional<Ended> cut_by_key();

    void play_music(ClipPtr music);
    void stop_music() { music_.reset(); }

    bool is_busy() const noexcept { return playback_.has_value() || music_ != nullptr; }

    // The next 20 ms; silence fills up the last frame of a playback. Nothing when nothing plays
    // or a key holds the playback.
    bool next(Codec codec, std::span<std::uint8_t, kFrame> frame) noexcept;
    // Goes on in time without a frame: the far side is on hold.
    void skip() noexcept;
    // After its last frame: the playback that has come to its end.
    std::optional<Ended> take_ended();

private:
    struct Playback {
        PlaybackId id;
        std::vector<ClipPtr> clips;
        bool is_cut_by_key = false;
        bool is_hushed = false;
        std::size_t clip = 0;
        std::size_t at = 0;
    };
    std::optional<Ended> end(bool was_cut);
    std::size_t fill_from_playback(Codec codec, std::span<std::uint8_t> frame) noexcept;
    void fill_from_music(Codec codec, std::span<std::uint8_t> frame) noexcept;
    void step_over_finished_clips() noexcept;

    std::optional<Playback> playback_;
    ClipPtr music_;
    std::size_t music_at_ = 0;
};

}  // namespace amer::media

#include "media/play/player.h"

#include <algorithm>
#include <array>
#include <utility>

#include "media/codec/g711.h"

namespace amer::media {
namespace {

const std::vector<std::uint8_t>& encoded(const Clip& clip, Codec codec) {
    return codec == Codec::pcma ? clip.pcma : clip.pcmu;
}

}  // namespace

std::optional<Player::Ended> Player::end(bool was_cut) {
    if (!playback_) return std::nullopt;
    const Ended ended{playback_->id, was_cut};
    playback_.reset();
    return ended;
}

std::optional<Player::Ended> Player::play(PlaybackId playback, std::vector<ClipPtr> clips,
                                          bool cut_by_key) {
    auto replaced = end(true);
    std::erase(clips, nullptr);
    playback_ = Playback{.id = playback, .clips = std::move(clips), .is_cut_by_key = cut_by_key};
    step_over_finished_clips();
    return replaced;
}

std::optional<Player::Ended> Player::stop_playing() { return end(true); }

void Player::hush() noexcept {
    if (playback_ && playback_->is_cut_by_key) playback_->is_hushed = true;
}

std::optional<Player::Ended> Player::cut_by_key() {
    if (!playback_ || !playback_->is_cut_by_key) return std::nullopt;
    return end(true);
}

void Player::play_music(ClipPtr music) {
    if (music && music->samples.empty()) music.reset();
    if (music == music_) return;
    music_ = std::move(music);
    music_at_ = 0;
}

void Player::step_over_finished_clips() noexcept {
    while (playback_->clip < playback_->clips.size() &&
           playback_->at >= playback_->clips[playback_->clip]->samples.size()) {
        playback_->clip++;
        playback_->at = 0;
    }
}

std::size_t Player::fill_from_playback(Codec codec, std::span<std::uint8_t> frame) noexcept {
    std::size_t filled = 0;
    while (filled < frame.size() && playback_->clip < playback_->clips.size()) {
        const auto& bytes = encoded(*playback_->clips[playback_->clip], codec);
        const std::size_t count = std::min(frame.size() - filled, bytes.size() - playback_->at);
        std::copy_n(bytes.data() + playback_->at, count, frame.data() + filled);
        filled += count;
        playback_->at += count;
        step_over_finished_clips();
    }
    return filled;
}

void Player::fill_from_music(Codec codec, std::span<std::uint8_t> frame) noexcept {
    const auto& bytes = encoded(*music_, codec);
    std::size_t filled = 0;
    while (filled < frame.size()) {
        const std::size_t count = std::min(frame.size() - filled, bytes.size() - music_at_);
        std::copy_n(bytes.data() + music_at_, count, frame.data() + filled);
        filled += count;
        music_at_ = (music_at_ + count) % bytes.size();
    }
}

bool Player::next(Codec codec, std::span<std::uint8_t, kFrame> frame) noexcept {
    if (playback_) {
        if (playback_->is_hushed) return false;
        const std::size_t filled = fill_from_playback(codec, frame);
        std::fill(frame.begin() + static_cast<std::ptrdiff_t>(filled), frame.end(),
                  silence_code(codec));
        return filled > 0;
    }
    if (!music_) return false;
    fill_from_music(codec, frame);
    return true;
}

void Player::skip() noexcept {
    std::array<std::uint8_t, kFrame> unheard;
    next(Codec::pcma, unheard);
}

std::optional<Player::Ended> Player::take_ended() {
    if (!playback_ || playback_->clip < playback_->clips.size()) return std::nullopt;
    return end(false);
}

}  // namespace amer::media

#include "media/record/recorder.h"

#include <algorithm>
#include <utility>

namespace amer::media {

Recorder::Recorder(SpoolPtr spool, std::optional<MessageLimits> limits)
    : spool_{std::move(spool)}, limits_{std::move(limits)} {}

void Recorder::resume() noexcept {
    if (!std::exchange(is_paused_, false)) return;
    for (Mix& side : sides_) side.mute_waiting();
}

bool Recorder::tick() noexcept {
    std::array<std::int16_t, Capture::kFrame> left;
    std::array<std::int16_t, Capture::kFrame> right;
    side(Side::left).pull(left);
    if (is_message()) {
        speech_.hear(left);
    } else {
        side(Side::right).pull(right);
    }
    if (is_paused_) {
        left.fill(0);
        right.fill(0);
    }
    length_ += SpeechDetector::kFrame;
    if (RecordedFrame* frame = spool_->ring.begin_push()) {
        frame->silence_before = std::exchange(pending_silence_, 0);
        for (std::size_t i = 0; i < left.size(); i++) {
            if (is_message()) {
                frame->samples[i] = left[i];
            } else {
                frame->samples[2 * i] = left[i];
                frame->samples[2 * i + 1] = right[i];
            }
        }
        spool_->ring.end_push();
    } else {
        pending_silence_++;
        frames_late_++;
    }
    return !has_reached_its_end();
}

bool Recorder::has_reached_its_end() noexcept {
    if (!limits_) return false;
    if (length_ >= limits_->longest) return true;
    if (speech_.silent_for() < limits_->silence) return false;
    spool_->was_cut_by_silence = true;
    return true;
}

void Recorder::miss(std::uint32_t frames) noexcept {
    pending_silence_ += frames;
    length_ += frames * SpeechDetector::kFrame;
}

bool Recorder::key_down(char digit) noexcept {
    if (!limits_ || limits_->end_keys.find(digit) == std::string::npos) return true;
    spool_->was_cut_by_key = true;
    return false;
}

void Recorder::end() noexcept {
    if (spool_->is_over.load(std::memory_order_relaxed)) return;
    spool_->silence_at_end = pending_silence_;
    spool_->is_over.store(true, std::memory_order_release);
}

}  // namespace amer::media

#include "media/mix/mix.h"

#include <algorithm>
#include <array>
#include <limits>

namespace amer::media {

std::vector<LegId> Mix::legs() const {
    std::vector<LegId> legs;
    for (const Voice& voice : voices_) legs.push_back(voice.leg);
    return legs;
}

Capture* Mix::find(LegId leg) const noexcept {
    for (const Voice& voice : voices_) {
        if (voice.leg == leg) return voice.capture.get();
    }
    return nullptr;
}

Capture* Mix::add(LegId leg) {
    if (Capture* present = find(leg)) return present;
    if (voices_.size() >= kMost) return nullptr;
    voices_.push_back({leg, std::make_unique<Capture>(depth_)});
    return voices_.back().capture.get();
}

void Mix::remove(LegId leg) {
    std::erase_if(voices_, [&](const Voice& voice) { return voice.leg == leg; });
    if (voices_.empty()) has_begun_ = false;
}

bool Mix::pull(std::span<std::int16_t, kFrame> frame) noexcept {
    std::array<std::int32_t, kFrame> sum{};
    for (Voice& voice : voices_) {
        if (voice.capture->pull(frame)) has_begun_ = true;
        for (std::size_t i = 0; i < kFrame; i++) sum[i] += frame[i];
    }
    // Clamped once: two loud voices may cancel in a third.
    using Limits = std::numeric_limits<std::int16_t>;
    for (std::size_t i = 0; i < kFrame; i++) {
        frame[i] = static_cast<std::int16_t>(
            std::clamp<std::int32_t>(sum[i], Limits::min(), Limits::max()));
    }
    return has_begun_;
}

void Mix::mute_waiting() noexcept {
    for (Voice& voice : voices_) voice.capture->mute_waiting();
}

}  // namespace amer::media

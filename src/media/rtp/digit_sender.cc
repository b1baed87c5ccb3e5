#include "media/rtp/digit_sender.h"

#include <algorithm>

namespace amer::media {
namespace {

constexpr int kFirst = 1;
constexpr int kEnd = 8;  // at 160 ms
constexpr int kLastRepeat = kEnd + 2;
constexpr int kNextMayBegin = kLastRepeat + 2;  // a pause that slow receivers notice
constexpr std::uint16_t kStep = 160;

}  // namespace

bool DigitSender::press(char digit) noexcept {
    const auto event = event_of(digit);
    if (!event || waiting_ == queue_.size()) return false;
    queue_[(first_ + waiting_) % queue_.size()] = *event;
    waiting_++;
    return true;
}

std::optional<DigitSender::Packet> DigitSender::next(SendStream& stream, std::uint8_t payload_type,
                                                     std::uint32_t clock) noexcept {
    if (step_ == 0) {
        if (waiting_ == 0) return std::nullopt;
        event_ = queue_[first_];
        first_ = (first_ + 1) % queue_.size();
        waiting_--;
        timestamp_ = stream.begin_event(clock);
    }
    step_++;
    if (step_ > kLastRepeat) {
        if (step_ == kNextMayBegin) step_ = 0;
        return std::nullopt;
    }
    const auto duration = static_cast<std::uint16_t>(std::min(step_, kEnd) * kStep);
    const bool is_end = step_ >= kEnd;
    if (is_end) stream.end_event(timestamp_, duration);
    return Packet{stream.event_packet(payload_type, step_ == kFirst, timestamp_),
                  {.event = event_, .is_end = is_end, .duration = duration}};
}

void DigitSender::forget() noexcept {
    waiting_ = 0;
    step_ = 0;
}

}  // namespace amer::media

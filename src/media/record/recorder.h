#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "media/mix/mix.h"
#include "media/plane.h"
#include "media/record/speech_detector.h"
#include "media/record/writer.h"

namespace amer::media {

// When a caller's message ends by itself.
struct MessageLimits {
    std::chrono::milliseconds longest{0};
    std::chrono::milliseconds silence{0};
    std::string end_keys;
};

// A running recording on its media thread: one frame per 20 ms from its two sides into the ring.
// Without limits it is stereo and ends when it is told to. Whoever owns it carries the packets of
// the legs to the sides.
class Recorder {
public:
    enum class Side : std::uint8_t { left, right };

    explicit Recorder(SpoolPtr spool, std::optional<MessageLimits> limits = std::nullopt);
    ~Recorder() { end(); }
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    RecordingId id() const noexcept { return spool_->id; }
    bool is_message() const noexcept { return limits_.has_value(); }
    Mix& side(Side side) noexcept { return sides_[static_cast<std::size_t>(side)]; }
    bool is_message_of(LegId leg) const noexcept { return is_message() && sides_[0].has(leg); }

    // False when the recording has come to its own end.
    bool tick() noexcept;
    // Time goes on in the file and nothing else: what was sent in a pause is never in it.
    void pause() noexcept { is_paused_ = true; }
    void resume() noexcept;
    // The media thread was held up for so many frames: they are silence.
    void miss(std::uint32_t frames) noexcept;
    // False likewise; a key of the message's own ends it before the key's sound is in it.
    bool key_down(char digit) noexcept;
    void end() noexcept;
    bool is_over() const noexcept { return spool_->is_over.load(std::memory_order_relaxed); }

    std::uint64_t frames_late() const noexcept { return frames_late_; }

private:
    bool has_reached_its_end() noexcept;

    SpoolPtr spool_;
    std::optional<MessageLimits> limits_;
    std::array<Mix, 2> sides_{Mix{kRecordedDepth}, Mix{kRecordedDepth}};
    bool is_paused_ = false;
    SpeechDetector speech_;
    std::chrono::milliseconds length_{0};
    std::uint32_t pending_silence_ = 0;
    std::uint64_t frames_late_ = 0;  // found the ring full
};

}  // namespace amer::media

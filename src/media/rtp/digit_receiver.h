#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/instant.h"
#include "media/rtp/packet.h"

namespace amer::media {

// Makes key presses of telephone-event packets (RFC 4733): one press however often its packets
// are repeated, lost or reordered. A press is known by its timestamp; presses longer than 8 s come
// in segments with timestamps that follow each other without a marker (section 2.5.1.3).
class DigitReceiver {
public:
    static constexpr std::chrono::milliseconds kQuiet{40};  // the end packets were lost

    struct Press {
        char digit = 0;
        std::chrono::milliseconds length{0};
    };

    struct News {
        std::optional<char> down;    // a key that has just gone down
        std::optional<Press> press;  // a press that is complete now, perhaps of the key before
    };
    News on_packet(const RtpPacket& packet, MonotonicInstant now) noexcept;
    std::optional<Press> on_time(MonotonicInstant now) noexcept;

private:
    void begin(const RtpHeader& header, char digit) noexcept;
    Press finish() noexcept;
    std::uint32_t end() const noexcept { return begin_ + past_segments_ + duration_; }
    bool continues(const RtpHeader& header, char digit) const noexcept;

    bool is_known_ = false;  // the fields below describe a press, held or already told
    bool is_down_ = false;   // not yet told
    char digit_ = 0;
    std::uint32_t ssrc_ = 0;
    std::uint32_t begin_ = 0;
    std::uint32_t past_segments_ = 0;  // samples of segments before the present one
    std::uint16_t duration_ = 0;       // of the present segment
    MonotonicInstant heard_{};
};

}  // namespace amer::media

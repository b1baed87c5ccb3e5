#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "media/rtp/packet.h"
#include "media/rtp/send_stream.h"
#include "media/rtp/telephone_event.h"

namespace amer::media {

// Sends key presses (RFC 4733): 160 ms each, its last packet three times, 60 ms between presses.
// While it is busy no audio may be sent.
class DigitSender {
public:
    // False for what is no key, and when too many wait.
    bool press(char digit) noexcept;
    bool is_busy() const noexcept { return step_ != 0 || waiting_ != 0; }

    struct Packet {
        RtpHeader header;
        TelephoneEvent event;
    };
    // Once per 20 ms while busy: the packet to send, if this step has one.
    std::optional<Packet> next(SendStream& stream, std::uint8_t payload_type,
                               std::uint32_t clock) noexcept;
    void forget() noexcept;

private:
    std::array<std::uint8_t, 64> queue_{};
    std::size_t first_ = 0;
    std::size_t waiting_ = 0;
    int step_ = 0;  // 0: idle
    std::uint8_t event_ = 0;
    std::uint32_t timestamp_ = 0;
};

}  // namespace amer::media

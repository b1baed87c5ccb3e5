#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace amer::media {

// The payload of a telephone-event packet (RFC 4733 section 2.3); the volume is of no use to us.
struct TelephoneEvent {
    std::uint8_t event = 0;
    bool is_end = false;
    std::uint16_t duration = 0;  // samples of 8 kHz
};

constexpr std::size_t kTelephoneEventSize = 4;

std::optional<TelephoneEvent> parse_event(std::span<const std::uint8_t> payload) noexcept;
void write_event(const TelephoneEvent& event, std::span<std::uint8_t> payload) noexcept;

// Events 0-15 are the keys 0-9 * # A-D (RFC 4733 section 3.2).
std::optional<char> digit_of(std::uint8_t event) noexcept;
std::optional<std::uint8_t> event_of(char digit) noexcept;

}  // namespace amer::media

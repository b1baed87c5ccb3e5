#include "media/rtp/telephone_event.h"

#include <string_view>

#include "media/rtp/bytes.h"

namespace amer::media {
namespace {

constexpr std::string_view kDigits = "0123456789*#ABCD";

}  // namespace

std::optional<TelephoneEvent> parse_event(std::span<const std::uint8_t> payload) noexcept {
    if (payload.size() < kTelephoneEventSize) return std::nullopt;
    return TelephoneEvent{
        .event = payload[0], .is_end = (payload[1] & 0x80U) != 0, .duration = read_u16(payload, 2)};
}

void write_event(const TelephoneEvent& event, std::span<std::uint8_t> payload) noexcept {
    constexpr unsigned kVolume = 10;  // -10 dBm0, what handsets send
    payload[0] = event.event;
    payload[1] = static_cast<std::uint8_t>((event.is_end ? 0x80U : 0U) | kVolume);
    write_u16(payload, 2, event.duration);
}

std::optional<char> digit_of(std::uint8_t event) noexcept {
    if (event >= kDigits.size()) return std::nullopt;
    return kDigits[event];
}

std::optional<std::uint8_t> event_of(char digit) noexcept {
    const auto place = kDigits.find(digit);
    if (place == std::string_view::npos) return std::nullopt;
    return static_cast<std::uint8_t>(place);
}

}  // namespace amer::media

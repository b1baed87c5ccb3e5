#include <cstdint>
#include <optional>

#include "base/utf8.h"
#include "outbox/wording.h"

// How a text is cut for the telephone network (3GPP TS 23.038, 23.040). Letters of GSM beyond ASCII
// are counted as if they were none: then the answer is too high, never too low.
namespace amer::outbox {
namespace {

// Units of the GSM alphabet, 7 bits each; nothing: some letter is not of it.
std::optional<std::size_t> gsm_units(std::string_view text) {
    constexpr std::string_view kTwice = "[]\\^{}~|";
    std::size_t units = 0;
    for (const char letter : text) {
        const bool is_ascii = (letter >= ' ' && letter <= '~') || letter == '\n';
        if (!is_ascii || letter == '`') return std::nullopt;
        units += kTwice.find(letter) == std::string_view::npos ? 1 : 2;
    }
    return units;
}

std::size_t utf16_units(std::string_view text) {
    std::size_t units = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = std::max<std::size_t>(1, utf8_sequence(text.substr(at)));
        units += length == 4 ? 2 : 1;
        at += length;
    }
    return units;
}

std::size_t parts(std::size_t units, std::size_t alone, std::size_t joined) {
    return units <= alone ? 1 : (units + joined - 1) / joined;
}

}  // namespace

std::size_t segments_of(std::string_view text) {
    if (const auto units = gsm_units(text)) return parts(*units, 160, 153);
    return parts(utf16_units(text), 70, 67);
}

}  // namespace amer::outbox

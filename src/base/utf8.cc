#include "base/utf8.h"

namespace amer {

namespace {

std::size_t length_by_first_byte(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first <= 0xdf) return 2;
    if (first >= 0xe0 && first <= 0xef) return 3;
    if (first >= 0xf0 && first <= 0xf4) return 4;
    return 0;
}

// The second byte's range depends on the first: that is what forbids overlong forms, surrogates
// and numbers above U+10FFFF.
bool second_byte_fits(unsigned char first, unsigned char second) {
    const unsigned char lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    const unsigned char highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    return second >= lowest && second <= highest;
}

}  // namespace

std::size_t utf8_sequence(std::string_view text) {
    if (text.empty()) return 0;
    const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
    const std::size_t length = length_by_first_byte(byte(0));
    if (length == 0 || length > text.size()) return 0;
    if (length > 1 && !second_byte_fits(byte(0), byte(1))) return 0;
    for (std::size_t index = 2; index < length; ++index) {
        if ((byte(index) & 0xc0U) != 0x80U) return 0;
    }
    return length;
}

std::string valid_utf8(std::string_view text) {
    std::string valid;
    valid.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = utf8_sequence(text);
        if (length == 0) {
            valid += "\xef\xbf\xbd";
            text.remove_prefix(1);
        } else {
            valid += text.substr(0, length);
            text.remove_prefix(length);
        }
    }
    return valid;
}

}  // namespace amer

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace amer::sip {

// Which octets may stand where (RFC 3261 section 25.1), as one table lookup. Where the RFC is
// narrower than what phones send, the class is as wide as can be written back without quoting.
enum CharacterClass : std::uint8_t {
    kToken = 1,         // token
    kUser = 2,          // may stand unescaped in the user part of a URI
    kPassword = 4,      // likewise in the password
    kUriParameter = 8,  // may stand unescaped in a URI parameter; '=' is for values only
    kHostName = 16,     // letters, digits, '-', '.', '_'
    kVisible = 32,      // 0x21..0x7e
    kPlainValue = 64,   // header parameter value that needs no quotes
    kControl = 128,     // below 0x20 but HT, and 0x7f
};

namespace detail {

constexpr std::array<std::uint8_t, 256> make_classes() {
    std::array<std::uint8_t, 256> classes{};
    const auto add = [&classes](std::string_view characters, std::uint8_t bits) {
        for (const char c : characters) {
            auto& entry = classes[static_cast<unsigned char>(c)];
            entry = static_cast<std::uint8_t>(entry | bits);
        }
    };
    const auto drop = [&classes](std::string_view characters, std::uint8_t bits) {
        for (const char c : characters) {
            auto& entry = classes[static_cast<unsigned char>(c)];
            entry = static_cast<std::uint8_t>(entry & ~bits);
        }
    };
    for (unsigned c = 0x21; c < 0x7f; c++) classes[c] = kVisible | kPlainValue | kUriParameter;
    for (unsigned c = 0x80; c < 0x100; c++) classes[c] = kPlainValue;
    for (unsigned c = 0; c < 0x20; c++) classes[c] = kControl;
    classes['\t'] = 0;
    classes[0x7f] = kControl;
    const std::string_view alphanumeric =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    add(alphanumeric, kToken | kUser | kPassword | kHostName);
    add("-.!%*_+`'~", kToken);
    add("-_.!~*'()", kUser | kPassword);
    add("&=+$,;?/", kUser);
    add("&=+$,", kPassword);
    add("-._", kHostName);
    drop(";,\"<>\\", kPlainValue);
    drop(";?<>\"@,\\", kUriParameter);
    return classes;
}

inline constexpr std::array<std::uint8_t, 256> kClasses = make_classes();

}  // namespace detail

constexpr bool is_of(char c, std::uint8_t classes) {
    return (detail::kClasses[static_cast<unsigned char>(c)] & classes) != 0;
}

constexpr bool all_of(std::string_view text, std::uint8_t classes) {
    for (const char c : text) {
        if (!is_of(c, classes)) return false;
    }
    return true;
}

constexpr bool is_token(std::string_view text) { return !text.empty() && all_of(text, kToken); }
constexpr bool is_space(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

constexpr int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    if (lower(c) >= 'a' && lower(c) <= 'f') return lower(c) - 'a' + 10;
    return -1;
}

constexpr bool equals_ignoring_case(std::string_view left, std::string_view right) {
    if (left.size() != right.size()) return false;
    for (std::size_t i = 0; i < left.size(); i++) {
        if (lower(left[i]) != lower(right[i])) return false;
    }
    return true;
}

constexpr std::string_view trim(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

inline std::string lower_case(std::string_view text) {
    std::string result{text};
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

}  // namespace amer::sip

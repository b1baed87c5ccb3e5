#include "outbox/request_template.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace amer::outbox {
namespace {

bool is_plain_in_address(char letter) {
    const bool is_letter = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    const bool is_digit = letter >= '0' && letter <= '9';
    return is_letter || is_digit || std::string_view{"-._~"}.find(letter) != std::string::npos;
}

std::string in_json(char letter) {
    switch (letter) {
        case '"': return "\\\"";
        case '\\': return "\\\\";
        case '\n': return "\\n";
        case '\r': return "\\r";
        case '\t': return "\\t";
        default: break;
    }
    const auto code = static_cast<unsigned char>(letter);
    return code < 0x20 ? fmt::format("\\u{:04x}", code) : std::string(1, letter);
}

std::string in_form(char letter) {
    if (is_plain_in_address(letter)) return std::string(1, letter);
    return fmt::format("%{:02X}", static_cast<unsigned char>(letter));
}

std::string in_header(char letter) {
    const auto code = static_cast<unsigned char>(letter);
    return code < 0x20 || code == 0x7f ? std::string{} : std::string(1, letter);
}

// The placeholder that begins at this brace; "" when none does.
std::string_view placeholder_at(std::string_view pattern, std::size_t brace) {
    const std::size_t end = pattern.find('}', brace);
    if (end == std::string_view::npos) return "";
    const std::string_view name = pattern.substr(brace + 1, end - brace - 1);
    const auto* const found = std::find(std::begin(kPlaceholders), std::end(kPlaceholders), name);
    return found == std::end(kPlaceholders) ? "" : *found;
}

}  // namespace

std::string escaped(std::string_view value, Escape how) {
    std::string text;
    for (const char letter : value) {
        if (how == Escape::json) text += in_json(letter);
        if (how == Escape::form) text += in_form(letter);
        if (how == Escape::header) text += in_header(letter);
    }
    return text;
}

std::string filled(std::string_view pattern, const Values& values, Escape how) {
    std::string text;
    for (std::size_t at = 0; at < pattern.size();) {
        const std::string_view name =
            pattern[at] == '{' ? placeholder_at(pattern, at) : std::string_view{};
        if (name.empty()) {
            text += pattern[at++];
            continue;
        }
        const auto value = values.find(name);
        if (value != values.end()) text += escaped(value->second, how);
        at += name.size() + 2;
    }
    return text;
}

bool names(std::string_view pattern, std::string_view placeholder) {
    return pattern.find(fmt::format("{{{}}}", placeholder)) != std::string_view::npos;
}

}  // namespace amer::outbox

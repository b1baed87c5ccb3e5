#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace amer::outbox {

// How a value stands where it is put.
enum class Escape : std::uint8_t {
    json,    // within the quotes of a JSON string
    form,    // application/x-www-form-urlencoded, and in an address
    header,  // as it is, but for what would end the header
};

// The names a template may use, in braces; other braces stand for themselves.
inline constexpr std::string_view kPlaceholders[] = {"to",     "to_digits", "text",
                                                     "sender", "id",        "secret"};
using Values = std::map<std::string, std::string, std::less<>>;

std::string escaped(std::string_view value, Escape how);
// The template with the values of its placeholders; values are never read as templates.
std::string filled(std::string_view pattern, const Values& values, Escape how);
bool names(std::string_view pattern, std::string_view placeholder);

}  // namespace amer::outbox

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/id.h"
#include "base/instant.h"
#include "base/phone_number.h"
#include "base/reflected_name.h"
#include "base/utf8.h"

// How the words of the core stand in tables: like the journal's text, so that a rebuild gives the
// same rows. What names nothing is null.
namespace amer::store {

inline std::int64_t column(Instant instant) { return instant.time_since_epoch().count(); }
inline std::int64_t column(bool value) { return value ? 1 : 0; }

inline std::optional<std::int64_t> column(const std::optional<Instant>& instant) {
    return instant ? std::optional{column(*instant)} : std::nullopt;
}

// The tables' integers are signed; ids count from one and never get there.
inline std::int64_t column(std::uint64_t value) { return static_cast<std::int64_t>(value); }
inline std::int64_t column(std::int64_t value) { return value; }
inline std::int64_t column(std::int32_t value) { return value; }

template <typename Tag>
std::int64_t column(Id<Tag> id) {
    return column(id.value);
}
template <typename Tag>
std::optional<std::int64_t> column_or_null(Id<Tag> id) {
    return id ? std::optional{column(id.value)} : std::nullopt;
}

// Texts end at a zero byte in some databases.
inline std::string column(std::string_view text) {
    return valid_utf8(text.substr(0, text.find('\0')));
}
template <typename Tag>
std::string column(const Name<Tag>& name) {
    return column(std::string_view{name.value});
}
inline std::optional<std::string> column(const std::optional<PhoneNumber>& number) {
    return number && *number ? std::optional{number->e164()} : std::nullopt;
}

template <typename Enum>
requires std::is_enum_v<Enum> std::string column(Enum value) {
    return std::string{enum_name(value)};
}

}  // namespace amer::store

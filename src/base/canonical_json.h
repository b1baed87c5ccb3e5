#pragma once

#include <charconv>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/fields.h"
#include "base/id.h"
#include "base/instant.h"
#include "base/phone_number.h"
#include "base/reflected_name.h"
#include "base/utf8.h"

// Any plain value as compact JSON text, the same bytes on every compiler and machine: what the
// journal keeps and what the state's hash is taken of. Fields stand in the order of their list,
// nothing is left out. Text is UTF-8; bytes that are not become U+FFFD, so that what strangers
// send can always be read back.
//   struct with AMER_FIELDS  {"name":value,...}      variant of such  {"type":"Name",...}
//   Id, integers             number                  Name, PhoneNumber, text  "..."
//   Instant, durations       number (microseconds; the duration's own unit)
//   enum                     its enumerator's name   LocalDay   "2026-11-20"
//   optional                 value or null           map        {"key":value,...} in key order
//   vector, array, set       [value,...]             pair       [first,second]
namespace amer {

namespace canonical {

template <typename T>
inline constexpr bool kIsId = false;
template <typename Tag>
inline constexpr bool kIsId<Id<Tag>> = true;
template <typename T>
inline constexpr bool kIsName = false;
template <typename Tag>
inline constexpr bool kIsName<Name<Tag>> = true;
template <typename T>
inline constexpr bool kIsOptional = false;
template <typename T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <typename T>
inline constexpr bool kIsVariant = false;
template <typename... Ts>
inline constexpr bool kIsVariant<std::variant<Ts...>> = true;
template <typename T>
inline constexpr bool kIsPair = false;
template <typename A, typename B>
inline constexpr bool kIsPair<std::pair<A, B>> = true;
template <typename T>
inline constexpr bool kIsDuration = false;
template <typename Rep, typename Period>
inline constexpr bool kIsDuration<std::chrono::duration<Rep, Period>> = true;
template <typename T>
inline constexpr bool kIsText =
    std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>;
template <typename T>
concept IsMap = std::ranges::range<T> && requires {
    typename T::mapped_type;
};
template <typename T>
concept IsUnordered = requires {
    typename T::hasher;
};
template <typename T>
inline constexpr bool kIsUnsupported = false;

void append_text(std::string& out, std::string_view text);
void append_day(std::string& out, std::chrono::year_month_day day);

template <std::integral T>
void append_integer(std::string& out, T value) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

}  // namespace canonical

template <typename T>
void append_json(std::string& out, const T& value);

namespace canonical {

template <typename T>
void append_fields(std::string& out, const T& value, bool is_first) {
    const auto one = [&](const auto& field) {
        out += is_first ? "\"" : ",\"";
        is_first = false;
        out += field.name;
        out += "\":";
        append_json(out, value.*field.member);
    };
    std::apply([&](const auto&... field) { (one(field), ...); }, T::fields());
}

template <typename T>
void append_alternative(std::string& out, const T& value) {
    static_assert(HasFields<T>, "every alternative of a journalled variant lists its fields");
    out += "{\"type\":\"";
    out += T::kTypeName;
    out += '"';
    append_fields(out, value, false);
    out += '}';
}

// JSON's keys are text: numbers are written in quotes.
template <typename Key>
void append_key(std::string& out, const Key& key) {
    if constexpr (std::integral<Key> || kIsId<Key>) {
        out += '"';
        append_json(out, key);
        out += '"';
    } else {
        append_json(out, key);
    }
}

template <typename T>
void append_range(std::string& out, const T& range) {
    static_assert(!IsUnordered<T>, "an unordered container has no canonical text");
    bool is_first = true;
    out += IsMap<T> ? '{' : '[';
    for (const auto& element : range) {
        if (!is_first) out += ',';
        is_first = false;
        if constexpr (IsMap<T>) {
            append_key(out, element.first);
            out += ':';
            append_json(out, element.second);
        } else {
            append_json(out, element);
        }
    }
    out += IsMap<T> ? '}' : ']';
}

}  // namespace canonical

template <typename T>
void append_json(std::string& out, const T& value) {
    using namespace canonical;
    if constexpr (std::is_same_v<T, bool>) {
        out += value ? "true" : "false";
    } else if constexpr (std::is_enum_v<T>) {
        out += '"';
        out += enum_name(value);
        out += '"';
    } else if constexpr (std::integral<T>) {
        append_integer(out, value);
    } else if constexpr (kIsId<T>) {
        append_integer(out, value.value);
    } else if constexpr (kIsName<T>) {
        append_text(out, value.value);
    } else if constexpr (std::is_same_v<T, PhoneNumber>) {
        append_text(out, value.e164());
    } else if constexpr (kIsText<T>) {
        append_text(out, value);
    } else if constexpr (std::is_same_v<T, Instant>) {
        append_integer(out, value.time_since_epoch().count());
    } else if constexpr (kIsDuration<T>) {
        append_integer(out, value.count());
    } else if constexpr (std::is_same_v<T, std::chrono::year_month_day>) {
        append_day(out, value);
    } else if constexpr (kIsOptional<T>) {
        value ? append_json(out, *value) : static_cast<void>(out += "null");
    } else if constexpr (kIsVariant<T>) {
        std::visit([&](const auto& alternative) { append_alternative(out, alternative); }, value);
    } else if constexpr (kIsPair<T>) {
        out += '[';
        append_json(out, value.first);
        out += ',';
        append_json(out, value.second);
        out += ']';
    } else if constexpr (HasFields<T>) {
        out += '{';
        append_fields(out, value, true);
        out += '}';
    } else if constexpr (std::ranges::range<T>) {
        append_range(out, value);
    } else {
        static_assert(kIsUnsupported<T>, "this type has no canonical text yet");
    }
}

template <typename T>
std::string to_json(const T& value) {
    std::string out;
    append_json(out, value);
    return out;
}

}  // namespace amer

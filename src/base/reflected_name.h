#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/check.h"

// The names that enumerators and types have in the source, so that journals and documents say
// "arabic" instead of 0 without a second list to keep. Rests on __PRETTY_FUNCTION__ of g++ and
// clang; reflected_name_test pins what both of them say.
namespace amer {

namespace reflected {

template <auto Value>
constexpr std::string_view function_of_value() {
    return __PRETTY_FUNCTION__;
}

template <typename Type>
constexpr std::string_view function_of_type() {
    return __PRETTY_FUNCTION__;
}

// "... [with auto Value = amer::Language::arabic; ...]" -> "amer::Language::arabic"
constexpr std::string_view argument_in(std::string_view function, std::string_view parameter) {
    const std::size_t begin = function.find(parameter) + parameter.size();
    return function.substr(begin, function.find_first_of(";]", begin) - begin);
}

constexpr std::string_view last_word(std::string_view spelled) {
    const std::size_t colon = spelled.rfind(':');
    return colon == std::string_view::npos ? spelled : spelled.substr(colon + 1);
}

// Empty when Value is no enumerator: both compilers then write a cast, "(amer::Language)5".
template <auto Value>
constexpr std::string_view enumerator() {
    const std::string_view spelled = argument_in(function_of_value<Value>(), "Value = ");
    return spelled.front() == '(' ? std::string_view{} : last_word(spelled);
}

inline constexpr std::size_t kMostEnumerators = 48;

template <typename Enum, std::size_t... Values>
constexpr auto all_names(std::index_sequence<Values...>) {
    return std::array<std::string_view, sizeof...(Values)>{
        enumerator<static_cast<Enum>(Values)>()...};
}

template <typename Enum>
constexpr std::size_t count_enumerators() {
    std::size_t named = 0;
    for (const auto name : all_names<Enum>(std::make_index_sequence<kMostEnumerators>{})) {
        if (!name.empty()) ++named;
    }
    return named;
}

}  // namespace reflected

// "AgentTag" of amer::AgentTag.
template <typename Type>
constexpr std::string_view type_name() {
    return reflected::last_word(
        reflected::argument_in(reflected::function_of_type<Type>(), "Type = "));
}

// The enumerators of an enum that counts 0, 1, 2 ... without gaps, in order.
template <typename Enum>
inline constexpr auto kEnumNames = [] {
    constexpr std::size_t kCount = reflected::count_enumerators<Enum>();
    constexpr auto names = reflected::all_names<Enum>(std::make_index_sequence<kCount>{});
    static_assert(kCount > 0 && kCount < reflected::kMostEnumerators && !names.back().empty(),
                  "an enum of the journal counts from 0 without gaps");
    return names;
}();

template <typename Enum>
std::string_view enum_name(Enum value) {
    const auto index = static_cast<std::size_t>(value);
    AMER_CHECK(index < kEnumNames<Enum>.size());
    return kEnumNames<Enum>[index];
}

template <typename Enum>
std::optional<Enum> enum_value(std::string_view name) {
    for (std::size_t index = 0; index < kEnumNames<Enum>.size(); ++index) {
        if (kEnumNames<Enum>[index] == name) return static_cast<Enum>(index);
    }
    return std::nullopt;
}

}  // namespace amer

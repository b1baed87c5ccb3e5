#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <ranges>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/canonical_json.h"
#include "base/fields.h"
#include "base/rng.h"

// For tests: any value of any type that has canonical text, made from its field list. Small
// containers, numbers over their whole range with the edges often, text with what JSON escapes.
namespace amer {

template <typename T>
T arbitrary(Rng& rng);

namespace canonical {

inline std::string arbitrary_text(Rng& rng) {
    static constexpr std::string_view kPieces[] = {
        "a",  "Z",  "7",    " ",    "\"",       "\\",           "/",
        "\n", "\t", "\x01", "\x7f", "\xd8\xa7", "\xe2\x82\xac", "\xf0\x9f\x93\x9e"};
    std::string text;
    for (std::uint64_t left = rng.below(9); left > 0; --left) {
        text += kPieces[rng.below(std::size(kPieces))];
    }
    if (rng.below(20) == 0) text += '\0';
    return text;
}

template <typename T>
T arbitrary_integer(Rng& rng) {
    switch (rng.below(6)) {
        case 0: return std::numeric_limits<T>::min();
        case 1: return std::numeric_limits<T>::max();
        case 2: return static_cast<T>(rng.next());
        default: return static_cast<T>(rng.below(100));
    }
}

inline PhoneNumber arbitrary_number(Rng& rng) {
    if (rng.below(8) == 0) return {};
    return PhoneNumber::parse("+9715" + std::to_string(10'000'000 + rng.below(90'000'000))).value();
}

inline std::chrono::year_month_day arbitrary_day(Rng& rng) {
    return std::chrono::year{static_cast<int>(1900 + rng.below(300))} /
           std::chrono::month{static_cast<unsigned>(1 + rng.below(12))} /
           std::chrono::day{static_cast<unsigned>(1 + rng.below(31))};
}

template <typename Variant, std::size_t... Indices>
Variant arbitrary_alternative(Rng& rng, std::size_t chosen, std::index_sequence<Indices...>) {
    Variant value;
    const auto make = [&]<std::size_t kIndex>() {
        if (chosen == kIndex) {
            value = arbitrary<std::variant_alternative_t<kIndex, Variant>>(rng);
        }
    };
    (make.template operator()<Indices>(), ...);
    return value;
}

template <typename T>
T arbitrary_range(Rng& rng) {
    T range{};
    if constexpr (requires { std::tuple_size<T>::value; }) {
        for (auto& element : range) element = arbitrary<typename T::value_type>(rng);
    } else {
        for (std::uint64_t left = rng.below(4); left > 0; --left) {
            if constexpr (IsMap<T>) {
                auto key = arbitrary<typename T::key_type>(rng);
                range.emplace(std::move(key), arbitrary<typename T::mapped_type>(rng));
            } else {
                range.insert(range.end(), arbitrary<typename T::value_type>(rng));
            }
        }
    }
    return range;
}

}  // namespace canonical

template <typename T>
T arbitrary(Rng& rng) {
    using namespace canonical;
    if constexpr (std::is_same_v<T, bool>) {
        return rng.below(2) == 1;
    } else if constexpr (std::is_enum_v<T>) {
        return static_cast<T>(rng.below(kEnumNames<T>.size()));
    } else if constexpr (std::integral<T>) {
        return arbitrary_integer<T>(rng);
    } else if constexpr (kIsId<T>) {
        return T{arbitrary_integer<std::uint64_t>(rng)};
    } else if constexpr (kIsName<T>) {
        return T{arbitrary_text(rng)};
    } else if constexpr (std::is_same_v<T, PhoneNumber>) {
        return arbitrary_number(rng);
    } else if constexpr (std::is_same_v<T, std::string>) {
        return arbitrary_text(rng);
    } else if constexpr (std::is_same_v<T, Instant>) {
        return Instant{Duration{arbitrary_integer<std::int64_t>(rng)}};
    } else if constexpr (kIsDuration<T>) {
        return T{arbitrary_integer<typename T::rep>(rng)};
    } else if constexpr (std::is_same_v<T, std::chrono::year_month_day>) {
        return arbitrary_day(rng);
    } else if constexpr (kIsOptional<T>) {
        if (rng.below(3) == 0) return std::nullopt;
        return arbitrary<typename T::value_type>(rng);
    } else if constexpr (kIsVariant<T>) {
        return arbitrary_alternative<T>(rng, rng.below(std::variant_size_v<T>),
                                        std::make_index_sequence<std::variant_size_v<T>>{});
    } else if constexpr (kIsPair<T>) {
        auto first = arbitrary<typename T::first_type>(rng);
        return {std::move(first), arbitrary<typename T::second_type>(rng)};
    } else if constexpr (HasFields<T>) {
        T value{};
        const auto one = [&](const auto& field) {
            auto& member = value.*field.member;
            member = arbitrary<std::remove_reference_t<decltype(member)>>(rng);
        };
        std::apply([&](const auto&... field) { (one(field), ...); }, T::fields());
        return value;
    } else {
        return arbitrary_range<T>(rng);
    }
}

}  // namespace amer

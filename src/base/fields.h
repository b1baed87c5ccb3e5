#pragma once

#include <concepts>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace amer {

// One member of a plain struct: its name on the wire and in the journal, and where it is.
template <typename Owner, typename Value>
struct Field {
    std::string_view name;
    Value Owner::*member;
};

template <typename Owner, typename Value>
constexpr Field<Owner, Value> field(std::string_view name, Value Owner::*member) {
    return Field<Owner, Value>{name, member};
}

// A struct that lists its fields: written, read, compared, hashed and documented by that one list.
template <typename T>
concept HasFields = requires {
    T::fields();
    { T::kTypeName } -> std::convertible_to<std::string_view>;
};

}  // namespace amer

// Each level scans four times: lists of up to 80 fields.
// Rescans often enough for 80 fields.
#define AMER_FIELD_EXPAND(...) \
    AMER_FIELD_EXPAND1(AMER_FIELD_EXPAND1(AMER_FIELD_EXPAND1(AMER_FIELD_EXPAND1(__VA_ARGS__))))
#define AMER_FIELD_EXPAND1(...) \
    AMER_FIELD_EXPAND2(AMER_FIELD_EXPAND2(AMER_FIELD_EXPAND2(AMER_FIELD_EXPAND2(__VA_ARGS__))))
#define AMER_FIELD_EXPAND2(...) \
    AMER_FIELD_EXPAND3(AMER_FIELD_EXPAND3(AMER_FIELD_EXPAND3(AMER_FIELD_EXPAND3(__VA_ARGS__))))
#define AMER_FIELD_EXPAND3(...) __VA_ARGS__
#define AMER_FIELD_PARENS ()
#define AMER_FIELD_ONE(Type, name, ...) \
    ::amer::field(#name, &Self::name)   \
        __VA_OPT__(, AMER_FIELD_AGAIN AMER_FIELD_PARENS(Type, __VA_ARGS__))
#define AMER_FIELD_AGAIN() AMER_FIELD_ONE

// Inside a plain struct: names its type and its fields for the journal. Once released, a name
// stays. A template, so that only who asks for the list pays for its tuple: with hundreds of
// structs that was most of what a file cost to compile.
#define AMER_FIELDS(Type, ...)                                                                    \
    static constexpr std::string_view kTypeName = #Type;                                          \
    template <typename Self = Type>                                                               \
    static constexpr auto fields() {                                                              \
        return std::make_tuple(__VA_OPT__(AMER_FIELD_EXPAND(AMER_FIELD_ONE(Type, __VA_ARGS__)))); \
    }                                                                                             \
    bool operator==(const Type&) const = default;

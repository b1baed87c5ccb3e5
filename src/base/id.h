#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace amer {

// A number that names one thing of kind Tag and cannot be mistaken for another kind's.
// Zero names nothing.
template <typename Tag>
struct Id {
    std::uint64_t value = 0;

    explicit operator bool() const { return value != 0; }
    auto operator<=>(const Id&) const = default;
};

// A word from the configuration ("housing-ar") that names one thing of kind Tag.
template <typename Tag>
struct Name {
    std::string value;

    explicit operator bool() const { return !value.empty(); }
    auto operator<=>(const Name&) const = default;
};

}  // namespace amer

template <typename Tag>
struct std::hash<amer::Id<Tag>> {
    std::size_t operator()(const amer::Id<Tag>& id) const noexcept {
        return std::hash<std::uint64_t>{}(id.value);
    }
};

template <typename Tag>
struct std::hash<amer::Name<Tag>> {
    std::size_t operator()(const amer::Name<Tag>& name) const noexcept {
        return std::hash<std::string>{}(name.value);
    }
};

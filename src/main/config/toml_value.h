#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "main/config/problem.h"

namespace amer::config {

struct TomlMember;

// A TOML document as plain data, every value with its place. Keeps the parser, which is slow to
// compile, out of everything else.
struct TomlValue {
    enum class Kind : std::uint8_t { truth, whole, real, text, day, instant, other, list, table };

    Kind kind = Kind::table;
    Place place;
    bool truth = false;
    std::int64_t whole = 0;
    double real = 0;
    std::string text;  // text; day: "2026-11-20"; instant: RFC 3339
    std::vector<TomlValue> items;
    std::vector<TomlMember> members;  // in the order of the file

    const TomlMember* find(std::string_view key) const;
    std::string described() const;  // "the whole number 5", for a sentence that goes on
};

struct TomlMember {
    std::string key;
    Place place;  // of the key
    TomlValue value;
};

// `file` is what problems and places call it.
tl::expected<TomlValue, Problem> parse_toml(std::string_view text, const std::string& file);

}  // namespace amer::config

#include "main/config/toml_value.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include <fmt/format.h>

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace amer::config {
namespace {

Place place_at(const toml::source_position& position, const std::string& file) {
    return {file, position.line, position.column};
}

TomlValue value_from(const toml::node& node, const std::string& file);

std::string text_of(const toml::date_time& instant) {
    const int offset = instant.offset->minutes;
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{:02}:{:02}", instant.date.year,
                       instant.date.month, instant.date.day, instant.time.hour, instant.time.minute,
                       instant.time.second, offset < 0 ? '-' : '+', std::abs(offset) / 60,
                       std::abs(offset) % 60);
}

void fill_table(TomlValue& value, const toml::table& table, const std::string& file) {
    value.kind = TomlValue::Kind::table;
    for (const auto& [key, node] : table) {
        value.members.push_back(
            {std::string{key.str()}, place_at(key.source().begin, file), value_from(node, file)});
    }
    std::sort(value.members.begin(), value.members.end(),
              [](const TomlMember& left, const TomlMember& right) {
                  return std::tie(left.place.line, left.place.column) <
                         std::tie(right.place.line, right.place.column);
              });
}

TomlValue value_from(const toml::node& node, const std::string& file) {
    using Kind = TomlValue::Kind;
    TomlValue value;
    value.place = place_at(node.source().begin, file);
    value.kind = Kind::other;
    if (const auto* table = node.as_table()) {
        fill_table(value, *table, file);
    } else if (const auto* list = node.as_array()) {
        value.kind = Kind::list;
        for (const toml::node& item : *list) value.items.push_back(value_from(item, file));
    } else if (const auto* text = node.as_string()) {
        value.kind = Kind::text;
        value.text = text->get();
    } else if (const auto* whole = node.as_integer()) {
        value.kind = Kind::whole;
        value.whole = whole->get();
    } else if (const auto* real = node.as_floating_point()) {
        value.kind = Kind::real;
        value.real = real->get();
    } else if (const auto* truth = node.as_boolean()) {
        value.kind = Kind::truth;
        value.truth = truth->get();
    } else if (const auto* day = node.as_date()) {
        value.kind = Kind::day;
        value.text =
            fmt::format("{:04}-{:02}-{:02}", day->get().year, day->get().month, day->get().day);
    } else if (const auto* instant = node.as_date_time(); instant && instant->get().offset) {
        value.kind = Kind::instant;
        value.text = text_of(instant->get());
    }
    return value;
}

}  // namespace

const TomlMember* TomlValue::find(std::string_view key) const {
    for (const TomlMember& member : members) {
        if (member.key == key) return &member;
    }
    return nullptr;
}

std::string TomlValue::described() const {
    switch (kind) {
        case Kind::truth: return truth ? "true" : "false";
        case Kind::whole: return fmt::format("the whole number {}", whole);
        case Kind::real: return fmt::format("the number {}", real);
        case Kind::text: return fmt::format("\"{}\"", text);
        case Kind::day: return fmt::format("the date {}", text);
        case Kind::instant: return fmt::format("the instant {}", text);
        case Kind::list: return "a list";
        case Kind::table: return "a table";
        case Kind::other: break;
    }
    return "a time of day, or a time without its offset from UTC";
}

tl::expected<TomlValue, Problem> parse_toml(std::string_view text, const std::string& file) {
    const toml::parse_result parsed = toml::parse(text);
    if (!parsed) {
        const toml::parse_error& error = parsed.error();
        return tl::unexpected<Problem>{{place_at(error.source().begin, file),
                                        fmt::format("not TOML: {}", error.description())}};
    }
    TomlValue value;
    value.place = {file, 1, 1};
    fill_table(value, parsed.table(), file);
    return value;
}

}  // namespace amer::config

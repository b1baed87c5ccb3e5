#include "main/config/table_reader.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "main/instant_text.h"

namespace amer::config {
namespace {

constexpr std::string_view kTimeForm =
    R"(a length of time of at most a day, such as "20s", "5m" or "2h")";
constexpr std::string_view kSpanForm = R"(hours such as "07:30-16:30", or a list of them)";
constexpr std::string_view kDayForm = "a day of the calendar such as 2026-11-20";
constexpr std::string_view kInstantForm =
    "an instant with its offset from UTC such as 2026-11-20T10:00:00+04:00";
constexpr std::string_view kNumberForm =
    R"(a number in international form such as "+971600500500")";
constexpr std::string_view kEndpointForm =
    R"(an address and port such as "127.0.0.1:5060" or "[::1]:5060", or "off")";
constexpr std::string_view kPairForm = R"({ ar = "...", en = "..." })";

// Core names a row by its id, or by its number (core/centre/check_configuration.h).
std::string path_of_row(const TomlValue& row, std::string_view core_name, std::size_t index) {
    for (const std::string_view key : {"id", "number"}) {
        const TomlMember* member = row.find(key);
        if (member != nullptr && member->value.kind == TomlValue::Kind::text) {
            return fmt::format("{}.{}", core_name, member->value.text);
        }
    }
    return fmt::format("{}[{}]", core_name, index);
}

}  // namespace

TableReader::TableReader(const TomlValue& table, std::string path, Findings& findings)
    : table_{&table}, path_{std::move(path)}, findings_{&findings} {
    findings_->remember(path_, table.place);
}

const TomlValue* TableReader::look(std::string_view key) {
    asked_.emplace_back(key);
    const TomlMember* member = table_->find(key);
    if (member == nullptr) return nullptr;
    const std::string dot = path_.empty() ? "" : ".";
    findings_->remember(fmt::format("{}{}{}", path_, dot, key), member->value.place);
    return &member->value;
}

const TomlValue* TableReader::demand(std::string_view key, std::string_view expected) {
    const TomlValue* value = look(key);
    if (value == nullptr) {
        findings_->add(table_->place, fmt::format("'{}' is missing: expected {}", key, expected));
    }
    return value;
}

void TableReader::expect(const TomlValue& value, std::string_view key, std::string_view expected) {
    findings_->add(value.place,
                   fmt::format("'{}' is {}: expected {}", key, value.described(), expected));
}

void TableReader::refuse(std::string_view key, std::string text) {
    const TomlMember* member = table_->find(key);
    findings_->add(member != nullptr ? member->value.place : table_->place, std::move(text));
}

void TableReader::refuse_choice(std::string_view key, const std::vector<std::string>& names) {
    const TomlMember* member = table_->find(key);
    if (member == nullptr || member->value.kind != TomlValue::Kind::text) return;  // said already
    expect(member->value, key, fmt::format("one of {}", fmt::join(names, ", ")));
}

std::string TableReader::text(std::string_view key) {
    const TomlValue* value = demand(key, "a text");
    if (value == nullptr) return "";
    if (value->kind == TomlValue::Kind::text && !value->text.empty()) return value->text;
    expect(*value, key, "a text that is not empty");
    return "";
}

std::string TableReader::text(std::string_view key, std::string fallback) {
    const TomlValue* value = look(key);
    if (value == nullptr) return fallback;
    if (value->kind == TomlValue::Kind::text) return value->text;
    expect(*value, key, "a text");
    return fallback;
}

std::vector<std::string> TableReader::texts_of(const TomlValue& value, std::string_view key) {
    std::vector<std::string> all;
    const bool is_list = value.kind == TomlValue::Kind::list;
    if (!is_list) expect(value, key, "a list of texts such as [\"a\", \"b\"]");
    for (const TomlValue& item : value.items) {
        if (item.kind == TomlValue::Kind::text && !item.text.empty()) {
            findings_->remember(fmt::format("{}.{}[{}]", path_, key, all.size()), item.place);
            all.push_back(item.text);
        } else {
            expect(item, key, "only texts that are not empty in this list");
        }
    }
    return all;
}

std::vector<std::string> TableReader::texts(std::string_view key) {
    const TomlValue* value = demand(key, "a list of texts");
    return value == nullptr ? std::vector<std::string>{} : texts_of(*value, key);
}

std::vector<std::string> TableReader::texts(std::string_view key,
                                            std::vector<std::string> fallback) {
    const TomlValue* value = look(key);
    return value == nullptr ? fallback : texts_of(*value, key);
}

bool TableReader::truth(std::string_view key, bool fallback) {
    const TomlValue* value = look(key);
    if (value == nullptr) return fallback;
    if (value->kind == TomlValue::Kind::truth) return value->truth;
    expect(*value, key, "true or false");
    return fallback;
}

std::int64_t TableReader::whole(std::string_view key, std::int64_t fallback, std::int64_t low,
                                std::int64_t high) {
    const TomlValue* value = look(key);
    if (value == nullptr) return fallback;
    if (value->kind == TomlValue::Kind::whole && value->whole >= low && value->whole <= high) {
        return value->whole;
    }
    expect(*value, key, fmt::format("a whole number from {} to {}", low, high));
    return fallback;
}

std::int32_t TableReader::milliseconds(std::string_view key, std::int32_t fallback) {
    const TomlValue* value = look(key);
    if (value == nullptr) return fallback;
    findings_->remember(fmt::format("{}.{}_ms", path_, key), value->place);
    if (value->kind == TomlValue::Kind::text) {
        if (const auto length = milliseconds_from(value->text)) return *length;
    }
    expect(*value, key, kTimeForm);
    return fallback;
}

centre::TextPair TableReader::text_pair(std::string_view key) {
    const TomlValue* value = demand(key, kPairForm);
    if (value == nullptr) return {};
    if (value->kind != TomlValue::Kind::table) {
        expect(*value, key, kPairForm);
        return {};
    }
    TableReader reader{*value, fmt::format("{}.{}", path_, key), *findings_};
    centre::TextPair pair{reader.text("ar"), reader.text("en")};
    reader.finish();
    return pair;
}

calendar::LocalDay TableReader::day(std::string_view key) {
    const TomlValue* value = demand(key, kDayForm);
    if (value == nullptr) return kNoDay;
    if (value->kind == TomlValue::Kind::day || value->kind == TomlValue::Kind::text) {
        if (const auto day = day_from(value->text)) return *day;
    }
    expect(*value, key, kDayForm);
    return kNoDay;
}

Instant TableReader::instant(std::string_view key) {
    const TomlValue* value = demand(key, kInstantForm);
    if (value == nullptr) return {};
    if (value->kind == TomlValue::Kind::instant) {
        if (const auto instant = parse_instant(value->text)) return *instant;
    }
    expect(*value, key, kInstantForm);
    return {};
}

std::vector<calendar::OpenSpan> TableReader::spans(std::string_view key) {
    const TomlValue* value = look(key);
    if (value == nullptr) return {};
    const bool is_list = value->kind == TomlValue::Kind::list;
    std::vector<calendar::OpenSpan> all;
    for (const TomlValue& item : is_list ? value->items : std::vector<TomlValue>{*value}) {
        const auto span = item.kind == TomlValue::Kind::text ? span_from(item.text) : std::nullopt;
        if (!span) {
            expect(item, key, kSpanForm);
        } else if (!all.empty() && span->from_minute < all.back().until_minute) {
            expect(item, key, "hours that begin after the ones before them");
        } else {
            all.push_back(*span);
        }
    }
    return all;
}

PhoneNumber TableReader::number(std::string_view key) {
    const TomlValue* value = demand(key, kNumberForm);
    if (value == nullptr) return {};
    if (value->kind == TomlValue::Kind::text) {
        if (const auto number = PhoneNumber::parse(value->text)) return *number;
    }
    expect(*value, key, kNumberForm);
    return {};
}

std::vector<PhoneNumber> TableReader::numbers(std::string_view key) {
    std::vector<PhoneNumber> all;
    for (const std::string& text : texts(key, {})) {
        if (const auto number = PhoneNumber::parse(text)) {
            all.push_back(*number);
        } else {
            refuse(key, fmt::format("'{}' has \"{}\": expected {}", key, text, kNumberForm));
        }
    }
    return all;
}

std::optional<sip::Endpoint> TableReader::endpoint(std::string_view key,
                                                   std::optional<sip::Endpoint> fallback) {
    const TomlValue* value = look(key);
    if (value == nullptr) return fallback;
    if (value->kind == TomlValue::Kind::text) {
        if (value->text == "off") return std::nullopt;
        if (auto endpoint = endpoint_from(value->text)) return endpoint;
    }
    expect(*value, key, kEndpointForm);
    return fallback;
}

std::optional<TableReader> TableReader::table(std::string_view key, std::string_view core_name) {
    const TomlValue* value = look(key);
    if (value == nullptr) return std::nullopt;
    if (value->kind != TomlValue::Kind::table) {
        expect(*value, key, fmt::format("a table [{}]", key));
        return std::nullopt;
    }
    return TableReader{*value, std::string{core_name}, *findings_};
}

std::vector<TableReader> TableReader::rows(std::string_view key, std::string_view core_name) {
    const TomlValue* value = look(key);
    std::vector<TableReader> all;
    if (value == nullptr) return all;
    if (value->kind != TomlValue::Kind::list) {
        expect(*value, key, fmt::format("rows that each begin with [[{}]]", key));
        return all;
    }
    findings_->remember(std::string{core_name}, value->place);
    for (const TomlValue& item : value->items) {
        if (item.kind == TomlValue::Kind::table) {
            all.emplace_back(item, path_of_row(item, core_name, all.size()), *findings_);
        } else {
            expect(item, key, fmt::format("rows that each begin with [[{}]]", key));
        }
    }
    return all;
}

std::vector<std::pair<std::string, std::string>> TableReader::word_map(std::string_view key,
                                                                       std::string_view core_name) {
    const TomlValue* value = look(key);
    std::vector<std::pair<std::string, std::string>> all;
    if (value == nullptr) return all;
    if (value->kind != TomlValue::Kind::table) {
        expect(*value, key, R"(a table such as { "1" = "housing", "*" = "back" })");
        return all;
    }
    for (const TomlMember& member : value->members) {
        if (member.value.kind == TomlValue::Kind::text) {
            findings_->remember(fmt::format("{}.{}", core_name, member.key), member.value.place);
            all.emplace_back(member.key, member.value.text);
        } else {
            expect(member.value, member.key, "a text");
        }
    }
    return all;
}

void TableReader::finish() {
    for (const TomlMember& member : table_->members) {
        if (std::find(asked_.begin(), asked_.end(), member.key) != asked_.end()) continue;
        const std::string meant = nearest(member.key, asked_);
        if (!meant.empty()) {
            findings_->add(member.place, fmt::format("'{}' is not known here: did you mean '{}'?",
                                                     member.key, meant));
        } else {
            findings_->add(member.place, fmt::format("'{}' is not known here: expected one of {}",
                                                     member.key, fmt::join(asked_, ", ")));
        }
    }
}

}  // namespace amer::config

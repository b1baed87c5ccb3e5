#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/centre/configuration.h"
#include "main/config/problem.h"
#include "main/config/toml_value.h"
#include "sip/transport/flow.h"

namespace amer::config {

// What day() returns in place of a wrong one.
inline constexpr calendar::LocalDay kNoDay{std::chrono::year{0}, std::chrono::January,
                                           std::chrono::day{1}};

// Reads one TOML table key by key. A wrong or missing value becomes a problem (file, line, what was
// expected) and a harmless value is returned, so that one pass finds everything; finish() reports
// the keys nobody asked for. `path` is what core calls this table ("queues.housing").
// The plain form of a reading demands the key; the form with a fallback does not.
class TableReader {
public:
    TableReader(const TomlValue& table, std::string path, Findings& findings);

    std::string text(std::string_view key);
    std::string text(std::string_view key, std::string fallback);
    std::vector<std::string> texts(std::string_view key);
    std::vector<std::string> texts(std::string_view key, std::vector<std::string> fallback);
    bool truth(std::string_view key, bool fallback);
    std::int64_t whole(std::string_view key, std::int64_t fallback, std::int64_t low,
                       std::int64_t high);
    // A text such as "20s", "1500ms", "5m", "2h", at most a day, as milliseconds. Core calls the
    // same value `key`_ms.
    std::int32_t milliseconds(std::string_view key, std::int32_t fallback);
    centre::TextPair text_pair(std::string_view key);
    calendar::LocalDay day(std::string_view key);
    Instant instant(std::string_view key);
    // "07:30-16:30", or a list of such; nothing when the key is absent.
    std::vector<calendar::OpenSpan> spans(std::string_view key);
    PhoneNumber number(std::string_view key);
    std::vector<PhoneNumber> numbers(std::string_view key);  // none when absent
    // "127.0.0.1:5060", "[::1]:5060", or "off" for nothing.
    std::optional<sip::Endpoint> endpoint(std::string_view key,
                                          std::optional<sip::Endpoint> fallback);

    template <typename Named>
    Named name(std::string_view key) {
        return Named{text(key)};
    }
    template <typename Named>
    Named name(std::string_view key, const Named& fallback) {
        return Named{text(key, fallback.value)};
    }
    template <typename Named>
    std::vector<Named> names(std::string_view key) {
        std::vector<Named> all;
        for (std::string& word : texts(key)) all.push_back(Named{std::move(word)});
        return all;
    }
    template <typename Named>
    std::vector<Named> names_or_none(std::string_view key) {
        std::vector<Named> all;
        for (std::string& word : texts(key, {})) all.push_back(Named{std::move(word)});
        return all;
    }
    template <typename Choice>
    using Choices = std::vector<std::pair<std::string, Choice>>;
    // One of the listed words; `otherwise` after a problem.
    template <typename Choice>
    Choice choice(std::string_view key, const Choices<Choice>& choices, Choice otherwise) {
        return choice_of(text(key), key, choices, otherwise);
    }

    // The same, `fallback` (one of the words) when the key is absent.
    template <typename Choice>
    Choice choice(std::string_view key, const Choices<Choice>& choices, Choice otherwise,
                  std::string fallback) {
        return choice_of(text(key, std::move(fallback)), key, choices, otherwise);
    }

    // A table within; nothing when absent.
    std::optional<TableReader> table(std::string_view key, std::string_view core_name);
    // [[key]] rows; core calls them core_name.<id>.
    std::vector<TableReader> rows(std::string_view key, std::string_view core_name);
    // A table whose keys are data (menu keys); remembered as core_name.key.
    std::vector<std::pair<std::string, std::string>> word_map(std::string_view key,
                                                              std::string_view core_name);

    bool has(std::string_view key) const { return table_->find(key) != nullptr; }

    // Says that the value of `key` (or the whole table, "") is wrong.
    void refuse(std::string_view key, std::string text);
    void finish();

    const std::string& path() const { return path_; }

private:
    const TomlValue* look(std::string_view key);
    const TomlValue* demand(std::string_view key, std::string_view expected);
    void expect(const TomlValue& value, std::string_view key, std::string_view expected);
    template <typename Choice>
    Choice choice_of(const std::string& word, std::string_view key, const Choices<Choice>& choices,
                     Choice otherwise) {
        std::vector<std::string> names;
        for (const auto& [name, value] : choices) {
            if (name == word) return value;
            names.push_back(name);
        }
        refuse_choice(key, names);
        return otherwise;
    }
    void refuse_choice(std::string_view key, const std::vector<std::string>& names);
    std::vector<std::string> texts_of(const TomlValue& value, std::string_view key);

    const TomlValue* table_;
    std::string path_;
    Findings* findings_;
    std::vector<std::string> asked_;
};

// The forms of text that the files use; nothing when the text has not that form.
std::optional<std::int32_t> milliseconds_from(std::string_view text);
// "07:30" as minutes since midnight; "24:00" is the end of the day.
std::optional<std::int32_t> minute_from(std::string_view text);
std::optional<calendar::OpenSpan> span_from(std::string_view text);
std::optional<calendar::LocalDay> day_from(std::string_view text);
std::optional<sip::Endpoint> endpoint_from(std::string_view text);
std::optional<std::int32_t> offset_minutes_from(std::string_view text);  // "+04:00"

}  // namespace amer::config

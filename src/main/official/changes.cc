#include "main/official/changes.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/reflected_name.h"
#include "main/official/day_words.h"

namespace amer::official {
namespace {

using calendar::Calendar;
using calendar::LocalDay;

// A feast of the same name in another year is another row.
constexpr std::chrono::days kSameRow{60};

struct RowWords {
    std::string title;  // what stays when it is changed
    std::string text;
    LocalDay first;
};

std::string with_scope(std::string title, const calendar::Scope& scope) {
    const std::string where = scope_text(scope);
    return where.empty() ? title : fmt::format("{} of {}", title, where);
}

std::string week_text(const calendar::WeekHours& hours) {
    std::string text;
    for (std::size_t weekday = 0; weekday < hours.size(); ++weekday) {
        if (hours[weekday].empty()) continue;
        const LocalDay day{std::chrono::sys_days{std::chrono::days{3 + weekday}}};  // from a Sunday
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", weekday_of(day),
                            spans_text(hours[weekday]));
    }
    return text.empty() ? "closed" : text;
}

RowWords words_of(const Calendar& /*calendar*/, const calendar::ZoneRule& row) {
    const LocalDay day{std::chrono::floor<std::chrono::days>(row.from)};
    return {"the offset from UTC",
            fmt::format("{} minutes from {}", row.offset_minutes, calendar::text_of(day)), day};
}

RowWords words_of(const Calendar& /*calendar*/, const calendar::WeeklyProfile& row) {
    return {with_scope("weekly hours", row.scope),
            fmt::format("from {}: {}", calendar::text_of(row.effective_from), week_text(row.hours)),
            row.effective_from};
}

RowWords words_of(const Calendar& /*calendar*/, const calendar::DatedProfile& row) {
    return {with_scope(fmt::format("hours '{}'", row.name), row.scope),
            fmt::format("{}: {}", days_text(row.first_day, row.last_day), week_text(row.hours)),
            row.first_day};
}

RowWords words_of(const Calendar& /*calendar*/, const calendar::Holiday& row) {
    return {with_scope(fmt::format("holiday '{}'", row.id), row.scope),
            fmt::format("{}, {}", days_text(row.first_day, row.last_day), enum_name(row.status)),
            row.first_day};
}

RowWords words_of(const Calendar& calendar, const calendar::Closure& row) {
    const bool is_called_off = row.from == row.until;
    return {with_scope(fmt::format("closure '{}'", row.id), row.scope),
            is_called_off ? "called off"
                          : fmt::format("from {} until {}, {}", text_of(calendar, row.from),
                                        text_of(calendar, row.until), row.name_en),
            calendar::local_time(calendar, row.from).day};
}

template <typename Row>
std::vector<Row> rows_only_in(const std::vector<Row>& these, const std::vector<Row>& others) {
    std::vector<Row> only;
    for (const Row& row : these) {
        if (std::find(others.begin(), others.end(), row) == others.end()) only.push_back(row);
    }
    return only;
}

class Comparison {
public:
    Comparison(const Calendar& before, const Calendar& after) : before_{before}, after_{after} {}

    template <typename Row>
    void compare(std::vector<Row> Calendar::*rows) {
        std::vector<RowWords> gone;
        for (const Row& row : rows_only_in(before_.*rows, after_.*rows)) {
            gone.push_back(words_of(before_, row));
        }
        for (const Row& row : rows_only_in(after_.*rows, before_.*rows)) {
            const RowWords now = words_of(after_, row);
            const auto was = find_same(gone, now);
            if (was == gone.end()) {
                said_.push_back(fmt::format("{} added: {}", now.title, now.text));
                continue;
            }
            said_.push_back(was->text == now.text
                                ? fmt::format("{}, {}: its wording changed", now.title, now.text)
                                : fmt::format("{} changed: it was {}; it is {}", now.title,
                                              was->text, now.text));
            gone.erase(was);
        }
        for (const RowWords& row : gone) {
            said_.push_back(fmt::format("{} removed: {}", row.title, row.text));
        }
    }

    std::vector<std::string> said() && { return std::move(said_); }

private:
    static std::vector<RowWords>::iterator find_same(std::vector<RowWords>& gone,
                                                     const RowWords& now) {
        return std::find_if(gone.begin(), gone.end(), [&](const RowWords& was) {
            const auto apart = std::chrono::abs(std::chrono::sys_days{was.first} -
                                                std::chrono::sys_days{now.first});
            return was.title == now.title && apart <= kSameRow;
        });
    }

    const Calendar& before_;
    const Calendar& after_;
    std::vector<std::string> said_;
};

}  // namespace

std::vector<std::string> changes_between(const Calendar& before, const Calendar& after) {
    Comparison comparison{before, after};
    comparison.compare(&Calendar::zone);
    comparison.compare(&Calendar::weekly);
    comparison.compare(&Calendar::dated);
    comparison.compare(&Calendar::holidays);
    comparison.compare(&Calendar::closures);
    return std::move(comparison).said();
}

}  // namespace amer::official

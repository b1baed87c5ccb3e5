#include <fmt/format.h>

#include <cstdlib>

#include "core/calendar/calendar.h"

namespace amer::calendar {
namespace {

constexpr std::int32_t kMinutesOfDay = 24 * 60;
constexpr std::int32_t kWidestOffset = 18 * 60;  // as the tz database allows itself
constexpr int kEarliestYear = 1900;
constexpr int kLatestYear = 2200;

bool is_usable(LocalDay day) {
    return day.ok() && int{day.year()} >= kEarliestYear && int{day.year()} <= kLatestYear;
}

std::string text_of(LocalDay day) {
    return fmt::format("{:04}-{:02}-{:02}", int{day.year()}, unsigned{day.month()},
                       unsigned{day.day()});
}

void check_hours(const std::string& of, const WeekHours& hours, std::vector<std::string>& found) {
    for (const std::vector<OpenSpan>& spans : hours) {
        for (const OpenSpan& span : spans) {
            const bool is_span = 0 <= span.from_minute && span.from_minute < span.until_minute &&
                                 span.until_minute <= kMinutesOfDay;
            if (is_span) continue;
            found.push_back(fmt::format("{}: hours from minute {} to {} are none of a day", of,
                                        span.from_minute, span.until_minute));
        }
    }
}

void check_days(const std::string& of, LocalDay first, LocalDay last,
                std::vector<std::string>& found) {
    if (is_usable(first) && is_usable(last) && first <= last) return;
    found.push_back(
        fmt::format("{}: {} to {} is no stretch of days", of, text_of(first), text_of(last)));
}

}  // namespace

std::vector<std::string> complaints(const Calendar& calendar) {
    std::vector<std::string> found;
    if (calendar.zone.empty()) found.emplace_back("the calendar has no zone rule");
    for (std::size_t i = 0; i < calendar.zone.size(); i++) {
        const ZoneRule& rule = calendar.zone[i];
        if (i > 0 && rule.from <= calendar.zone[i - 1].from) {
            found.emplace_back("zone rules are not in order of time");
        }
        if (std::abs(rule.offset_minutes) > kWidestOffset) {
            found.push_back(fmt::format("zone offset of {} minutes", rule.offset_minutes));
        }
    }
    if (calendar.weekly.empty()) found.emplace_back("the calendar has no weekly hours");
    for (const WeeklyProfile& profile : calendar.weekly) {
        check_days("weekly hours", profile.effective_from, profile.effective_from, found);
        check_hours("weekly hours", profile.hours, found);
    }
    for (const DatedProfile& profile : calendar.dated) {
        const std::string of = fmt::format("profile \"{}\"", profile.name);
        check_days(of, profile.first_day, profile.last_day, found);
        check_hours(of, profile.hours, found);
    }
    for (const Holiday& holiday : calendar.holidays) {
        check_days(fmt::format("holiday \"{}\"", holiday.id), holiday.first_day, holiday.last_day,
                   found);
    }
    for (const Closure& closure : calendar.closures) {
        if (closure.from > closure.until) {  // equal: it was called off
            found.push_back(fmt::format("closure \"{}\" ends before it begins", closure.id));
        }
    }
    return found;
}

}  // namespace amer::calendar

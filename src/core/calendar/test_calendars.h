#pragma once

#include <doctest/doctest.h>

#include <cstdio>

#include "core/calendar/calendar.h"

// The ministry's calendar in the words of the tests: days as "2016-06-02", wall times of
// Asia/Dubai as "2016-06-02 18:00" or with seconds.
namespace amer::calendar::test {

inline LocalDay day(const char* text) {
    int year = 0;
    unsigned month = 0;
    unsigned day_of_month = 0;
    REQUIRE(std::sscanf(text, "%d-%u-%u", &year, &month, &day_of_month) == 3);
    return LocalDay{std::chrono::year{year}, std::chrono::month{month},
                    std::chrono::day{day_of_month}};
}

// Reckoned by hand, not by the code under test: Dubai is four hours ahead of UTC.
inline Instant dubai(const char* text) {
    int hour = 0;
    int minute = 0;
    int second = 0;
    REQUIRE(std::sscanf(text, "%*d-%*d-%*d %d:%d:%d", &hour, &minute, &second) >= 2);
    return std::chrono::sys_days{day(text)} + std::chrono::hours{hour - 4} +
           std::chrono::minutes{minute} + std::chrono::seconds{second};
}

inline OpenSpan span(int from_hour, int from_minute, int until_hour, int until_minute) {
    return OpenSpan{from_hour * 60 + from_minute, until_hour * 60 + until_minute};
}

// The same span on these weekdays, 0 = Sunday.
inline WeekHours on(std::initializer_list<std::size_t> weekdays, OpenSpan hours) {
    WeekHours week;
    for (const std::size_t weekday : weekdays) {
        week[weekday] = {hours};
    }
    return week;
}

// Sunday to Thursday until the end of 2021, Monday to Friday noon since (domain.md section 3).
inline Calendar ministry() {
    Calendar calendar;
    calendar.name = "official";
    calendar.version = 1;
    calendar.zone = {ZoneRule{Instant{}, 240}};
    WeekHours new_week = on({1, 2, 3, 4}, span(7, 30, 16, 30));
    new_week[5] = {span(7, 30, 12, 0)};
    calendar.weekly = {
        WeeklyProfile{day("1972-04-01"), on({0, 1, 2, 3, 4}, span(7, 30, 16, 30))},
        WeeklyProfile{day("2022-01-01"), new_week},
    };
    return calendar;
}

inline Holiday holiday(const char* first, const char* last,
                       HolidayStatus status = HolidayStatus::announced) {
    Holiday row;
    row.id = first;
    row.name_en = "a holiday";
    row.first_day = day(first);
    row.last_day = day(last);
    row.status = status;
    return row;
}

inline Calendar ministry_with(std::initializer_list<Holiday> holidays) {
    Calendar calendar = ministry();
    calendar.holidays = holidays;
    return calendar;
}

// "from 2016-06-05 07:30, due 16:30": the opening, and the end of that day's hours.
inline void check_return(const Calendar& calendar, const char* call, const char* opening,
                         const char* due) {
    CAPTURE(call);
    CHECK_FALSE(is_open(calendar, dubai(call)));
    const auto window = next_opening(calendar, dubai(call));
    REQUIRE(window);
    CHECK(window->from == dubai(opening));
    CHECK(window->until == dubai(due));
    CHECK(is_open(calendar, window->from));
}

}  // namespace amer::calendar::test

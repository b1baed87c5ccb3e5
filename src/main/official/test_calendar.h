#pragma once

#include <doctest/doctest.h>

#include "core/calendar/calendar.h"
#include "main/config/table_reader.h"

// A small calendar for the stories of this folder: Monday to Friday of Dubai since 2022.
namespace amer::official::test {

inline calendar::LocalDay day(const char* text) {
    const auto day = config::day_from(text);
    REQUIRE(day);
    return *day;
}

inline calendar::Calendar week() {
    calendar::Calendar calendar;
    calendar.name = "official";
    calendar.zone = {{Instant{}, 240}};
    calendar.weekly = {{day("2022-01-01"), {}}};
    for (std::size_t weekday = 1; weekday <= 5; ++weekday) {
        calendar.weekly[0].hours[weekday] = {{7 * 60 + 30, 16 * 60 + 30}};
    }
    return calendar;
}

inline calendar::Holiday holiday(
    const char* id, const char* first, const char* last,
    calendar::HolidayStatus status = calendar::HolidayStatus::announced) {
    calendar::Holiday row;
    row.id = id;
    row.name_ar = "عطلة";
    row.name_en = "a holiday";
    row.first_day = day(first);
    row.last_day = day(last);
    row.status = status;
    row.source = "the gazette";
    return row;
}

}  // namespace amer::official::test

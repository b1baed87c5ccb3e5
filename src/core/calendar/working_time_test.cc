#include "core/calendar/working_time.h"

#include "core/calendar/test_calendars.h"

using namespace amer::calendar;
using namespace amer::calendar::test;
using amer::Duration;
using namespace std::chrono_literals;

TEST_CASE("the day after the start is the first working day, whenever on its day it started") {
    const Calendar calendar = ministry();
    for (const char* from : {"2026-11-19 06:00", "2026-11-19 10:00", "2026-11-19 23:59"}) {
        CAPTURE(from);
        CHECK(end_of_working_day(calendar, dubai(from), 1) == dubai("2026-11-20 12:00"));
        CHECK(end_of_working_day(calendar, dubai(from), 2) == dubai("2026-11-23 16:30"));
        CHECK(end_of_working_day(calendar, dubai(from), 5) == dubai("2026-11-26 16:30"));
    }
}

TEST_CASE("holidays, weekends and closed days do not count; a shortened day does") {
    Calendar calendar = ministry();
    calendar.holidays = {holiday("2026-12-02", "2026-12-03")};
    // Tuesday; Wednesday and Thursday are free, Friday is the first.
    CHECK(end_of_working_day(calendar, dubai("2026-12-01 10:00"), 1) == dubai("2026-12-04 12:00"));
    CHECK(end_of_working_day(calendar, dubai("2026-12-01 10:00"), 2) == dubai("2026-12-07 16:30"));
    calendar.closures = {
        Closure{"storm", "", "", dubai("2026-12-04 00:00"), dubai("2026-12-04 10:00"), ""},
        Closure{"flood", "", "", dubai("2026-12-07 00:00"), dubai("2026-12-08 00:00"), ""}};
    CHECK(end_of_working_day(calendar, dubai("2026-12-01 10:00"), 1) == dubai("2026-12-04 12:00"));
    CHECK(end_of_working_day(calendar, dubai("2026-12-01 10:00"), 2) == dubai("2026-12-08 16:30"));
}

TEST_CASE("a hundred working days are twenty weeks, however many days between them are free") {
    CHECK(end_of_working_day(ministry(), dubai("2026-11-19 10:00"), 100) ==
          dubai("2027-04-08 16:30"));
}

TEST_CASE("open hours are counted over the evening, the weekend and a holiday") {
    Calendar calendar = ministry();
    calendar.holidays = {holiday("2026-11-23", "2026-11-23")};
    const auto thursday = dubai("2026-11-19 15:30");
    CHECK(after_open_time(calendar, thursday, 0s) == thursday);
    CHECK(after_open_time(calendar, thursday, 1h) == dubai("2026-11-19 16:30"));
    CHECK(after_open_time(calendar, thursday, 61min) == dubai("2026-11-20 07:31"));
    // 1 h, 4.5 h of Friday, and from Tuesday on the rest.
    CHECK(after_open_time(calendar, thursday, 8h) == dubai("2026-11-24 10:00"));
    CHECK(after_open_time(calendar, dubai("2026-11-21 12:00"), 1s) == dubai("2026-11-24 07:30:01"));
    CHECK(open_time_between(calendar, thursday, dubai("2026-11-24 10:00")) == Duration{8h});
    CHECK(open_time_between(calendar, dubai("2026-11-20 12:00"), dubai("2026-11-24 07:30")) ==
          Duration::zero());
}

TEST_CASE(
    "where nothing opens for more than thirty days there is no answer, and no endless search") {
    Calendar calendar = ministry();
    calendar.holidays = {holiday("2026-11-20", "2027-01-31")};
    CHECK_FALSE(end_of_working_day(calendar, dubai("2026-11-19 10:00"), 1));
    CHECK_FALSE(after_open_time(calendar, dubai("2026-11-19 15:30"), 61min));
    // What is asked of a past with such a gap is still counted.
    CHECK(open_time_between(calendar, dubai("2026-11-19 15:30"), dubai("2027-02-01 08:30")) ==
          Duration{2h});
}

TEST_CASE("round the clock every hour counts") {
    Calendar calendar = ministry();
    calendar.weekly = {
        WeeklyProfile{day("2020-01-01"), on({0, 1, 2, 3, 4, 5, 6}, span(0, 0, 24, 0))}};
    const auto now = dubai("2026-11-19 15:30");
    CHECK(after_open_time(calendar, now, 100 * 24h) == now + 100 * 24h);
    CHECK(end_of_working_day(calendar, now, 2) == dubai("2026-11-22 00:00"));
    CHECK(open_time_between(calendar, now, now + 100 * 24h) == Duration{100 * 24h});
}

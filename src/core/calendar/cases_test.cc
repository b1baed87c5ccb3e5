// The nineteen cases of the official calendar, each under its number (domain.md section 3). The
// expected days were reckoned elsewhere and are given here as values.
#include "core/calendar/test_calendars.h"

using namespace amer::calendar;
using namespace amer::calendar::test;

namespace {

WeekHours ramadan_until_2021() { return on({0, 1, 2, 3, 4}, span(9, 0, 14, 0)); }

WeekHours ramadan_since_2023() {
    WeekHours hours = on({1, 2, 3, 4}, span(9, 0, 14, 30));
    hours[5] = {span(9, 0, 12, 0)};
    return hours;
}

}  // namespace

TEST_CASE("case 1: Thursday evening is returned on Sunday in the old week") {
    check_return(ministry(), "2016-06-02 18:00", "2016-06-05 07:30", "2016-06-05 16:30");
}

TEST_CASE("case 2: the last second of Thursday is open") {
    CHECK(is_open(ministry(), dubai("2016-06-02 16:29:59")));
    CHECK(closing_of(ministry(), dubai("2016-06-02 16:29:59")) == dubai("2016-06-02 16:30"));
}

TEST_CASE("case 3: 16:30:00 is closed") {
    check_return(ministry(), "2016-06-02 16:30:00", "2016-06-05 07:30", "2016-06-05 16:30");
}

TEST_CASE("case 4: Friday was weekend in the old week") {
    check_return(ministry(), "2016-06-03 11:00", "2016-06-05 07:30", "2016-06-05 16:30");
}

TEST_CASE("case 5: half past midnight is returned the same local day, whatever the UTC day is") {
    using std::chrono::sys_days;
    CHECK(dubai("2016-06-05 00:30") == sys_days{day("2016-06-04")} + std::chrono::minutes{1230});
    check_return(ministry(), "2016-06-05 00:30", "2016-06-05 07:30", "2016-06-05 16:30");
}

TEST_CASE("case 6: the first day of Ramadan opens at nine") {
    Calendar calendar = ministry();
    calendar.dated = {
        DatedProfile{"Ramadan", day("2016-06-06"), day("2016-07-05"), ramadan_until_2021()}};
    check_return(calendar, "2016-06-05 17:00", "2016-06-06 09:00", "2016-06-06 14:00");
}

TEST_CASE("case 7: a holiday moved from Wednesday to Thursday leaves Wednesday open") {
    const Calendar calendar = ministry_with({holiday("2016-05-05", "2016-05-05")});
    CHECK(is_open(calendar, dubai("2016-05-04 10:00")));
    check_return(calendar, "2016-05-04 20:00", "2016-05-08 07:30", "2016-05-08 16:30");
}

TEST_CASE("case 8: an Eid week between two weekends is ten days") {
    check_return(ministry_with({holiday("2016-09-11", "2016-09-15")}), "2016-09-08 17:00",
                 "2016-09-18 07:30", "2016-09-18 16:30");
}

TEST_CASE("case 9: new year's day on a Sunday") {
    check_return(ministry_with({holiday("2017-01-01", "2017-01-01")}), "2016-12-29 17:00",
                 "2017-01-02 07:30", "2017-01-02 16:30");
}

TEST_CASE("case 10: the announced Hijri new year counts, not the computed one") {
    const Calendar calendar = ministry_with({holiday("2018-09-13", "2018-09-13")});
    CHECK(is_open(calendar, dubai("2018-09-11 10:00")));
    check_return(calendar, "2018-09-12 17:00", "2018-09-16 07:30", "2018-09-16 16:30");
}

TEST_CASE("case 11: over the change of the working week") {
    check_return(ministry_with({holiday("2022-01-01", "2022-01-01")}), "2021-12-30 18:00",
                 "2022-01-03 07:30", "2022-01-03 16:30");
}

TEST_CASE("case 12: Friday afternoon before an Eid week") {
    check_return(ministry_with({holiday("2024-04-08", "2024-04-14")}), "2024-04-05 13:00",
                 "2024-04-15 07:30", "2024-04-15 16:30");
}

TEST_CASE("case 13: Arafat on a Saturday and Eid until Tuesday") {
    check_return(ministry_with({holiday("2024-06-15", "2024-06-18")}), "2024-06-14 12:30",
                 "2024-06-19 07:30", "2024-06-19 16:30");
}

TEST_CASE("case 14: the end of Ramadan, with 29 days and with 30") {
    Calendar calendar = ministry_with({holiday("2025-03-30", "2025-04-01")});
    calendar.dated = {
        DatedProfile{"Ramadan", day("2025-03-01"), day("2025-03-29"), ramadan_since_2023()}};
    check_return(calendar, "2025-03-28 12:30", "2025-04-02 07:30", "2025-04-02 16:30");

    calendar.holidays = {holiday("2025-03-30", "2025-04-02")};
    calendar.dated[0].last_day = day("2025-03-30");
    check_return(calendar, "2025-03-28 12:30", "2025-04-03 07:30", "2025-04-03 16:30");
}

TEST_CASE("case 15: the Prophet's birthday as announced for Friday") {
    const Calendar calendar = ministry_with({holiday("2025-09-05", "2025-09-05")});
    CHECK(is_open(calendar, dubai("2025-09-04 10:00")));
    check_return(calendar, "2025-09-04 17:00", "2025-09-08 07:30", "2025-09-08 16:30");
}

TEST_CASE("case 16: a corrected national day moves the return day") {
    check_return(ministry_with({holiday("2025-12-02", "2025-12-03")}), "2025-11-28 13:00",
                 "2025-12-01 07:30", "2025-12-01 16:30");
    check_return(ministry_with({holiday("2025-12-01", "2025-12-02")}), "2025-11-28 13:00",
                 "2025-12-03 07:30", "2025-12-03 16:30");
}

TEST_CASE("case 17: after half past two in Ramadan, on the eve of Eid") {
    Calendar calendar = ministry_with({holiday("2026-03-19", "2026-03-22")});
    calendar.dated = {
        DatedProfile{"Ramadan", day("2026-02-18"), day("2026-03-18"), ramadan_since_2023()}};
    CHECK(is_open(calendar, dubai("2026-03-18 14:29:59")));
    check_return(calendar, "2026-03-18 15:00", "2026-03-23 07:30", "2026-03-23 16:30");
}

TEST_CASE("case 18: Thursday evening is returned on Friday morning in the new week") {
    check_return(ministry(), "2026-11-19 17:00", "2026-11-20 07:30", "2026-11-20 12:00");
}

TEST_CASE("case 19: Friday closes at noon") {
    CHECK(is_open(ministry(), dubai("2026-11-20 11:59:59")));
    check_return(ministry(), "2026-11-20 12:00:00", "2026-11-23 07:30", "2026-11-23 16:30");
}

#include "core/calendar/test_calendars.h"

using namespace amer::calendar;
using namespace amer::calendar::test;
using amer::Instant;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;

namespace {

// Central European rules of 2026: forward on 29 March, back on 25 October, both at 01:00 UTC.
Calendar with_summer_time() {
    Calendar calendar;
    calendar.zone = {
        ZoneRule{sys_days{day("2025-10-26")} + hours{1}, 60},
        ZoneRule{sys_days{day("2026-03-29")} + hours{1}, 120},
        ZoneRule{sys_days{day("2026-10-25")} + hours{1}, 60},
    };
    calendar.weekly = {
        WeeklyProfile{day("2026-01-01"), on({0, 1, 2, 3, 4, 5, 6}, span(2, 30, 10, 0))}};
    return calendar;
}

Instant utc(const char* text, int hour, int minute) {
    return sys_days{day(text)} + hours{hour} + minutes{minute};
}

}  // namespace

TEST_CASE("Dubai is four hours ahead, over midnight too") {
    const LocalTime local = local_time(ministry(), utc("2016-06-04", 20, 30) + seconds{7});
    CHECK(local.day == day("2016-06-05"));
    CHECK(local.minute == 30);
    CHECK(local.second == 7);
    CHECK(local.weekday == 0);  // Sunday
}

TEST_CASE("instants before 1970 have honest wall times") {
    const LocalTime local = local_time(ministry(), utc("1969-12-31", 10, 59) + seconds{59});
    CHECK(local.day == day("1969-12-31"));
    CHECK(local.minute == 14 * 60 + 59);
    CHECK(local.second == 59);
    CHECK(local.weekday == 3);
}

TEST_CASE("a wall time and its instant are each other's inverse") {
    CHECK(instant_of(ministry(), day("2026-11-20"), 450) == dubai("2026-11-20 07:30"));
    CHECK(instant_of(ministry(), day("2026-11-20"), 24 * 60) == dubai("2026-11-21 00:00"));
    CHECK(instant_of(ministry(), day("1950-01-01"), 0) == dubai("1950-01-01 00:00"));
}

TEST_CASE("where the clock is put forward a skipped minute is the instant of the step") {
    const Calendar calendar = with_summer_time();
    CHECK(instant_of(calendar, day("2026-03-29"), 119) == utc("2026-03-29", 0, 59));
    CHECK(instant_of(calendar, day("2026-03-29"), 150) == utc("2026-03-29", 1, 0));
    CHECK(instant_of(calendar, day("2026-03-29"), 180) == utc("2026-03-29", 1, 0));
    CHECK(instant_of(calendar, day("2026-03-29"), 181) == utc("2026-03-29", 1, 1));
    CHECK(local_time(calendar, utc("2026-03-29", 1, 0)).minute == 180);
}

TEST_CASE("where the clock is put back a repeated minute is its first time") {
    const Calendar calendar = with_summer_time();
    CHECK(instant_of(calendar, day("2026-10-25"), 150) == utc("2026-10-25", 0, 30));
    CHECK(instant_of(calendar, day("2026-10-25"), 180) == utc("2026-10-25", 2, 0));
    CHECK(local_time(calendar, utc("2026-10-25", 1, 30)).minute == 150);
}

TEST_CASE("hours follow the wall clock over a step") {
    const Calendar calendar = with_summer_time();
    // Half past two does not come on 29 March: the door opens when the clock jumps over it.
    const auto spring = next_opening(calendar, utc("2026-03-28", 12, 0));
    REQUIRE(spring);
    CHECK(spring->from == utc("2026-03-29", 1, 0));
    CHECK(spring->until == utc("2026-03-29", 8, 0));
    // It comes twice on 25 October, with closed minutes between.
    CHECK(closing_of(calendar, utc("2026-10-25", 0, 30)) == utc("2026-10-25", 1, 0));
    CHECK_FALSE(is_open(calendar, utc("2026-10-25", 1, 15)));
    CHECK(closing_of(calendar, utc("2026-10-25", 1, 30)) == utc("2026-10-25", 9, 0));
}

TEST_CASE("the next midnight is the local one, and a day is written as in ISO 8601") {
    CHECK(next_midnight(ministry(), dubai("2026-11-20 00:00")) == dubai("2026-11-21 00:00"));
    CHECK(next_midnight(ministry(), dubai("2026-11-20 23:59")) == dubai("2026-11-21 00:00"));
    CHECK(text_of(local_time(ministry(), dubai("2026-11-20 23:59")).day) == "2026-11-20");
}

TEST_CASE("data that makes no sense is complained of") {
    CHECK(complaints(ministry()).empty());
    CHECK(complaints(with_summer_time()).empty());
    CHECK(complaints(Calendar{}).size() == 2);

    Calendar calendar = ministry();
    calendar.zone = {ZoneRule{Instant{hours{2}}, 240}, ZoneRule{Instant{hours{1}}, 2000}};
    CHECK(complaints(calendar).size() == 2);

    calendar =
        ministry_with({holiday("2026-11-24", "2026-11-23"), holiday("2026-02-30", "2026-03-01")});
    CHECK(complaints(calendar).size() == 2);

    calendar = ministry();
    calendar.weekly[1].hours[2] = {OpenSpan{600, 600}, OpenSpan{0, 1441}, OpenSpan{-1, 5}};
    CHECK(complaints(calendar).size() == 3);

    calendar = ministry();
    calendar.closures.resize(1);
    CHECK(complaints(calendar).empty());  // it ends as it begins: it was called off
    calendar.closures[0].from += std::chrono::seconds{1};
    CHECK(complaints(calendar).size() == 1);
}

#include "core/calendar/test_calendars.h"

using namespace amer::calendar;
using namespace amer::calendar::test;
using amer::Duration;

TEST_CASE("a call before today's opening is returned today") {
    check_return(ministry(), "2026-11-19 06:00", "2026-11-19 07:30", "2026-11-19 16:30");
    check_return(ministry(), "2026-11-19 07:29:59", "2026-11-19 07:30", "2026-11-19 16:30");
}

TEST_CASE("opening and closing are exact to the microsecond") {
    const Calendar calendar = ministry();
    CHECK_FALSE(is_open(calendar, dubai("2026-11-19 07:30") - Duration{1}));
    CHECK(is_open(calendar, dubai("2026-11-19 07:30")));
    CHECK(is_open(calendar, dubai("2026-11-19 16:30") - Duration{1}));
    CHECK_FALSE(is_open(calendar, dubai("2026-11-19 16:30")));
}

TEST_CASE("while open, the next opening is the one after the present") {
    const auto window = next_opening(ministry(), dubai("2026-11-19 10:00"));
    REQUIRE(window);
    CHECK(window->from == dubai("2026-11-20 07:30"));
    const auto at_opening = next_opening(ministry(), dubai("2026-11-19 07:30"));
    REQUIRE(at_opening);
    CHECK(at_opening->from == dubai("2026-11-19 07:30"));
}

TEST_CASE("closing is told only while open") {
    CHECK(closing_of(ministry(), dubai("2026-11-20 07:30")) == dubai("2026-11-20 12:00"));
    CHECK_FALSE(closing_of(ministry(), dubai("2026-11-20 12:00")));
}

TEST_CASE("two calendars at once: a local holiday of one emirate closes only its office") {
    Calendar office = ministry_with({holiday("2026-11-23", "2026-11-23")});
    office.name = "fujairah";
    CHECK(is_open(ministry(), dubai("2026-11-23 10:00")));
    check_return(office, "2026-11-23 10:00", "2026-11-24 07:30", "2026-11-24 16:30");
}

TEST_CASE("a holiday on a weekend gives no extra day") {
    check_return(ministry_with({holiday("2024-09-15", "2024-09-15")}), "2024-09-13 12:30",
                 "2024-09-16 07:30", "2024-09-16 16:30");
}

TEST_CASE("a cancelled holiday closes nothing, a shortened one only its days") {
    check_return(ministry_with({holiday("2026-11-23", "2026-11-24", HolidayStatus::cancelled)}),
                 "2026-11-20 12:30", "2026-11-23 07:30", "2026-11-23 16:30");
    check_return(ministry_with({holiday("2026-11-23", "2026-11-23")}), "2026-11-20 12:30",
                 "2026-11-24 07:30", "2026-11-24 16:30");
}

TEST_CASE("overlapping rows close their days once, cancelled overlap opens none") {
    check_return(
        ministry_with({holiday("2026-11-23", "2026-11-25"), holiday("2026-11-24", "2026-11-26"),
                       holiday("2026-11-23", "2026-11-26", HolidayStatus::cancelled)}),
        "2026-11-20 12:30", "2026-11-27 07:30", "2026-11-27 12:00");
}

TEST_CASE("thirty days without an opening are nothing, so that somebody is alarmed") {
    // From Friday 2026-11-20: thirty days on is Sunday 2026-12-20.
    const Calendar until_then = ministry_with({holiday("2026-11-21", "2026-12-17")});
    check_return(until_then, "2026-11-20 12:30", "2026-12-18 07:30", "2026-12-18 12:00");
    const Calendar beyond = ministry_with({holiday("2026-11-21", "2026-12-20")});
    CHECK_FALSE(next_opening(beyond, dubai("2026-11-20 12:30")));
    CHECK_FALSE(next_opening(Calendar{}, dubai("2026-11-20 12:30")));
    CHECK_FALSE(is_open(Calendar{}, dubai("2026-11-20 10:00")));
}

TEST_CASE("before the first weekly hours the centre is closed") {
    CHECK_FALSE(is_open(ministry(), dubai("1972-03-31 10:00")));
    CHECK(is_open(ministry(), dubai("1972-04-02 10:00")));  // the first Sunday
}

TEST_CASE("of several dated profiles the latest begun counts, wholly") {
    Calendar calendar = ministry();
    calendar.dated = {
        DatedProfile{"Last ten nights", day("2026-03-09"), day("2026-03-12"),
                     on({1}, span(10, 0, 12, 0))},
        DatedProfile{"Ramadan", day("2026-02-18"), day("2026-03-18"),
                     on({1, 2, 3, 4, 5}, span(9, 0, 14, 30))},
    };
    CHECK_FALSE(is_open(calendar, dubai("2026-03-09 09:30")));  // Monday, ten to twelve
    CHECK(is_open(calendar, dubai("2026-03-09 11:00")));
    check_return(calendar, "2026-03-09 12:00", "2026-03-13 09:00", "2026-03-13 14:30");
    check_return(calendar, "2026-03-18 14:30", "2026-03-19 07:30", "2026-03-19 16:30");
}

TEST_CASE("a day may have two spans: the return is in the second, due at the day's end") {
    Calendar calendar = ministry();
    calendar.weekly[1].hours[1] = {span(13, 0, 16, 30), span(7, 30, 12, 0)};
    CHECK(closing_of(calendar, dubai("2026-11-23 08:00")) == dubai("2026-11-23 12:00"));
    check_return(calendar, "2026-11-23 12:00", "2026-11-23 13:00", "2026-11-23 16:30");
    check_return(calendar, "2026-11-23 07:00", "2026-11-23 07:30", "2026-11-23 16:30");
}

TEST_CASE("spans that touch or overlap are one opening") {
    Calendar calendar = ministry();
    calendar.weekly[1].hours[1] = {span(7, 30, 12, 0), span(12, 0, 14, 0), span(13, 0, 16, 30)};
    CHECK(closing_of(calendar, dubai("2026-11-23 08:00")) == dubai("2026-11-23 16:30"));
    const auto window = next_opening(calendar, dubai("2026-11-23 08:00"));
    REQUIRE(window);
    CHECK(window->from == dubai("2026-11-24 07:30"));
}

TEST_CASE("hours past midnight are one span, and each day's work is due by its own midnight") {
    Calendar calendar = ministry();
    calendar.weekly = {WeeklyProfile{day("2022-01-01"), {}}};
    calendar.weekly[0].hours[4] = {span(20, 0, 24, 0)};
    calendar.weekly[0].hours[5] = {span(0, 0, 4, 0)};
    CHECK(closing_of(calendar, dubai("2026-11-19 21:00")) == dubai("2026-11-20 04:00"));
    check_return(calendar, "2026-11-19 19:00", "2026-11-19 20:00", "2026-11-20 00:00");
    check_return(calendar, "2026-11-20 04:00", "2026-11-26 20:00", "2026-11-27 00:00");
}

TEST_CASE("a centre that never closes has no closing and no next opening") {
    Calendar calendar = ministry();
    calendar.weekly = {
        WeeklyProfile{day("2022-01-01"), on({0, 1, 2, 3, 4, 5, 6}, span(0, 0, 24, 0))}};
    CHECK(is_open(calendar, dubai("2026-11-21 03:00")));
    CHECK_FALSE(closing_of(calendar, dubai("2026-11-21 03:00")));
    CHECK_FALSE(next_opening(calendar, dubai("2026-11-21 03:00")));
}

TEST_CASE("a closure closes at once and its end is an opening") {
    Calendar calendar = ministry();
    Closure storm;
    storm.from = dubai("2026-11-19 11:17");
    storm.until = dubai("2026-11-19 14:05");
    calendar.closures = {storm};
    CHECK(closing_of(calendar, dubai("2026-11-19 11:00")) == dubai("2026-11-19 11:17"));
    check_return(calendar, "2026-11-19 11:17", "2026-11-19 14:05", "2026-11-19 16:30");

    calendar.closures[0].until = dubai("2026-11-20 09:00");
    check_return(calendar, "2026-11-19 11:17", "2026-11-20 09:00", "2026-11-20 12:00");
}

TEST_CASE("of several rows the firmest names the day") {
    Holiday guess = holiday("2026-11-23", "2026-11-24", HolidayStatus::predicted);
    Holiday sure = holiday("2026-11-24", "2026-11-24", HolidayStatus::confirmed);
    const Holiday off = holiday("2026-11-25", "2026-11-25", HolidayStatus::cancelled);
    const Calendar calendar = ministry_with({guess, sure, off});
    CHECK(holiday_on(calendar, day("2026-11-23")) == guess);
    CHECK(holiday_on(calendar, day("2026-11-24")) == sure);
    CHECK_FALSE(holiday_on(calendar, day("2026-11-25")));
    CHECK_FALSE(holiday_on(calendar, day("2026-11-22")));
}

TEST_CASE("a predicted holiday closes, but the day after it is not spoken") {
    const auto rests = [](const Calendar& calendar, const char* call) {
        const auto window = next_opening(calendar, dubai(call));
        REQUIRE(window);
        return rests_on_prediction(calendar, dubai(call), *window);
    };
    const auto predicted =
        ministry_with({holiday("2026-11-24", "2026-11-25", HolidayStatus::predicted)});
    check_return(predicted, "2026-11-23 17:00", "2026-11-26 07:30", "2026-11-26 16:30");
    CHECK(rests(predicted, "2026-11-23 17:00"));
    CHECK(rests(predicted, "2026-11-24 10:00"));
    // Monday is the eve of the predicted Tuesday: the moon may come a day early.
    CHECK(rests(predicted, "2026-11-20 13:00"));
    CHECK_FALSE(rests(predicted, "2026-11-19 17:00"));  // Friday: three days before anything
    CHECK_FALSE(rests(predicted, "2026-11-26 17:00"));  // it is past

    CHECK_FALSE(rests(ministry_with({holiday("2026-11-24", "2026-11-25")}), "2026-11-23 17:00"));
    CHECK_FALSE(
        rests(ministry_with({holiday("2026-11-24", "2026-11-24", HolidayStatus::predicted),
                             holiday("2026-11-24", "2026-11-24", HolidayStatus::confirmed)}),
              "2026-11-23 17:00"));
    CHECK_FALSE(
        rests(ministry_with({holiday("2026-11-24", "2026-11-24", HolidayStatus::cancelled)}),
              "2026-11-23 17:00"));
    // A prediction more than three days before the spoken day no longer matters.
    CHECK_FALSE(rests(ministry_with({holiday("2026-11-21", "2026-11-21", HolidayStatus::predicted),
                                     holiday("2026-11-22", "2026-11-24")}),
                      "2026-11-20 13:00"));
}

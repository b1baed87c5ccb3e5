#include "core/calendar/place.h"

#include "core/calendar/test_calendars.h"

using namespace amer::calendar;
using namespace amer::calendar::test;

namespace {

const Scope kInSharjah{Scope::Kind::emirate, "sharjah"};
const Scope kOfKhorfakkan{Scope::Kind::office, "khorfakkan"};
const Place kSharjah{"sharjah", "sharjah"};
const Place kKhorfakkan{"sharjah", "khorfakkan"};
const Place kDubai{"dubai", "dubai"};

WeeklyProfile hours_of_khorfakkan(const char* from) {
    return {day(from), on({1, 2, 3, 4}, span(8, 0, 13, 0)), kOfKhorfakkan};
}

}  // namespace

TEST_CASE("a holiday of one emirate closes its offices, no other and not the centre") {
    Holiday local = holiday("2026-11-20", "2026-11-20");
    local.scope = kInSharjah;
    const Calendar whole = ministry_with({local});
    const char* const call = "2026-11-19 17:00";
    check_return(calendar_of(whole, kSharjah), call, "2026-11-23 07:30", "2026-11-23 16:30");
    check_return(calendar_of(whole, kKhorfakkan), call, "2026-11-23 07:30", "2026-11-23 16:30");
    check_return(calendar_of(whole, kDubai), call, "2026-11-20 07:30", "2026-11-20 12:00");
    check_return(calendar_of(whole, Place{}), call, "2026-11-20 07:30", "2026-11-20 12:00");
    check_return(whole, call, "2026-11-20 07:30", "2026-11-20 12:00");
}

TEST_CASE("a holiday of one office is no holiday of its emirate") {
    Holiday local = holiday("2026-11-20", "2026-11-20");
    local.scope = kOfKhorfakkan;
    const Calendar whole = ministry_with({local});
    CHECK(holiday_on(calendar_of(whole, kKhorfakkan), day("2026-11-20")));
    CHECK_FALSE(holiday_on(calendar_of(whole, kSharjah), day("2026-11-20")));
    CHECK_FALSE(holiday_on(whole, day("2026-11-20")));
}

TEST_CASE("an office has hours of its own from their first day on, and Ramadan still above them") {
    Calendar whole = ministry();
    whole.weekly.push_back(hours_of_khorfakkan("2026-11-01"));
    whole.dated = {
        {"Ramadan", day("2027-02-08"), day("2027-03-08"), on({1, 2, 3, 4, 5}, span(9, 0, 14, 0))}};
    const Calendar khorfakkan = calendar_of(whole, kKhorfakkan);
    CHECK(spans_on(khorfakkan, day("2026-10-30")) == std::vector{span(7, 30, 12, 0)});
    CHECK(spans_on(khorfakkan, day("2026-11-19")) == std::vector{span(8, 0, 13, 0)});
    CHECK(spans_on(khorfakkan, day("2026-11-20")).empty());
    CHECK(spans_on(khorfakkan, day("2027-02-09")) == std::vector{span(9, 0, 14, 0)});
    CHECK(spans_on(whole, day("2026-11-19")) == std::vector{span(7, 30, 16, 30)});
    CHECK(spans_on(calendar_of(whole, kSharjah), day("2026-11-19")) ==
          std::vector{span(7, 30, 16, 30)});
}

TEST_CASE("a later change of everybody's hours leaves an office's own hours alone") {
    Calendar whole = ministry();
    whole.weekly.push_back(hours_of_khorfakkan("2026-11-01"));
    whole.weekly.push_back({day("2027-01-01"), on({1, 2, 3, 4}, span(7, 0, 15, 0))});
    CHECK(spans_on(calendar_of(whole, kKhorfakkan), day("2027-01-05")) ==
          std::vector{span(8, 0, 13, 0)});
    CHECK(spans_on(whole, day("2027-01-05")) == std::vector{span(7, 0, 15, 0)});
}

TEST_CASE("a storm in one emirate closes its offices only") {
    Calendar whole = ministry();
    Closure storm;
    storm.from = dubai("2026-11-19 11:00");
    storm.until = dubai("2026-11-19 14:00");
    storm.scope = kInSharjah;
    whole.closures = {storm};
    CHECK_FALSE(is_open(calendar_of(whole, kKhorfakkan), dubai("2026-11-19 12:00")));
    CHECK(is_open(calendar_of(whole, kDubai), dubai("2026-11-19 12:00")));
    CHECK(is_open(whole, dubai("2026-11-19 12:00")));
}

TEST_CASE("the calendar of a place is of the same version, and its rows are as if for all") {
    Calendar whole = ministry();
    whole.version = 7;
    whole.weekly.push_back(hours_of_khorfakkan("2026-11-01"));
    const Calendar its = calendar_of(whole, kKhorfakkan);
    CHECK(its.version == 7);
    REQUIRE(its.weekly.size() == 3);
    CHECK(its.weekly[2].scope == Scope{});
    CHECK(calendar_of(whole, kDubai).weekly.size() == 2);
}

TEST_CASE("a predicted row is forgotten when a row of its id says what was announced") {
    Holiday guess = holiday("2027-03-09", "2027-03-11", HolidayStatus::predicted);
    Holiday seen = holiday("2027-03-10", "2027-03-12");
    guess.id = seen.id = "eid-al-fitr";
    const Calendar calendar = ministry_with({guess, seen});
    CHECK_FALSE(holiday_on(calendar, day("2027-03-09")));
    CHECK(holiday_on(calendar, day("2027-03-12")) == seen);
    seen.status = HolidayStatus::cancelled;
    CHECK_FALSE(holiday_on(ministry_with({guess, seen}), day("2027-03-09")));
}

TEST_CASE("the same feast of another year says nothing about a predicted one") {
    Holiday guess = holiday("2027-03-09", "2027-03-11", HolidayStatus::predicted);
    Holiday last_year = holiday("2026-03-19", "2026-03-22", HolidayStatus::confirmed);
    guess.id = last_year.id = "eid-al-fitr";
    CHECK(holiday_on(ministry_with({last_year, guess}), day("2027-03-09")) == guess);
}

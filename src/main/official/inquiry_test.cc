#include "main/official/inquiry.h"

#include <doctest/doctest.h>

#include "main/official/test_calendar.h"

using namespace amer;
using namespace amer::official::test;
using calendar::HolidayStatus;
using official::Finding;

namespace {

// Nothing is wrong with it on 20 November 2026; the next Ramadan begins on 8 February 2027.
calendar::Calendar sound() {
    calendar::Calendar calendar = week();
    calendar.holidays = {holiday("national-day", "2026-12-02", "2026-12-03"),
                         holiday("new-year", "2027-01-01", "2027-01-01")};
    calendar.dated = {
        {"Ramadan 1448", day("2027-02-08"), day("2027-03-08"), calendar.weekly[0].hours}};
    return calendar;
}

std::vector<Finding> found(const calendar::Calendar& calendar,
                           const std::vector<centre::Unit>& units = {}) {
    return official::look_into(calendar, units, day("2026-11-20"));
}

}  // namespace

TEST_CASE("a calendar in order has no finding") { CHECK(found(sound()).empty()); }

TEST_CASE("more than thirty days without an opening are wrong, at the centre or at one office") {
    calendar::Calendar calendar = sound();
    calendar.holidays.push_back(holiday("rest", "2027-06-01", "2027-07-10"));
    calendar.holidays.back().scope = {calendar::Scope::Kind::emirate, "sharjah"};
    centre::Unit khorfakkan;
    khorfakkan.id = UnitId{"khorfakkan"};
    khorfakkan.emirate = "sharjah";
    CHECK(found(calendar).empty());
    CHECK(found(calendar, {khorfakkan}) ==
          std::vector<Finding>{{true,
                                "unit 'khorfakkan' does not open in the 30 days after "
                                "2027-06-01: calls then can be promised nothing"}});
    calendar.holidays.back().scope = {};
    REQUIRE(found(calendar, {khorfakkan}).size() == 1);
    CHECK(found(calendar, {khorfakkan})[0].text.starts_with("the centre does not open"));
}

TEST_CASE(
    "rows that overlap are wrong, unless one was cancelled, is of another place or outdated") {
    calendar::Calendar calendar = sound();
    calendar.holidays.push_back(holiday("mourning", "2026-12-03", "2026-12-04"));
    CHECK(found(calendar) ==
          std::vector<Finding>{{true,
                                "holidays 'national-day' 2026-12-02 to 2026-12-03 and "
                                "'mourning' 2026-12-03 to 2026-12-04 overlap"}});
    calendar.holidays.back().scope = {calendar::Scope::Kind::emirate, "sharjah"};
    CHECK(found(calendar).empty());
    calendar.holidays.back() =
        holiday("mourning", "2026-12-03", "2026-12-04", HolidayStatus::cancelled);
    CHECK(found(calendar).empty());
    calendar.holidays.back() =
        holiday("national-day", "2026-12-03", "2026-12-04", HolidayStatus::predicted);
    CHECK(found(calendar).empty());
}

TEST_CASE("a predicted holiday within thirty days that nobody announced is wrong") {
    calendar::Calendar calendar = sound();
    const auto near =
        holiday("prophets-birthday", "2026-12-15", "2026-12-15", HolidayStatus::predicted);
    calendar.holidays.push_back(near);
    CHECK(found(calendar) ==
          std::vector<Finding>{{true,
                                "holiday 'prophets-birthday' 2026-12-15 is only predicted, "
                                "and near: no row says what was announced"}});
    calendar.holidays.push_back(holiday("prophets-birthday", "2026-12-16", "2026-12-16"));
    CHECK(found(calendar).empty());
    calendar.holidays.pop_back();
    calendar.holidays.back().first_day = calendar.holidays.back().last_day = day("2026-12-21");
    CHECK(found(calendar).empty());  // the 31st day
}

TEST_CASE("a year without a holiday is wrong, this one or the next") {
    calendar::Calendar calendar = sound();
    calendar.holidays.pop_back();
    CHECK(found(calendar) == std::vector<Finding>{{true,
                                                   "2027 has no holiday: amer calendar "
                                                   "predict --year 2027 proposes rows"}});
}

TEST_CASE("a holiday on a weekend and a Ramadan without hours are remarks, after what is wrong") {
    calendar::Calendar calendar = sound();
    calendar.dated.clear();
    calendar.holidays.push_back(holiday("accession", "2026-12-05", "2026-12-06"));
    calendar.holidays.push_back(holiday("past", "2026-11-14", "2026-11-15"));
    calendar.holidays.push_back(holiday("twice", "2027-01-01", "2027-01-01"));
    const auto findings = found(calendar);
    REQUIRE(findings.size() == 3);
    CHECK(findings[0].is_wrong);
    CHECK(findings[1] == Finding{false,
                                 "holiday 'accession' 2026-12-05 to 2026-12-06 lies on a "
                                 "weekend and gives no further day"});
    CHECK(findings[2] == Finding{false,
                                 "Ramadan, about 2027-02-08 to 2027-03-08, has no hours of "
                                 "its own: no [[dated]] row lies there"});
}

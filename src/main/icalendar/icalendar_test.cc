#include "main/icalendar/icalendar.h"

#include <doctest/doctest.h>

#include "main/official/test_calendar.h"

using namespace amer;
using namespace amer::official::test;
using calendar::HolidayStatus;

namespace {

const Instant kNow = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20};

calendar::Calendar with_all_kinds() {
    calendar::Calendar calendar = week();
    calendar.holidays = {
        holiday("eid-al-fitr", "2027-03-09", "2027-03-11", HolidayStatus::predicted),
        holiday("eid-al-fitr", "2027-03-10", "2027-03-12", HolidayStatus::announced),
        holiday("new-year", "2027-01-01", "2027-01-01", HolidayStatus::confirmed),
        holiday("mourning", "2026-12-14", "2026-12-15", HolidayStatus::cancelled)};
    calendar.holidays[1].rule = "1-3 Shawwal; seen, \"late\"";
    calendar.holidays[1].announced_on = day("2027-03-08");
    calendar.holidays[1].source =
        "a long sentence, with commas; semicolons and عربي that goes on past the seventy-five "
        "bytes after which a line of the file is folded";
    calendar.holidays[3].scope = {calendar::Scope::Kind::emirate, "sharjah"};
    calendar.dated = {
        {"Ramadan 1448", day("2027-02-08"), day("2027-03-08"), calendar.weekly[0].hours}};
    calendar::Closure storm;
    storm.id = "storm";
    storm.name_ar = "عاصفة";
    storm.name_en = "a storm";
    storm.from = kNow + std::chrono::hours{6};
    storm.until = kNow + std::chrono::hours{8};
    storm.source = "the minister";
    storm.scope = {calendar::Scope::Kind::office, "dubai"};
    calendar.closures = {storm};
    return calendar;
}

// An event within a file, from line 2 on.
std::string file(const std::string& event) {
    return "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + event + "END:VEVENT\r\nEND:VCALENDAR\r\n";
}

std::string refusal(const std::string& text) {
    const auto read = icalendar::read(text);
    REQUIRE_FALSE(read);
    return read.error().what;
}

std::string refusal_of_event(const std::string& event) {
    const std::string why = refusal(file(event));
    const std::string begins = "line 2: the event that begins here: ";
    REQUIRE(why.starts_with(begins));
    return why.substr(begins.size());
}

calendar::Holiday only_holiday(const std::string& event) {
    const auto read = icalendar::read(file(event));
    REQUIRE(read);
    REQUIRE(read->holidays.size() == 1);
    return read->holidays[0].holiday;
}

}  // namespace

TEST_CASE("what is written and read again are the same holidays and closures") {
    const calendar::Calendar calendar = with_all_kinds();
    const auto read = icalendar::read(icalendar::write(calendar, kNow));
    REQUIRE(read);
    REQUIRE(read->holidays.size() == calendar.holidays.size());
    for (std::size_t at = 0; at < calendar.holidays.size(); ++at) {
        CAPTURE(at);
        CHECK(read->holidays[at].holiday == calendar.holidays[at]);
        CHECK_FALSE(read->holidays[at].has_one_name);
    }
    CHECK(read->closures == calendar.closures);
    REQUIRE(read->passed_over.size() == 1);
    CHECK(read->passed_over[0].what == "hours \"Ramadan 1448\"");
}

TEST_CASE("an event is a whole day, its end the day after, and says what other programs know") {
    const std::string text = icalendar::write(with_all_kinds(), kNow);
    const auto has = [&](const std::string& line) {
        return text.find("\r\n" + line + "\r\n") != std::string::npos;
    };
    CHECK(text.starts_with("BEGIN:VCALENDAR\r\n"));
    CHECK(has("UID:holiday-new-year-2027@amer"));
    CHECK(has("DTSTAMP:20261120T000000Z"));
    CHECK(has("DTSTART;VALUE=DATE:20270101"));
    CHECK(has("DTEND;VALUE=DATE:20270102"));
    CHECK(has("SUMMARY:عطلة / a holiday"));
    CHECK(has("STATUS:TENTATIVE"));
    CHECK(has("STATUS:CANCELLED"));
    CHECK(has("CATEGORIES:HOLIDAY"));
    CHECK(has("X-AMER-STATUS:confirmed"));
    CHECK(has("UID:holiday-mourning-2026-emirate-sharjah@amer"));
    CHECK(has("CATEGORIES:HOURS"));
    CHECK(has("DTSTART:20261120T060000Z"));
}

TEST_CASE("an event keeps its UID when its row is moved, and no two have the same") {
    calendar::Calendar calendar = week();
    calendar.holidays = {holiday("national-day", "2025-12-02", "2025-12-03")};
    const auto uid = [](const calendar::Calendar& of) {
        const std::string text = icalendar::write(of, kNow);
        const std::size_t at = text.find("UID:");
        return text.substr(at, text.find('\r', at) - at);
    };
    const std::string before = uid(calendar);
    calendar.holidays[0] = holiday("national-day", "2025-12-01", "2025-12-02");
    CHECK(uid(calendar) == before);
    const std::string both = icalendar::write(with_all_kinds(), kNow);
    CHECK(both.find("UID:holiday-eid-al-fitr-2027@amer") != std::string::npos);
    CHECK(both.find("UID:holiday-eid-al-fitr-2027-2@amer") != std::string::npos);
}

TEST_CASE("a closure that was called off is written nowhere") {
    calendar::Calendar calendar = with_all_kinds();
    calendar.closures[0].until = calendar.closures[0].from;
    CHECK(icalendar::write(calendar, kNow).find("CLOSURE") == std::string::npos);
}

TEST_CASE("a file of another program: days, names and status as far as it says them") {
    const auto plain = only_holiday(
        "DTSTART;VALUE=DATE:20261202\r\nDTEND;VALUE=DATE:20261204\r\n"
        "SUMMARY:National Day's\r\n  Feast!\r\n");
    CHECK(plain.id == "national-days-feast");
    CHECK(plain.name_ar == "National Day's Feast!");
    CHECK(plain.last_day == day("2026-12-03"));
    CHECK(plain.status == HolidayStatus::announced);
    const auto one_day = only_holiday(
        "DTSTART;VALUE=DATE:20261202\r\nSUMMARY:عيد\r\n"
        "STATUS:TENTATIVE\r\n");
    CHECK(one_day.id == "holiday-2026-12-02");
    CHECK(one_day.last_day == day("2026-12-02"));
    CHECK(one_day.status == HolidayStatus::predicted);
    const auto two = only_holiday(
        "DTSTART;VALUE=DATE:20261202\r\nDURATION:P2D\r\n"
        "SUMMARY:عيد / Feast\r\n");
    CHECK(two.last_day == day("2026-12-03"));
    CHECK(two.name_ar == "عيد");
    CHECK(two.name_en == "Feast");
}

TEST_CASE("one status may be given to all but the cancelled") {
    const std::string text = icalendar::write(with_all_kinds(), kNow);
    const auto read = icalendar::read(text, HolidayStatus::confirmed);
    REQUIRE(read);
    CHECK(read->holidays[0].holiday.status == HolidayStatus::confirmed);
    CHECK(read->holidays[3].holiday.status == HolidayStatus::cancelled);
}

TEST_CASE("an event that is not understood is refused with its line and why") {
    const std::string day = "DTSTART;VALUE=DATE:20261202\r\nSUMMARY:x\r\n";
    CHECK(refusal_of_event(day + "RRULE:FREQ=YEARLY\r\n") ==
          "RRULE: an event that recurs is not understood; write each of its days as an event of "
          "its own");
    CHECK(refusal_of_event("SUMMARY:x\r\n") == "it has no DTSTART");
    CHECK(refusal_of_event("DTSTART;VALUE=DATE:20261202\r\n") ==
          "it has no SUMMARY: nobody knows what day it is");
    CHECK(refusal_of_event("DTSTART;VALUE=DATE:20261302\r\nSUMMARY:x\r\n") ==
          "2026-13-02 is no day");
    CHECK(refusal_of_event(day + "DTEND;VALUE=DATE:20261202\r\n") ==
          "it ends before it begins: DTEND is the day after it");
    CHECK(refusal_of_event(day + "DTEND:20261203T000000Z\r\n") ==
          "it begins on a day and ends at a time");
    CHECK(refusal_of_event(day + "DURATION:PT4H\r\n") == "its DURATION is no number of whole days");
    CHECK(refusal_of_event(day + "X-AMER-STATUS:perhaps\r\n") == "X-AMER-STATUS is \"perhaps\"");
    CHECK(refusal_of_event(day + "X-AMER-SCOPE:oman\r\n") == "X-AMER-SCOPE is \"oman\"");
    CHECK(refusal_of_event(day + "DTEND:soon\r\n").find("DTEND") != std::string::npos);
    CHECK(refusal_of_event("SUMMARY:x\r\nDTSTART:20261202T100000\r\nDTEND:20261202T110000\r\n") ==
          "its times are of no zone: expected times in UTC such as 20261120T060000Z");
    CHECK(refusal_of_event("SUMMARY:x\r\nDTSTART;TZID=Asia/Dubai:20261202T100000\r\n"
                           "DTEND;TZID=Asia/Dubai:20261202T110000\r\n") ==
          "its times are of zone 'Asia/Dubai': expected times in UTC such as 20261120T060000Z");
}

TEST_CASE("the line of a refusal is that of its event, folded lines and other parts counted") {
    const std::string good =
        "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261202\nSUMMARY:a\n b\n"
        "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT1H\nDESCRIPTION:x\n"
        "END:VALARM\nEND:VEVENT\n";
    const std::string bad = "BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\n";
    CHECK(refusal("BEGIN:VCALENDAR\nVERSION:2.0\n" + good + good + bad + "END:VCALENDAR\n")
              .starts_with("line 23: "));
}

TEST_CASE("what is no iCalendar file, or too large or too deep, is refused before it is parsed") {
    CHECK(refusal("") == "line 1: the file is empty: expected BEGIN:VCALENDAR");
    CHECK(refusal("id = \"x\"\n") == "line 1: expected BEGIN:VCALENDAR");
    CHECK(refusal("BEGIN:VCALENDAR\nBEGIN:VTODO\n") ==
          "line 2: VTODO is not understood within VCALENDAR");
    CHECK(refusal("BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VEVENT\n") ==
          "line 3: VEVENT is not understood within VEVENT");
    CHECK(refusal("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n") ==
          "line 3: END:VCALENDAR ends nothing that began");
    CHECK(refusal("BEGIN:VCALENDAR\n") == "line 1: BEGIN:VCALENDAR has no END");
    CHECK(refusal("BEGIN:VCALENDAR\nSUMMARY:\xFF\nEND:VCALENDAR\n") ==
          "the file is no text in UTF-8");
    CHECK(refusal(std::string(icalendar::kLargestFile + 1, 'x')) ==
          "the file is too large: expected at most 1 MiB");
    std::string many = "BEGIN:VCALENDAR\n";
    for (std::size_t count = 0; count <= icalendar::kMostEvents; ++count) {
        many += "BEGIN:VEVENT\nEND:VEVENT\n";
    }
    CHECK(refusal(many + "END:VCALENDAR\n") == "line 10002: more than 5000 events");
}

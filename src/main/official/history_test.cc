#include "main/official/history.h"

#include <doctest/doctest.h>

#include "main/official/changes.h"
#include "main/official/test_calendar.h"

using namespace amer;
using namespace amer::official::test;
using official::History;

namespace {

// 08:00 of that day in Dubai.
Instant morning_of(const char* text) {
    return std::chrono::sys_days{day(text)} + std::chrono::hours{4};
}

engine::Entry published(const char* on, const calendar::Calendar& calendar) {
    centre::Configuration configuration;
    configuration.version = calendar.version;
    configuration.calendar = calendar;
    return {1, 1, morning_of(on), centre::ConfigurationPublished{configuration}};
}

engine::Entry moved(const char* on, std::uint64_t calendar_version) {
    return {1, 1, morning_of(on),
            centre::PromiseRedated{PromiseId{1}, {}, {}, calendar_version, {}}};
}

// The national day as the law has it, then moved by the Cabinet; a storm between.
History november() {
    History history;
    calendar::Calendar first = week();
    first.version = 1;
    first.holidays = {holiday("national-day", "2025-12-02", "2025-12-03")};
    history.take(published("2025-11-01", first));
    calendar::Calendar second = first;
    second.version = 2;
    second.holidays = {holiday("national-day", "2025-12-01", "2025-12-02")};
    history.take(published("2025-11-17", second));
    history.take(moved("2025-11-17", 2));
    history.take(moved("2025-11-17", 2));
    calendar::Closure storm;
    storm.id = "closed-3";
    storm.name_en = "Storm";
    storm.from = morning_of("2025-11-20");
    storm.until = storm.from + std::chrono::hours{4};
    history.take({1, 1, storm.from, centre::ClosureSet{storm, 3, "hamad"}});
    history.take(moved("2025-11-20", 3));
    storm.until = storm.from + std::chrono::hours{1};
    history.take({1, 1, storm.until, centre::ClosureSet{storm, 4, "hamad"}});
    return history;
}

}  // namespace

TEST_CASE("every version is told: since when, by whom, what changed, how many promises it moved") {
    const History history = november();
    const auto& versions = history.versions();
    REQUIRE(versions.size() == 4);
    CHECK(versions[0].cause == "configuration 1 was published");
    CHECK(versions[0].changes.empty());
    CHECK(versions[1].cause == "configuration 2 was published");
    CHECK(versions[1].promises_moved == 2);
    CHECK(versions[1].changes ==
          std::vector<std::string>{"holiday 'national-day' changed: it was 2025-12-02 to "
                                   "2025-12-03, announced; it is 2025-12-01 to 2025-12-02, "
                                   "announced"});
    CHECK(versions[2].cause == "closed by hamad");
    CHECK(versions[2].promises_moved == 1);
    CHECK(versions[2].changes ==
          std::vector<std::string>{"closure 'closed-3' added: from 2025-11-20T08:00:00+04:00 until "
                                   "2025-11-20T12:00:00+04:00, Storm"});
    CHECK(versions[3].cause == "reopened by hamad");
    CHECK(versions[3].promises_moved == 0);
    CHECK(versions[3].calendar.closures.size() == 1);
}

TEST_CASE("a publication that leaves the calendar alone is no version of it") {
    History history = november();
    calendar::Calendar same = history.versions().back().calendar;
    history.take(published("2025-11-25", same));
    CHECK(history.versions().size() == 4);
}

TEST_CASE("what was believed on a day is the version in force at its end") {
    const History history = november();
    CHECK(history.believed_on(day("2025-10-31")) == nullptr);
    CHECK(history.believed_on(day("2025-11-01"))->number == 1);
    CHECK(history.believed_on(day("2025-11-16"))->number == 1);
    CHECK(history.believed_on(day("2025-11-17"))->number == 2);
    CHECK(history.believed_on(day("2025-11-20"))->number == 4);
    const calendar::Calendar& then = history.believed_on(day("2025-11-16"))->calendar;
    CHECK(calendar::holiday_on(then, day("2025-12-03")));
    CHECK_FALSE(calendar::holiday_on(then, day("2025-12-01")));
}

TEST_CASE("what changed between two calendars is told row by row") {
    calendar::Calendar before = week();
    before.holidays = {holiday("new-year", "2026-01-01", "2026-01-01"),
                       holiday("mourning", "2026-02-02", "2026-02-03")};
    calendar::Calendar after = before;
    CHECK(official::changes_between(before, after).empty());
    after.holidays.pop_back();
    after.holidays[0].source = "another gazette";
    after.holidays.push_back(holiday("new-year", "2027-01-01", "2027-01-01"));
    after.weekly.push_back({day("2026-06-01"), {}, {calendar::Scope::Kind::office, "dubai"}});
    after.weekly.back().hours[1] = {{480, 720}, {780, 900}};
    CHECK(official::changes_between(before, after) ==
          std::vector<std::string>{
              "weekly hours of office dubai added: from 2026-06-01: Monday 08:00-12:00 13:00-15:00",
              "holiday 'new-year', 2026-01-01, announced: its wording changed",
              "holiday 'new-year' added: 2027-01-01, announced",
              "holiday 'mourning' removed: 2026-02-02 to 2026-02-03, announced"});
}

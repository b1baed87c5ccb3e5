#include "main/official/predict.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "main/official/test_calendar.h"
#include "main/official/toml_rows.h"

using namespace amer;
using namespace amer::official::test;

namespace {

// "eid-al-fitr 2027-03-09 2027-03-11 predicted"
std::vector<std::string> proposed(int year) {
    std::vector<std::string> rows;
    for (const calendar::Holiday& row : official::proposed_holidays(year)) {
        const bool is_guess = row.status == calendar::HolidayStatus::predicted;
        rows.push_back(row.id + " " + calendar::text_of(row.first_day) + " " +
                       calendar::text_of(row.last_day) + (is_guess ? " predicted" : ""));
    }
    return rows;
}

}  // namespace

TEST_CASE(
    "the days of Resolution 27 of 2024: the fixed ones by law, those of the moon as a guess") {
    CHECK(proposed(2027) ==
          std::vector<std::string>{"new-year 2027-01-01 2027-01-01",
                                   "eid-al-fitr 2027-03-09 2027-03-11 predicted",
                                   "eid-al-adha 2027-05-15 2027-05-18 predicted",
                                   "hijri-new-year 2027-06-06 2027-06-06 predicted",
                                   "prophets-birthday 2027-08-14 2027-08-14 predicted",
                                   "national-day 2027-12-02 2027-12-03"});
}

TEST_CASE("the thirtieth of Ramadan belongs to Eid when there is one") {
    bool has_seen_both[2] = {false, false};
    for (int year = 2024; year < 2040; ++year) {
        for (const calendar::Holiday& row : official::proposed_holidays(year)) {
            if (row.id != "eid-al-fitr") continue;
            const auto days = std::chrono::sys_days{row.last_day} -
                              std::chrono::sys_days{row.first_day} + std::chrono::days{1};
            const bool has_thirtieth = row.rule == "30 Ramadan, 1-3 Shawwal";
            CHECK(days.count() == (has_thirtieth ? 4 : 3));
            has_seen_both[has_thirtieth ? 1 : 0] = true;
        }
    }
    CHECK(has_seen_both[0]);
    CHECK(has_seen_both[1]);
}

TEST_CASE("a feast may come twice in one of our years") {
    const auto rows = proposed(2033);  // Eid Al Fitr in January and again in December
    CHECK(std::count_if(rows.begin(), rows.end(), [](const std::string& row) {
              return row.starts_with("eid-al-fitr");
          }) == 2);
}

TEST_CASE("the next Ramadan is the one that goes on, or the one to come") {
    const auto first_of = [](const char* from) {
        return calendar::text_of(official::next_ramadan(day(from)).first);
    };
    CHECK(first_of("2026-11-20") == "2027-02-08");
    CHECK(first_of("2027-02-20") == "2027-02-08");
    CHECK(first_of("2027-03-09") == "2028-01-28");
    CHECK(calendar::text_of(official::next_ramadan(day("2026-11-20")).second) == "2027-03-08");
}

TEST_CASE("a row is written as calendar.toml has it, its texts quoted") {
    calendar::Holiday row = holiday("day", "2026-12-02", "2026-12-03");
    row.source = "he said \"so\" \\ tab\t";
    row.rule = "2-3 December";
    row.announced_on = day("2026-11-17");
    row.scope = {calendar::Scope::Kind::office, "dubai"};
    CHECK(official::as_toml(row) ==
          "[[holiday]]\nid = \"day\"\nname = { ar = \"عطلة\", en = \"a holiday\" }\n"
          "first_day = 2026-12-02\nlast_day = 2026-12-03\nstatus = \"announced\"\n"
          "source = \"he said \\\"so\\\" \\\\ tab\\u0009\"\nrule = \"2-3 December\"\n"
          "announced_on = 2026-11-17\noffice = \"dubai\"\n");
}

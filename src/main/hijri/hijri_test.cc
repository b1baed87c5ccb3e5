#include "main/hijri/hijri.h"

#include <doctest/doctest.h>

using namespace amer;

namespace {

calendar::LocalDay day(int year, unsigned month, unsigned day_of_month) {
    return {std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day_of_month}};
}

}  // namespace

TEST_CASE("Hijri days are those of Umm al-Qura") {
    using hijri::Date;
    CHECK(hijri::date_of(day(2025, 3, 30)) == Date{1446, hijri::kShawwal, 1});
    CHECK(hijri::date_of(day(2024, 6, 15)) == Date{1445, hijri::kDhuAlHijjah, 9});
    CHECK(hijri::day_of({1448, hijri::kRamadan, 1}) == day(2027, 2, 8));
    CHECK(hijri::day_of({1449, hijri::kMuharram, 1}) == day(2027, 6, 6));
    CHECK(hijri::days_of_month(1448, hijri::kRamadan) == 29);
    CHECK(hijri::days_of_month(1444, hijri::kShawwal) == 30);
}

TEST_CASE("every day of ten years has one Hijri day and back") {
    const std::chrono::sys_days first{day(2020, 1, 1)};
    for (std::chrono::sys_days at = first; at < first + std::chrono::days{3'653};
         at += std::chrono::days{1}) {
        REQUIRE(hijri::day_of(hijri::date_of(at)) == calendar::LocalDay{at});
    }
}

TEST_CASE("a Hijri day is written in digits, and in words of each language") {
    CHECK(hijri::text_of(hijri::date_of(day(2026, 12, 2))) == "1448-06-22");
    CHECK(hijri::words_of(day(2027, 2, 8), Language::english) == "1 Ramadan 1448");
    CHECK(hijri::words_of(day(2027, 2, 8), Language::arabic) == "1 رمضان 1448");
    CHECK(hijri::words_of(day(2026, 12, 2), Language::arabic) == "22 جمادى الآخرة 1448");
}

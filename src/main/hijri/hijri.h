#pragma once

#include <string>

#include "core/calendar/calendar.h"
#include "core/terms/terms.h"

// Days of the Hijri year by the tables of Umm al-Qura, as ICU has them. A reckoning: which evening
// the moon is seen is announced, so this may be shown and proposed, never published by itself.
namespace amer::hijri {

struct Date {
    int year = 1;
    unsigned month = 1;  // 1: Muharram
    unsigned day = 1;

    bool operator==(const Date&) const = default;
};

inline constexpr unsigned kMuharram = 1;
inline constexpr unsigned kRabiI = 3;
inline constexpr unsigned kRamadan = 9;
inline constexpr unsigned kShawwal = 10;
inline constexpr unsigned kDhuAlHijjah = 12;

Date date_of(calendar::LocalDay day);
calendar::LocalDay day_of(const Date& date);
unsigned days_of_month(int year, unsigned month);  // 29 or 30

std::string text_of(const Date& date);  // "1448-06-16"
// "16 Jumada II 1448", with the month's name in that language.
std::string words_of(calendar::LocalDay day, Language language);

}  // namespace amer::hijri

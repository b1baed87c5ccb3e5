#include "main/hijri/hijri.h"

#include <cmath>
#include <memory>

#include <fmt/format.h>
#include <unicode/calendar.h>
#include <unicode/smpdtfmt.h>

#include "base/check.h"

namespace amer::hijri {
namespace {

constexpr double kMillisecondsOfDay = 86'400'000;

// ICU's data is a library the program is linked with: what it lacks here is a bug of the build.
std::unique_ptr<icu::Calendar> reckoner() {
    UErrorCode code = U_ZERO_ERROR;
    std::unique_ptr<icu::Calendar> calendar{icu::Calendar::createInstance(
        icu::TimeZone::getGMT()->clone(), icu::Locale{"en@calendar=islamic-umalqura"}, code)};
    AMER_CHECK(U_SUCCESS(code) && calendar != nullptr);
    return calendar;
}

double milliseconds_of(calendar::LocalDay day) {
    const auto days = std::chrono::sys_days{day}.time_since_epoch().count();
    return static_cast<double>(days) * kMillisecondsOfDay;
}

int field(const icu::Calendar& calendar, UCalendarDateFields which) {
    UErrorCode code = U_ZERO_ERROR;
    const int value = calendar.get(which, code);
    AMER_CHECK(U_SUCCESS(code));
    return value;
}

std::unique_ptr<icu::Calendar> set_to(const Date& date) {
    std::unique_ptr<icu::Calendar> calendar = reckoner();
    calendar->clear();
    calendar->set(date.year, static_cast<int>(date.month) - 1, static_cast<int>(date.day));
    return calendar;
}

}  // namespace

Date date_of(calendar::LocalDay day) {
    const std::unique_ptr<icu::Calendar> calendar = reckoner();
    UErrorCode code = U_ZERO_ERROR;
    calendar->setTime(milliseconds_of(day), code);
    AMER_CHECK(U_SUCCESS(code));
    return {field(*calendar, UCAL_YEAR), static_cast<unsigned>(field(*calendar, UCAL_MONTH)) + 1,
            static_cast<unsigned>(field(*calendar, UCAL_DATE))};
}

calendar::LocalDay day_of(const Date& date) {
    UErrorCode code = U_ZERO_ERROR;
    const double at = set_to(date)->getTime(code);
    AMER_CHECK(U_SUCCESS(code));
    const auto days = static_cast<int>(std::floor(at / kMillisecondsOfDay));
    return std::chrono::sys_days{std::chrono::days{days}};
}

unsigned days_of_month(int year, unsigned month) {
    UErrorCode code = U_ZERO_ERROR;
    const int days = set_to({year, month, 1})->getActualMaximum(UCAL_DATE, code);
    AMER_CHECK(U_SUCCESS(code));
    return static_cast<unsigned>(days);
}

std::string text_of(const Date& date) {
    return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string words_of(calendar::LocalDay day, Language language) {
    const char* const locale = language == Language::arabic
                                   ? "ar@calendar=islamic-umalqura;numbers=latn"
                                   : "en@calendar=islamic-umalqura";
    UErrorCode code = U_ZERO_ERROR;
    icu::SimpleDateFormat format{icu::UnicodeString{"d MMMM y"}, icu::Locale{locale}, code};
    AMER_CHECK(U_SUCCESS(code));
    format.setTimeZone(*icu::TimeZone::getGMT());
    icu::UnicodeString written;
    format.format(milliseconds_of(day), written);
    std::string words;
    return written.toUTF8String(words);
}

}  // namespace amer::hijri

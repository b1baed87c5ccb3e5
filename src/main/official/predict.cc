#include "main/official/predict.h"

#include <algorithm>

#include "main/hijri/hijri.h"

namespace amer::official {
namespace {

using calendar::Holiday;
using calendar::HolidayStatus;
using calendar::LocalDay;
using std::chrono::days;
using std::chrono::sys_days;

Holiday of_the_moon(int year, unsigned month, unsigned day, days lasts) {
    Holiday holiday;
    const sys_days first{hijri::day_of({year, month, day})};
    holiday.first_day = LocalDay{first};
    holiday.last_day = LocalDay{first + lasts - days{1}};
    holiday.status = HolidayStatus::predicted;
    holiday.source = "ICU islamic-umalqura; not announced";
    return holiday;
}

Holiday eid_al_fitr(int year) {
    // The thirtieth of Ramadan is a holiday when there is one.
    const bool has_thirtieth = hijri::days_of_month(year, hijri::kRamadan) == 30;
    Holiday eid = of_the_moon(year, hijri::kShawwal, 1, days{3});
    if (has_thirtieth) eid.first_day = LocalDay{sys_days{eid.first_day} - days{1}};
    eid.id = "eid-al-fitr";
    eid.name_ar = "عيد الفطر";
    eid.name_en = "Eid Al Fitr";
    eid.rule = has_thirtieth ? "30 Ramadan, 1-3 Shawwal" : "1-3 Shawwal";
    return eid;
}

Holiday eid_al_adha(int year) {
    Holiday eid = of_the_moon(year, hijri::kDhuAlHijjah, 9, days{4});
    eid.id = "eid-al-adha";
    eid.name_ar = "يوم عرفة وعيد الأضحى";
    eid.name_en = "Arafat Day and Eid Al Adha";
    eid.rule = "9-12 Dhu al-Hijjah";
    return eid;
}

Holiday hijri_new_year(int year) {
    Holiday day = of_the_moon(year, hijri::kMuharram, 1, days{1});
    day.id = "hijri-new-year";
    day.name_ar = "رأس السنة الهجرية";
    day.name_en = "the Hijri New Year";
    day.rule = "1 Muharram";
    return day;
}

Holiday prophets_birthday(int year) {
    Holiday day = of_the_moon(year, hijri::kRabiI, 12, days{1});
    day.id = "prophets-birthday";
    day.name_ar = "المولد النبوي الشريف";
    day.name_en = "the Prophet's Birthday";
    day.rule = "12 Rabi I";
    return day;
}

std::vector<Holiday> of_fixed_days(int year) {
    const std::chrono::year in{year};
    Holiday new_year;
    new_year.id = "new-year";
    new_year.name_ar = "رأس السنة الميلادية";
    new_year.name_en = "New Year's Day";
    new_year.first_day = new_year.last_day = in / 1 / 1;
    new_year.rule = "1 January";
    Holiday national_day;
    national_day.id = "national-day";
    national_day.name_ar = "عيد الاتحاد";
    national_day.name_en = "Eid Al Etihad, the National Day";
    national_day.first_day = in / 12 / 2;
    national_day.last_day = in / 12 / 3;
    national_day.rule = "2-3 December";
    std::vector<Holiday> both{new_year, national_day};
    for (Holiday& holiday : both) {
        holiday.status = HolidayStatus::announced;
        holiday.source = "Cabinet Resolution 27 of 2024; the Cabinet may move it";
    }
    return both;
}

}  // namespace

std::vector<Holiday> proposed_holidays(int year) {
    std::vector<Holiday> all = of_fixed_days(year);
    // Three Hijri years may touch one of ours, and one feast may come twice in it.
    const int first = hijri::date_of(std::chrono::year{year} / 1 / 1).year;
    const int last = hijri::date_of(std::chrono::year{year} / 12 / 31).year;
    for (int hijri_year = first; hijri_year <= last; ++hijri_year) {
        for (const auto& feast : {hijri_new_year, prophets_birthday, eid_al_fitr, eid_al_adha}) {
            const Holiday holiday = feast(hijri_year);
            if (int{holiday.first_day.year()} == year) all.push_back(holiday);
        }
    }
    std::sort(all.begin(), all.end(), [](const Holiday& one, const Holiday& other) {
        return one.first_day < other.first_day;
    });
    return all;
}

std::pair<LocalDay, LocalDay> next_ramadan(LocalDay day) {
    hijri::Date date = hijri::date_of(day);
    if (date.month > hijri::kRamadan) ++date.year;
    const sys_days first{hijri::day_of({date.year, hijri::kRamadan, 1})};
    const days lasts{hijri::days_of_month(date.year, hijri::kRamadan)};
    return {LocalDay{first}, LocalDay{first + lasts - days{1}}};
}

}  // namespace amer::official

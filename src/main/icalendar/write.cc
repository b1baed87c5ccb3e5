#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/check.h"
#include "base/reflected_name.h"
#include "main/icalendar/handles.h"
#include "main/icalendar/icalendar.h"
#include "main/official/day_words.h"

namespace amer::icalendar {
namespace {

using calendar::LocalDay;

icaltimetype date_of(LocalDay day) {
    icaltimetype date = icaltime_null_date();
    date.year = int{day.year()};
    date.month = static_cast<int>(unsigned{day.month()});
    date.day = static_cast<int>(unsigned{day.day()});
    return date;
}

icaltimetype time_of(Instant instant) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(instant.time_since_epoch());
    return icaltime_from_timet_with_zone(seconds.count(), 0, icaltimezone_get_utc_timezone());
}

// Control characters would break the lines of the file.
std::string one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(),
        [](char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F; },
        ' ');
    return text;
}

std::string both_names(const std::string& arabic, const std::string& english) {
    return arabic == english ? english : fmt::format("{} / {}", arabic, english);
}

class Writer {
public:
    explicit Writer(Instant now) : now_{time_of(now)} {
        add(icalproperty_new_version("2.0"));
        add(icalproperty_new_prodid("-//Amer//Official calendar//EN"));
        add(icalproperty_new_calscale("GREGORIAN"));
    }

    void add(const calendar::Holiday& holiday) {
        begin("holiday", holiday.id, holiday.first_day.year(), holiday.scope, kHoliday);
        set_days(holiday.first_day, holiday.last_day);
        put(icalproperty_new_summary(
            one_line(both_names(holiday.name_ar, holiday.name_en)).c_str()));
        put_text(holiday.source);
        put(icalproperty_new_status(status_of(holiday.status)));
        put(kStatus, std::string{enum_name(holiday.status)});
        put_names(holiday.id, holiday.name_ar, holiday.name_en);
        put(kRule, holiday.rule);
        if (holiday.announced_on) put(kAnnouncedOn, calendar::text_of(*holiday.announced_on));
    }

    void add(const calendar::DatedProfile& profile) {
        begin("hours", profile.name, profile.first_day.year(), profile.scope, kHours);
        set_days(profile.first_day, profile.last_day);
        put(icalproperty_new_summary(one_line(profile.name).c_str()));
        std::string hours;
        for (std::size_t weekday = 0; weekday < profile.hours.size(); ++weekday) {
            const LocalDay day{std::chrono::sys_days{std::chrono::days{3 + weekday}}};  // a Sunday
            if (profile.hours[weekday].empty()) continue;
            hours += fmt::format("{}{} {}", hours.empty() ? "" : ", ", official::weekday_of(day),
                                 official::spans_text(profile.hours[weekday]));
        }
        put_text(hours);
        put(icalproperty_new_status(ICAL_STATUS_CONFIRMED));
    }

    void add(const calendar::Closure& closure) {
        const auto day = std::chrono::floor<std::chrono::days>(closure.from);
        begin("closure", closure.id, LocalDay{day}.year(), closure.scope, kClosure);
        put(icalproperty_new_dtstart(time_of(closure.from)));
        put(icalproperty_new_dtend(time_of(closure.until)));
        put(icalproperty_new_summary(
            one_line(both_names(closure.name_ar, closure.name_en)).c_str()));
        put_text(closure.source);
        put(icalproperty_new_status(ICAL_STATUS_CONFIRMED));
        put_names(closure.id, closure.name_ar, closure.name_en);
    }

    std::string text() {
        char* const written = icalcomponent_as_ical_string_r(file_.get());
        AMER_CHECK(written != nullptr);
        std::string text{written};
        icalmemory_free_buffer(written);
        return text;
    }

private:
    static icalproperty_status status_of(calendar::HolidayStatus status) {
        switch (status) {
            case calendar::HolidayStatus::predicted: return ICAL_STATUS_TENTATIVE;
            case calendar::HolidayStatus::cancelled: return ICAL_STATUS_CANCELLED;
            case calendar::HolidayStatus::announced:
            case calendar::HolidayStatus::confirmed: break;
        }
        return ICAL_STATUS_CONFIRMED;
    }

    void add(icalproperty* property) { icalcomponent_add_property(file_.get(), property); }
    void put(icalproperty* property) { icalcomponent_add_property(event_, property); }
    void put(const char* name, const std::string& value) {
        if (value.empty()) return;
        icalproperty* property = icalproperty_new_x(one_line(value).c_str());
        icalproperty_set_x_name(property, name);
        put(property);
    }
    void put_text(const std::string& text) {
        if (!text.empty()) put(icalproperty_new_description(one_line(text).c_str()));
    }
    void put_names(const std::string& id, const std::string& arabic, const std::string& english) {
        put(kId, id);
        put(kNameArabic, arabic);
        put(kNameEnglish, english);
    }

    void begin(const char* kind, const std::string& id, std::chrono::year year,
               const calendar::Scope& scope, const char* category) {
        event_ = icalcomponent_new(ICAL_VEVENT_COMPONENT);
        icalcomponent_add_component(file_.get(), event_);
        const std::string where = official::scope_text(scope);
        std::string uid = fmt::format("{}-{}-{}", kind, id, int{year});
        if (!where.empty()) uid += "-" + where;
        std::replace(uid.begin(), uid.end(), ' ', '-');
        const int count = ++uids_[uid];  // two rows of one feast: as predicted, as announced
        if (count > 1) uid += fmt::format("-{}", count);
        put(icalproperty_new_uid(one_line(uid + "@amer").c_str()));
        put(icalproperty_new_dtstamp(now_));
        put(icalproperty_new_categories(category));
        put(icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
        put(kScope, where);
        if (!where.empty()) put(icalproperty_new_location(one_line(scope.where).c_str()));
    }

    void set_days(LocalDay first, LocalDay last) {
        put(icalproperty_new_dtstart(date_of(first)));
        put(icalproperty_new_dtend(
            date_of(LocalDay{std::chrono::sys_days{last} + std::chrono::days{1}})));
    }

    Component file_{icalcomponent_new(ICAL_VCALENDAR_COMPONENT)};
    icalcomponent* event_ = nullptr;  // of file_
    icaltimetype now_;
    std::map<std::string, int> uids_;
};

}  // namespace

std::string write(const calendar::Calendar& calendar, Instant now) {
    Writer writer{now};
    for (const calendar::Holiday& holiday : calendar.holidays) writer.add(holiday);
    for (const calendar::DatedProfile& profile : calendar.dated) writer.add(profile);
    for (const calendar::Closure& closure : calendar.closures) {
        if (closure.from < closure.until) writer.add(closure);  // equal: it was called off
    }
    return writer.text();
}

}  // namespace amer::icalendar

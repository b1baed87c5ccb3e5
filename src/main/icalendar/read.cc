#include <algorithm>

#include <fmt/format.h>

#include "base/reflected_name.h"
#include "main/config/table_reader.h"
#include "main/icalendar/handles.h"
#include "main/icalendar/icalendar.h"
#include "main/icalendar/lines.h"

namespace amer::icalendar {
namespace {

using calendar::Holiday;
using calendar::HolidayStatus;
using calendar::LocalDay;
using std::chrono::days;
using std::chrono::sys_days;

constexpr std::size_t kLongestId = 40;

std::string text_of(const char* text) { return text == nullptr ? "" : text; }

Result<LocalDay> day_of(const icaltimetype& time) {
    const LocalDay day{std::chrono::year{time.year},
                       std::chrono::month{static_cast<unsigned>(time.month)},
                       std::chrono::day{static_cast<unsigned>(time.day)}};
    if (day.ok() && time.year >= 1900 && time.year <= 2200) return day;
    return failure(fmt::format("{:04}-{:02}-{:02} is no day", time.year, time.month, time.day));
}

// "national-day" of "National Day!"; "" when nothing of it is left.
std::string id_from(std::string_view name) {
    std::string id;
    for (const char letter : name) {
        const bool is_capital = letter >= 'A' && letter <= 'Z';
        const char small = is_capital ? static_cast<char>(letter - 'A' + 'a') : letter;
        const bool is_kept = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9');
        if (is_kept) {
            id += small;
        } else if (letter != '\'' && !id.empty() && id.back() != '-') {
            id += '-';
        }
    }
    id = id.substr(0, kLongestId);
    while (id.ends_with('-')) id.pop_back();
    return id;
}

// One VEVENT; what it says wrongly is said without its line.
class EventReader {
public:
    EventReader(icalcomponent* event, std::optional<HolidayStatus> forced)
        : event_{event}, forced_{forced} {}

    Result<void> read(Imported& imported, std::uint32_t line) {
        if (auto understood = demand_understood(); !understood) return understood;
        if (is_of_category(kHours)) {
            imported.passed_over.push_back({line, fmt::format("hours \"{}\"", summary())});
            return {};
        }
        const icaltimetype start = icalproperty_get_dtstart(find(ICAL_DTSTART_PROPERTY));
        return start.is_date != 0 ? read_holiday(imported, line, start)
                                  : read_closure(imported, start);
    }

private:
    icalproperty* find(icalproperty_kind kind) const {
        return icalcomponent_get_first_property(event_, kind);
    }

    std::string extra(std::string_view name) const {
        for (icalproperty* at = find(ICAL_X_PROPERTY); at != nullptr;
             at = icalcomponent_get_next_property(event_, ICAL_X_PROPERTY)) {
            if (text_of(icalproperty_get_x_name(at)) == name)
                return text_of(icalproperty_get_x(at));
        }
        return "";
    }

    bool is_of_category(std::string_view name) const {
        for (icalproperty* at = find(ICAL_CATEGORIES_PROPERTY); at != nullptr;
             at = icalcomponent_get_next_property(event_, ICAL_CATEGORIES_PROPERTY)) {
            if (text_of(icalproperty_get_categories(at)) == name) return true;
        }
        return false;
    }

    std::string summary() const { return text_of(icalcomponent_get_summary(event_)); }

    Result<void> demand_understood() const {
        if (icalproperty* wrong = find(ICAL_XLICERROR_PROPERTY)) {
            return failure(text_of(icalproperty_get_xlicerror(wrong)));
        }
        for (const icalproperty_kind kind :
             {ICAL_RRULE_PROPERTY, ICAL_RDATE_PROPERTY, ICAL_EXDATE_PROPERTY, ICAL_EXRULE_PROPERTY,
              ICAL_RECURRENCEID_PROPERTY}) {
            if (find(kind) == nullptr) continue;
            return failure(
                fmt::format("{}: an event that recurs is not understood; write each of "
                            "its days as an event of its own",
                            icalproperty_kind_to_string(kind)));
        }
        if (find(ICAL_DTSTART_PROPERTY) == nullptr) return failure("it has no DTSTART");
        if (summary().empty()) return failure("it has no SUMMARY: nobody knows what day it is");
        return {};
    }

    Result<void> read_holiday(Imported& imported, std::uint32_t line, const icaltimetype& start) {
        const auto first = day_of(start);
        if (!first) return tl::unexpected<Error>{first.error()};
        const auto last = last_day(*first);
        if (!last) return tl::unexpected<Error>{last.error()};
        Imported::Row row;
        row.line = line;
        Holiday& holiday = row.holiday;
        holiday.first_day = *first;
        holiday.last_day = *last;
        row.has_one_name = read_names(holiday.name_ar, holiday.name_en);
        holiday.id = read_id(holiday.name_en, fmt::format("holiday-{}", calendar::text_of(*first)));
        holiday.source = read_source();
        holiday.rule = extra(kRule);
        if (auto scope = read_scope()) {
            holiday.scope = *scope;
        } else {
            return tl::unexpected<Error>{scope.error()};
        }
        if (auto known = read_announced_on(holiday); !known) return known;
        if (auto known = read_status(holiday); !known) return known;
        imported.holidays.push_back(std::move(row));
        return {};
    }

    // DTEND is the first day that is not part of it; without one it is a single day.
    Result<LocalDay> last_day(LocalDay first) const {
        if (icalproperty* length = find(ICAL_DURATION_PROPERTY)) {
            const icaldurationtype lasts = icalproperty_get_duration(length);
            const unsigned whole_days = lasts.days + 7 * lasts.weeks;
            const bool is_whole = lasts.is_neg == 0 && whole_days > 0 && whole_days < 400 &&
                                  lasts.hours == 0 && lasts.minutes == 0 && lasts.seconds == 0;
            if (!is_whole) return failure("its DURATION is no number of whole days");
            return LocalDay{sys_days{first} + days{whole_days - 1}};
        }
        icalproperty* end = find(ICAL_DTEND_PROPERTY);
        if (end == nullptr) return first;
        const icaltimetype until = icalproperty_get_dtend(end);
        if (until.is_date == 0) return failure("it begins on a day and ends at a time");
        const auto day = day_of(until);
        if (!day) return day;
        if (*day <= first) return failure("it ends before it begins: DTEND is the day after it");
        return LocalDay{sys_days{*day} - days{1}};
    }

    Result<void> read_closure(Imported& imported, const icaltimetype& start) {
        icalproperty* end = find(ICAL_DTEND_PROPERTY);
        if (end == nullptr) return failure("it has no DTEND");
        const auto from = instant_of(start, find(ICAL_DTSTART_PROPERTY));
        if (!from) return tl::unexpected<Error>{from.error()};
        const auto until = instant_of(icalproperty_get_dtend(end), end);
        if (!until) return tl::unexpected<Error>{until.error()};
        if (*until <= *from) return failure("it ends before it begins");
        calendar::Closure closure;
        closure.from = *from;
        closure.until = *until;
        read_names(closure.name_ar, closure.name_en);
        closure.id = read_id(closure.name_en, "closure");
        closure.source = read_source();
        const auto scope = read_scope();
        if (!scope) return tl::unexpected<Error>{scope.error()};
        closure.scope = *scope;
        imported.closures.push_back(std::move(closure));
        return {};
    }

    static Result<Instant> instant_of(const icaltimetype& time, icalproperty* property) {
        if (time.is_date != 0) return failure("it begins at a time and ends on a day");
        if (icaltime_is_utc(time) == 0) {
            icalparameter* zone = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
            return failure(fmt::format(
                "its times are {}: expected times in UTC such as 20261120T060000Z",
                zone == nullptr
                    ? "of no zone"
                    : fmt::format("of zone '{}'", text_of(icalparameter_get_tzid(zone)))));
        }
        const auto day = day_of(time);
        if (!day) return tl::unexpected<Error>{day.error()};
        const bool is_time = time.hour >= 0 && time.hour < 24 && time.minute >= 0 &&
                             time.minute < 60 && time.second >= 0 && time.second < 60;
        if (!is_time) return failure("its times are none of a day");
        return Instant{sys_days{*day}} + std::chrono::hours{time.hour} +
               std::chrono::minutes{time.minute} + std::chrono::seconds{time.second};
    }

    // Is there one for both languages only?
    bool read_names(std::string& arabic, std::string& english) const {
        arabic = extra(kNameArabic);
        english = extra(kNameEnglish);
        const std::string title = summary();
        const std::size_t slash = title.find(" / ");
        const bool is_split = slash != std::string::npos;
        const bool has_one = arabic.empty() && english.empty() && !is_split;
        if (arabic.empty()) arabic = is_split ? title.substr(0, slash) : title;
        if (english.empty()) english = is_split ? title.substr(slash + 3) : title;
        return has_one;
    }

    std::string read_id(const std::string& name, const std::string& otherwise) const {
        std::string id = extra(kId);
        if (id.empty()) id = id_from(name);
        return id.empty() ? otherwise : id;
    }

    std::string read_source() const {
        const std::string source = text_of(icalcomponent_get_description(event_));
        return source.empty() ? "an iCalendar file" : source;
    }

    Result<calendar::Scope> read_scope() const {
        using Kind = calendar::Scope::Kind;
        const std::string text = extra(kScope);
        if (text.empty()) return calendar::Scope{};
        const std::size_t blank = text.find(' ');
        const auto kind = enum_value<Kind>(std::string_view{text}.substr(0, blank));
        const bool is_scope =
            blank != std::string::npos && blank + 1 < text.size() && kind && *kind != Kind::federal;
        if (!is_scope) return failure(fmt::format("{} is \"{}\"", kScope, text));
        return calendar::Scope{*kind, text.substr(blank + 1)};
    }

    Result<void> read_announced_on(Holiday& holiday) const {
        const std::string text = extra(kAnnouncedOn);
        if (text.empty()) return {};
        holiday.announced_on = config::day_from(text);
        if (holiday.announced_on) return {};
        return failure(fmt::format("{} is \"{}\": expected a day", kAnnouncedOn, text));
    }

    Result<void> read_status(Holiday& holiday) const {
        const std::string own = extra(kStatus);
        const auto known = enum_value<HolidayStatus>(own);
        if (!own.empty() && !known) return failure(fmt::format("{} is \"{}\"", kStatus, own));
        const icalproperty_status said = icalcomponent_get_status(event_);
        holiday.status = HolidayStatus::announced;
        if (said == ICAL_STATUS_TENTATIVE) holiday.status = HolidayStatus::predicted;
        if (said == ICAL_STATUS_CANCELLED) holiday.status = HolidayStatus::cancelled;
        if (known) holiday.status = *known;
        if (forced_ && holiday.status != HolidayStatus::cancelled) holiday.status = *forced_;
        return {};
    }

    icalcomponent* event_;
    std::optional<HolidayStatus> forced_;
};

}  // namespace

Result<Imported> read(std::string_view text, std::optional<HolidayStatus> forced) {
    const auto lines = lines_of_events(text);
    if (!lines) return tl::unexpected<Error>{lines.error()};
    icalerror_set_errors_are_fatal(0);
    const std::string whole{
        text.substr(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0)};
    const Component file{icalparser_parse_string(whole.c_str())};
    if (!file) return failure("line 1: this is no iCalendar file");
    std::vector<icalcomponent*> events;
    const auto gather = [&](icalcomponent* calendar) {
        for (icalcomponent* at = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
             at != nullptr;
             at = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
            events.push_back(at);
        }
    };
    gather(file.get());
    for (icalcomponent* at =
             icalcomponent_get_first_component(file.get(), ICAL_VCALENDAR_COMPONENT);
         at != nullptr;
         at = icalcomponent_get_next_component(file.get(), ICAL_VCALENDAR_COMPONENT)) {
        gather(at);
    }
    if (events.size() != lines->size()) return failure("line 1: its events cannot be told apart");
    Imported imported;
    for (std::size_t at = 0; at < events.size(); ++at) {
        const auto taken = EventReader{events[at], forced}.read(imported, (*lines)[at]);
        if (taken) continue;
        return failure(fmt::format("line {}: the event that begins here: {}", (*lines)[at],
                                   taken.error().what));
    }
    return imported;
}

}  // namespace amer::icalendar

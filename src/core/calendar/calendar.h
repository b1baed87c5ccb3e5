#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/instant.h"
#include "core/terms/terms.h"

namespace amer::calendar {

using LocalDay = std::chrono::year_month_day;

// Open minutes of a local day: [from, until) counted from local midnight, until <= 24*60.
struct OpenSpan {
    std::int32_t from_minute = 0;
    std::int32_t until_minute = 0;

    AMER_FIELDS(OpenSpan, from_minute, until_minute)
};

// Hours for each day of the week; index 0 = Sunday, as std::chrono::weekday::c_encoding().
using WeekHours = std::array<std::vector<OpenSpan>, 7>;

// For whom a row holds: the whole centre, the offices in one emirate, one office. A calendar whose
// questions are answered below is the centre's: rows of narrower scope do not count in it, until
// core/calendar/place.h makes the calendar of a place of it.
struct Scope {
    enum class Kind : std::uint8_t { federal, emirate, office };

    Kind kind = Kind::federal;
    std::string where;  // the emirate, or the id of the office; "" when federal

    AMER_FIELDS(Scope, kind, where)
};

struct WeeklyProfile {  // in force from this local day until a later profile takes over
    LocalDay effective_from{};
    WeekHours hours;
    Scope scope = {};

    AMER_FIELDS(WeeklyProfile, effective_from, hours, scope)
};

struct DatedProfile {  // replaces the weekly hours on [first_day, last_day]: Ramadan
    std::string name;
    LocalDay first_day{};
    LocalDay last_day{};
    WeekHours hours;
    Scope scope = {};

    AMER_FIELDS(DatedProfile, name, first_day, last_day, hours, scope)
};

enum class HolidayStatus : std::uint8_t { predicted, announced, confirmed, cancelled };

struct Holiday {
    std::string id;  // also the id of the prompt that names it: HOL-<id>
    std::string name_ar;
    std::string name_en;
    LocalDay first_day{};
    LocalDay last_day{};
    HolidayStatus status = HolidayStatus::announced;
    std::string source;
    Scope scope = {};
    std::string rule = {};                                // "1-3 Shawwal"
    std::optional<LocalDay> announced_on = std::nullopt;  // when the decision became known

    AMER_FIELDS(Holiday, id, name_ar, name_en, first_day, last_day, status, source, scope, rule,
                announced_on)
};

struct ZoneRule {  // the offset from UTC in force from this instant
    Instant from;
    std::int32_t offset_minutes = 0;

    AMER_FIELDS(ZoneRule, from, offset_minutes)
};

// A stretch in which the centre is closed whatever its hours say: a storm, a fire alarm.
struct Closure {
    std::string id;
    std::string name_ar;
    std::string name_en;
    Instant from;
    Instant until;  // the first instant that is open again
    std::string source;
    Scope scope = {};

    AMER_FIELDS(Closure, id, name_ar, name_en, from, until, source, scope)
};

// The official calendar as dated data (domain.md section 3). Pure: asks no clock, no time zone
// database. Zone rules are ordered by `from`; before the first, the first holds.
struct Calendar {
    std::string name;
    std::uint64_t version = 0;
    std::vector<ZoneRule> zone;
    std::vector<WeeklyProfile> weekly;
    std::vector<DatedProfile> dated;
    std::vector<Holiday> holidays;
    std::vector<Closure> closures;

    AMER_FIELDS(Calendar, name, version, zone, weekly, dated, holidays, closures)
};

struct LocalTime {
    LocalDay day{};
    std::int32_t minute = 0;  // since local midnight
    std::int32_t second = 0;
    unsigned weekday = 0;  // 0 = Sunday

    bool operator==(const LocalTime&) const = default;
};

// What is wrong with the data, one English sentence each; empty when it may be published.
std::vector<std::string> complaints(const Calendar& calendar);

LocalTime local_time(const Calendar& calendar, Instant instant);
// When the wall clock shows this minute (0 to 24*60) of this day: the first time when a step makes
// it come twice, the instant of the step when it never comes.
Instant instant_of(const Calendar& calendar, LocalDay day, std::int32_t minute);

// When the local day after that of this instant begins.
Instant next_midnight(const Calendar& calendar, Instant instant);

std::string text_of(LocalDay day);  // "2026-11-24"

// The hours of the week that this local day belongs to, whatever holidays lie in it; nothing before
// the first weekly row.
std::optional<WeekHours> week_in_force(const Calendar& calendar, LocalDay day);

// Is this instant inside an official working day's hours? 16:30:00.000 is closed.
bool is_open(const Calendar& calendar, Instant now);

// The first opening at or after `after` and the end of that local day's hours, the time a call
// received now is returned: an instant before today's opening gives today. When the centre is open
// this is the next opening after the present one. Nothing when no day opens within 30 days: the
// caller of this raises an alarm instead of looping.
std::optional<Window> next_opening(const Calendar& calendar, Instant after);

// The end of the span that `now` is in (hours that go on past midnight are one span), or nothing
// when closed, or when nothing closes within 30 days.
std::optional<Instant> closing_of(const Calendar& calendar, Instant now);

// How far ahead anybody looks: longer closed in a row, and there is no answer.
inline constexpr std::chrono::days kHorizon{30};

// The hours of a local day as its rows say, holidays and profiles included, before any closure.
std::vector<OpenSpan> spans_on(const Calendar& calendar, LocalDay day);

// From the first instant of this local day that is open to its last; nothing: it is no working day.
std::optional<Window> hours_of(const Calendar& calendar, LocalDay day);

// The holiday (not cancelled) that makes this local day closed, or nothing. Of several the
// firmest: confirmed, then announced, then predicted. A predicted row counts only until a row of
// its id, within two months, says what was decided: that always wins, whatever days it has.
std::optional<Holiday> holiday_on(const Calendar& calendar, LocalDay day);

// Must the announcement leave this opening's day unnamed ("the next working day")? Yes when a day
// between now and the morrow of the opening, at most three days before it, is a holiday by
// prediction only: a moon seen a day early or late would make the spoken day untrue.
bool rests_on_prediction(const Calendar& calendar, Instant now, const Window& opening);

}  // namespace amer::calendar

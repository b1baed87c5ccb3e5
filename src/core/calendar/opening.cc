#include <algorithm>

#include "core/calendar/calendar.h"

namespace amer::calendar {
namespace {

using std::chrono::days;

constexpr Duration kOneTick{1};
constexpr std::int32_t kMinutesOfDay = 24 * 60;
constexpr days kSameFeast{60};

template <typename Row>
bool is_for_all(const Row& row) {
    return row.scope.kind == Scope::Kind::federal;
}

LocalDay days_after(LocalDay day, days count) {
    return LocalDay{std::chrono::sys_days{day} + count};
}

bool is_within(days length, LocalDay one, LocalDay other) {
    return std::chrono::abs(std::chrono::sys_days{one} - std::chrono::sys_days{other}) <= length;
}

const WeekHours* week_hours_on(const Calendar& calendar, LocalDay day) {
    const DatedProfile* dated = nullptr;
    for (const DatedProfile& profile : calendar.dated) {
        const bool is_in_force =
            is_for_all(profile) && profile.first_day <= day && day <= profile.last_day;
        if (is_in_force && (dated == nullptr || profile.first_day >= dated->first_day)) {
            dated = &profile;
        }
    }
    if (dated != nullptr) return &dated->hours;

    const WeeklyProfile* weekly = nullptr;
    for (const WeeklyProfile& profile : calendar.weekly) {
        const bool is_in_force = is_for_all(profile) && profile.effective_from <= day;
        if (is_in_force &&
            (weekly == nullptr || profile.effective_from >= weekly->effective_from)) {
            weekly = &profile;
        }
    }
    return weekly == nullptr ? nullptr : &weekly->hours;
}

// Every instant of this local day at which open may turn into closed or back, in order. Between
// two neighbours nothing changes, which is what makes the questions below exact.
std::vector<Instant> edges_of(const Calendar& calendar, LocalDay day) {
    std::vector<Instant> edges;
    const auto add_wall_minute = [&](std::int32_t minute) {
        const Instant wall = std::chrono::sys_days{day} + std::chrono::minutes{minute};
        for (const ZoneRule& rule : calendar.zone) {
            edges.push_back(wall - std::chrono::minutes{rule.offset_minutes});
        }
        if (calendar.zone.empty()) edges.push_back(wall);
    };
    add_wall_minute(0);
    add_wall_minute(kMinutesOfDay);
    for (const OpenSpan& span : spans_on(calendar, day)) {
        add_wall_minute(span.from_minute);
        add_wall_minute(span.until_minute);
    }
    const auto add_if_today = [&](Instant instant) {
        if (local_time(calendar, instant).day == day) edges.push_back(instant);
    };
    for (const ZoneRule& rule : calendar.zone) {
        add_if_today(rule.from);
    }
    for (const Closure& closure : calendar.closures) {
        add_if_today(closure.from);
        add_if_today(closure.until);
    }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    return edges;
}

bool was_open_before(const Calendar& calendar, Instant instant) {
    return is_open(calendar, instant - kOneTick);
}

// The last instant that ends open hours of this local day.
Instant end_of_hours(const Calendar& calendar, LocalDay day, Instant opening) {
    Instant end = opening;
    for (const Instant edge : edges_of(calendar, day)) {
        const Instant before = edge - kOneTick;
        if (edge > end && is_open(calendar, before) && local_time(calendar, before).day == day) {
            end = edge;
        }
    }
    return end;
}

}  // namespace

std::vector<OpenSpan> spans_on(const Calendar& calendar, LocalDay day) {
    if (holiday_on(calendar, day)) return {};
    const WeekHours* hours = week_hours_on(calendar, day);
    if (hours == nullptr) return {};
    return (*hours)[std::chrono::weekday{std::chrono::sys_days{day}}.c_encoding()];
}

std::optional<WeekHours> week_in_force(const Calendar& calendar, LocalDay day) {
    const WeekHours* hours = week_hours_on(calendar, day);
    return hours == nullptr ? std::nullopt : std::optional{*hours};
}

bool is_open(const Calendar& calendar, Instant now) {
    for (const Closure& closure : calendar.closures) {
        if (is_for_all(closure) && closure.from <= now && now < closure.until) return false;
    }
    const LocalTime local = local_time(calendar, now);
    for (const OpenSpan& span : spans_on(calendar, local.day)) {
        if (span.from_minute <= local.minute && local.minute < span.until_minute) return true;
    }
    return false;
}

std::optional<Window> hours_of(const Calendar& calendar, LocalDay day) {
    for (const Instant edge : edges_of(calendar, day)) {
        if (local_time(calendar, edge).day == day && is_open(calendar, edge)) {
            return Window{edge, end_of_hours(calendar, day, edge)};
        }
    }
    return std::nullopt;
}

std::optional<Window> next_opening(const Calendar& calendar, Instant after) {
    const LocalDay today = local_time(calendar, after).day;
    for (days ahead{0}; ahead <= kHorizon; ++ahead) {
        const LocalDay day = days_after(today, ahead);
        for (const Instant edge : edges_of(calendar, day)) {
            const bool is_opening = edge >= after && is_open(calendar, edge) &&
                                    !was_open_before(calendar, edge) &&
                                    local_time(calendar, edge).day == day;
            if (is_opening) return Window{edge, end_of_hours(calendar, day, edge)};
        }
    }
    return std::nullopt;
}

std::optional<Instant> closing_of(const Calendar& calendar, Instant now) {
    if (!is_open(calendar, now)) return std::nullopt;
    const LocalDay today = local_time(calendar, now).day;
    for (days ahead{0}; ahead <= kHorizon; ++ahead) {
        for (const Instant edge : edges_of(calendar, days_after(today, ahead))) {
            if (edge > now && !is_open(calendar, edge)) return edge;
        }
    }
    return std::nullopt;
}

std::optional<Holiday> holiday_on(const Calendar& calendar, LocalDay day) {
    const auto firmness = [](const Holiday& holiday) {
        switch (holiday.status) {
            case HolidayStatus::confirmed: return 3;
            case HolidayStatus::announced: return 2;
            case HolidayStatus::predicted: return 1;
            case HolidayStatus::cancelled: return 0;
        }
        return 0;
    };
    // A prediction is forgotten as soon as a row of the same id says what was decided. The same
    // feast of another year has that id too, the nearest 354 days away.
    const auto is_outdated = [&](const Holiday& prediction) {
        return std::any_of(
            calendar.holidays.begin(), calendar.holidays.end(), [&](const Holiday& holiday) {
                return holiday.id == prediction.id && is_for_all(holiday) &&
                       holiday.status != HolidayStatus::predicted &&
                       is_within(kSameFeast, prediction.first_day, holiday.first_day);
            });
    };
    const Holiday* firmest = nullptr;
    for (const Holiday& holiday : calendar.holidays) {
        const bool covers = holiday.first_day <= day && day <= holiday.last_day;
        if (!covers || !is_for_all(holiday) || firmness(holiday) == 0) continue;
        if (holiday.status == HolidayStatus::predicted && is_outdated(holiday)) continue;
        if (firmest == nullptr || firmness(holiday) > firmness(*firmest)) firmest = &holiday;
    }
    return firmest == nullptr ? std::nullopt : std::optional{*firmest};
}

bool rests_on_prediction(const Calendar& calendar, Instant now, const Window& opening) {
    constexpr days kDoubtfulFor{3};
    const std::chrono::sys_days today{local_time(calendar, now).day};
    const std::chrono::sys_days opening_day{local_time(calendar, opening.from).day};
    const std::chrono::sys_days first = std::max(today, opening_day - kDoubtfulFor);
    for (std::chrono::sys_days day = first; day <= opening_day + days{1}; day += days{1}) {
        const auto holiday = holiday_on(calendar, LocalDay{day});
        if (holiday && holiday->status == HolidayStatus::predicted) return true;
    }
    return false;
}

}  // namespace amer::calendar

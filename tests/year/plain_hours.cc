#include "plain_hours.h"

#include <chrono>
#include <cstdlib>

namespace amer::year {

namespace {

using calendar::Holiday;
using calendar::HolidayStatus;
using calendar::LocalDay;
using calendar::Scope;
using std::chrono::minutes;

constexpr std::int64_t kMinutesOfDay = 24 * 60;
constexpr int kDaysAhead = 30;
// Rows of one id this many days apart are two years' holidays, not one that was moved.
constexpr std::int64_t kOtherYear = 180;

std::int64_t number_of(LocalDay day) {
    return std::chrono::sys_days{day}.time_since_epoch().count();
}

bool holds(const Scope& scope, const calendar::Place& place) {
    if (scope.kind == Scope::Kind::federal) return true;
    if (scope.kind == Scope::Kind::emirate) return scope.where == place.emirate;
    return scope.where == place.office;
}

bool covers(const auto& row, std::int64_t day) {
    return number_of(row.first_day) <= day && day <= number_of(row.last_day);
}

}  // namespace

PlainHours::PlainHours(calendar::Calendar rows, calendar::Place place)
    : rows_{std::move(rows)}, place_{std::move(place)} {}

std::int64_t PlainHours::day_of(Instant at) const {
    const auto wall = at.time_since_epoch() + minutes{rows_.zone.at(0).offset_minutes};
    return std::chrono::floor<std::chrono::days>(wall).count();
}

std::int32_t PlainHours::minute_of(Instant at) const {
    const auto wall = at.time_since_epoch() + minutes{rows_.zone.at(0).offset_minutes};
    const auto minute = std::chrono::floor<minutes>(wall).count();
    return static_cast<std::int32_t>(minute - day_of(at) * kMinutesOfDay);
}

bool PlainHours::is_holiday(std::int64_t day) const {
    for (const Holiday& row : rows_.holidays) {
        const bool counts = holds(row.scope, place_) && row.status != HolidayStatus::cancelled;
        if (!counts || !covers(row, day)) continue;
        if (row.status != HolidayStatus::predicted) return true;
        bool is_decided = false;  // what was announced wins, on which days it may be
        for (const Holiday& other : rows_.holidays) {
            const std::int64_t apart = number_of(other.first_day) - number_of(row.first_day);
            is_decided = is_decided ||
                         (other.id == row.id && std::abs(apart) < kOtherYear &&
                          other.status != HolidayStatus::predicted && holds(other.scope, place_));
        }
        if (!is_decided) return true;
    }
    return false;
}

const calendar::WeekHours* PlainHours::week_of(std::int64_t day) const {
    const calendar::DatedProfile* dated = nullptr;
    for (const calendar::DatedProfile& row : rows_.dated) {
        if (!holds(row.scope, place_) || !covers(row, day)) continue;
        if (dated == nullptr || row.first_day >= dated->first_day) dated = &row;
    }
    if (dated != nullptr) return &dated->hours;
    const calendar::WeeklyProfile* weekly = nullptr;
    for (const calendar::WeeklyProfile& row : rows_.weekly) {
        if (!holds(row.scope, place_) || number_of(row.effective_from) > day) continue;
        const bool is_narrower = weekly == nullptr || row.scope.kind > weekly->scope.kind;
        const bool is_as_narrow = weekly != nullptr && row.scope.kind == weekly->scope.kind;
        if (is_narrower || (is_as_narrow && row.effective_from >= weekly->effective_from)) {
            weekly = &row;
        }
    }
    return weekly == nullptr ? nullptr : &weekly->hours;
}

bool PlainHours::look(Instant at) const {
    for (const calendar::Closure& row : rows_.closures) {
        if (holds(row.scope, place_) && row.from <= at && at < row.until) return false;
    }
    const std::int64_t day = day_of(at);
    if (is_holiday(day)) return false;
    const calendar::WeekHours* week = week_of(day);
    if (week == nullptr) return false;
    const std::int32_t minute = minute_of(at);
    const auto weekday = static_cast<std::size_t>((day + 4) % 7);  // 1970-01-01 was a Thursday
    for (const calendar::OpenSpan& span : (*week)[weekday]) {
        if (span.from_minute <= minute && minute < span.until_minute) return true;
    }
    return false;
}

bool PlainHours::is_open(Instant at) const {
    const auto minute = std::chrono::floor<minutes>(at.time_since_epoch());
    if (Instant{minute} != at) return look(at);
    if (known_.empty()) {
        first_known_ = minute.count() - kDaysAhead * kMinutesOfDay;
        known_.assign(4 * kDaysAhead * kMinutesOfDay, Known::no);
    }
    const auto index = static_cast<std::size_t>(minute.count() - first_known_);
    if (minute.count() < first_known_ || index >= known_.size()) return look(at);
    if (known_[index] == Known::no) known_[index] = look(at) ? Known::open : Known::closed;
    return known_[index] == Known::open;
}

// Between two steps nothing changes: rows change at whole minutes, closures when they begin or end.
Instant PlainHours::next_step(Instant at) const {
    Instant next{std::chrono::floor<minutes>(at.time_since_epoch()) + minutes{1}};
    for (const calendar::Closure& row : rows_.closures) {
        if (row.from > at && row.from < next) next = row.from;
        if (row.until > at && row.until < next) next = row.until;
    }
    return next;
}

std::optional<Window> PlainHours::owed_since(Instant at) const {
    const std::int64_t last_day = day_of(at) + kDaysAhead;
    Instant step = at;
    if (is_open(at)) {
        while (is_open(step) && day_of(step) <= last_day) step = next_step(step);
        return Window{at, step};
    }
    while (!is_open(step)) {
        step = next_step(step);
        if (day_of(step) > last_day) return std::nullopt;
    }
    Window window{step, step};
    for (const std::int64_t day = day_of(step); day_of(step) == day;) {
        const Instant next = next_step(step);
        if (is_open(step)) window.until = next;
        step = next;
    }
    return window;
}

std::optional<Instant> PlainHours::callable_from(Instant at, std::int32_t from_minute,
                                                 std::int32_t until_minute) const {
    const std::int64_t last_day = day_of(at) + 2 * kDaysAhead;
    for (Instant step = at; day_of(step) <= last_day; step = next_step(step)) {
        const std::int32_t minute = minute_of(step);
        if (is_open(step) && from_minute <= minute && minute < until_minute) return step;
    }
    return std::nullopt;
}

}  // namespace amer::year

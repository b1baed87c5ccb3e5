#include "core/calendar/working_time.h"

#include <algorithm>

#include "base/check.h"

namespace amer::calendar {

namespace {

using std::chrono::days;

std::optional<LocalDay> next_working_day(const Calendar& calendar, LocalDay after) {
    for (days ahead{1}; ahead <= kHorizon + days{1}; ++ahead) {
        const LocalDay day{std::chrono::sys_days{after} + ahead};
        if (hours_of(calendar, day)) return day;
    }
    return std::nullopt;
}

// Open without a break; nothing: it does not open again.
std::optional<Window> next_open_stretch(const Calendar& calendar, Instant from) {
    if (!is_open(calendar, from)) {
        const auto opening = next_opening(calendar, from);
        if (!opening) return std::nullopt;
        from = opening->from;
    }
    // Round the clock: a stretch as long as one may look ahead.
    return Window{from, closing_of(calendar, from).value_or(from + kHorizon)};
}

}  // namespace

std::optional<Instant> end_of_working_day(const Calendar& calendar, Instant from,
                                          std::int32_t count) {
    AMER_CHECK(count >= 1);
    std::optional<LocalDay> day = local_time(calendar, from).day;
    for (std::int32_t passed = 0; day && passed < count; ++passed) {
        day = next_working_day(calendar, *day);
    }
    return day ? std::optional{hours_of(calendar, *day)->until} : std::nullopt;
}

std::optional<Instant> after_open_time(const Calendar& calendar, Instant from, Duration open) {
    AMER_CHECK(open >= Duration::zero());
    if (open == Duration::zero()) return from;
    for (;;) {
        const auto stretch = next_open_stretch(calendar, from);
        if (!stretch) return std::nullopt;
        const Duration length = stretch->until - stretch->from;
        if (open <= length) return stretch->from + open;
        open -= length;
        from = stretch->until;
    }
}

Duration open_time_between(const Calendar& calendar, Instant from, Instant until) {
    Duration open{};
    while (from < until) {
        const auto stretch = next_open_stretch(calendar, from);
        if (!stretch) {
            // Nothing opens for so long; what lies behind that counts all the same.
            from += kHorizon;
            continue;
        }
        if (stretch->from >= until) break;
        open += std::min(stretch->until, until) - stretch->from;
        from = stretch->until;
    }
    return open;
}

}  // namespace amer::calendar

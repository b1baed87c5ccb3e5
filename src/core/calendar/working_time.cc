#include "core/calendar/working_time.h"

#include <algorithm>

#include "base/check.h"

namespace amer::calendar {

namespace {

using std::chrono::days;

constexpr int kMostClosedDays = 30;
constexpr days kHorizon{30};

LocalDay day_after(LocalDay day) { return LocalDay{std::chrono::sys_days{day} + days{1}}; }

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
    LocalDay day = local_time(calendar, from).day;
    for (int closed = 0; closed <= kMostClosedDays; ++closed) {
        day = day_after(day);
        const auto hours = hours_of(calendar, day);
        if (!hours) continue;
        if (--count == 0) return hours->until;
        closed = -1;
    }
    return std::nullopt;
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

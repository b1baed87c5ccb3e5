#include "core/calendar/calendar.h"

#include <fmt/format.h>

namespace amer::calendar {
namespace {

using std::chrono::minutes;

constexpr Instant kBeginning = Instant::min();

minutes offset_at(const Calendar& calendar, Instant instant) {
    if (calendar.zone.empty()) return minutes{0};
    std::int32_t offset = calendar.zone.front().offset_minutes;
    for (const ZoneRule& rule : calendar.zone) {
        if (rule.from <= instant) offset = rule.offset_minutes;
    }
    return minutes{offset};
}

}  // namespace

LocalTime local_time(const Calendar& calendar, Instant instant) {
    const Instant wall = instant + offset_at(calendar, instant);
    const auto midnight = std::chrono::floor<std::chrono::days>(wall);
    const auto since_midnight = std::chrono::floor<std::chrono::seconds>(wall - midnight).count();
    LocalTime local;
    local.day = LocalDay{midnight};
    local.minute = static_cast<std::int32_t>(since_midnight / 60);
    local.second = static_cast<std::int32_t>(since_midnight % 60);
    local.weekday = std::chrono::weekday{midnight}.c_encoding();
    return local;
}

Instant instant_of(const Calendar& calendar, LocalDay day, std::int32_t minute) {
    const Instant wall = std::chrono::sys_days{day} + minutes{minute};
    // Each rule holds until the next; the first one that shows this wall time gives the instant.
    Instant answer = wall;
    for (std::size_t i = 0; i < calendar.zone.size(); i++) {
        const Instant from = i == 0 ? kBeginning : calendar.zone[i].from;
        answer = wall - minutes{calendar.zone[i].offset_minutes};
        if (answer < from) return from;  // the clock was put forward over this minute
        const bool is_last = i + 1 == calendar.zone.size();
        if (is_last || answer < calendar.zone[i + 1].from) return answer;
    }
    return answer;
}

Instant next_midnight(const Calendar& calendar, Instant instant) {
    const LocalDay today = local_time(calendar, instant).day;
    const std::chrono::sys_days tomorrow = std::chrono::sys_days{today} + std::chrono::days{1};
    return instant_of(calendar, LocalDay{tomorrow}, 0);
}

std::string text_of(LocalDay day) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                       static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

}  // namespace amer::calendar

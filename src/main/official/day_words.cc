#include "main/official/day_words.h"

#include <array>

#include <fmt/format.h>

#include "base/reflected_name.h"
#include "main/control/describe.h"
#include "main/instant_text.h"
#include "main/report/forms.h"

namespace amer::official {

using calendar::Calendar;
using calendar::LocalDay;

const char* weekday_of(LocalDay day) {
    constexpr std::array kNames{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                "Thursday", "Friday", "Saturday"};
    return kNames[std::chrono::weekday{std::chrono::sys_days{day}}.c_encoding()];
}

std::string text_of(const Calendar& calendar, Instant instant) {
    return format_instant(instant, control::offset_at(calendar, instant));
}

std::string spans_text(const std::vector<calendar::OpenSpan>& spans) {
    std::string text;
    for (const calendar::OpenSpan& span : spans) {
        text +=
            fmt::format("{}{}-{}", text.empty() ? "" : " ", report::clock_text(span.from_minute),
                        report::clock_text(span.until_minute));
    }
    return text.empty() ? "closed" : text;
}

std::string hours_text(const Calendar& calendar, LocalDay day) {
    return spans_text(calendar::spans_on(calendar, day));
}

std::string reason_text(const Calendar& calendar, LocalDay day, Language language) {
    std::string text;
    const auto add = [&](const std::string& reason) {
        text += (text.empty() ? "" : "; ") + reason;
    };
    if (const auto holiday = calendar::holiday_on(calendar, day)) {
        add(fmt::format("{} ({})",
                        language == Language::arabic ? holiday->name_ar : holiday->name_en,
                        enum_name(holiday->status)));
    }
    for (const calendar::DatedProfile& profile : calendar.dated) {
        if (profile.first_day <= day && day <= profile.last_day) add(profile.name);
    }
    const Instant begin = calendar::instant_of(calendar, day, 0);
    const Instant end = calendar::next_midnight(calendar, begin);
    for (const calendar::Closure& closure : calendar.closures) {
        const bool is_called_off = closure.from == closure.until;
        if (is_called_off || closure.from >= end || closure.until <= begin) continue;
        add(fmt::format("{}, from {} until {}",
                        language == Language::arabic ? closure.name_ar : closure.name_en,
                        text_of(calendar, closure.from), text_of(calendar, closure.until)));
    }
    return text;
}

std::string days_text(LocalDay first, LocalDay last) {
    if (first == last) return calendar::text_of(first);
    return fmt::format("{} to {}", calendar::text_of(first), calendar::text_of(last));
}

std::string scope_text(const calendar::Scope& scope) {
    if (scope.kind == calendar::Scope::Kind::federal) return "";
    return fmt::format("{} {}", enum_name(scope.kind), scope.where);
}

}  // namespace amer::official

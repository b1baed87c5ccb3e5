#include <memory>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "engine/system_clock.h"
#include "main/cli/calendar.h"
#include "main/cli/table.h"
#include "main/hijri/hijri.h"
#include "main/official/day_words.h"

namespace amer::cli {
namespace {

using calendar::Calendar;
using calendar::LocalDay;
using nlohmann::ordered_json;
using official::hours_text;
using official::reason_text;
using official::weekday_of;

constexpr std::chrono::days kShown{14};
constexpr std::chrono::days kMostShown{400};

struct Given {
    CalendarMeant meant;
    std::string from;
    std::string until;
    Language language = Language::english;
};

int print_days(const Calendar& calendar, LocalDay from, LocalDay until, const Given& given,
               bool as_json) {
    const ordered_json version{{"name", calendar.name}, {"version", calendar.version}};
    ordered_json days = ordered_json::array();
    Table table{{"DAY", "WEEKDAY", "HIJRI", "HOURS", "WHY"}};
    for (std::chrono::sys_days at{from}; at <= std::chrono::sys_days{until};
         at += std::chrono::days{1}) {
        const LocalDay day{at};
        const std::string hours = hours_text(calendar, day);
        const std::string reason = reason_text(calendar, day, given.language);
        if (as_json) {
            const auto open = calendar::hours_of(calendar, day);
            ordered_json row{{"day", calendar::text_of(day)},
                             {"hijri", hijri::text_of(hijri::date_of(day))},
                             {"is_working_day", bool{open}},
                             {"hours", hours},
                             {"why", reason}};
            days.push_back(std::move(row));
        } else {
            table.add({calendar::text_of(day), weekday_of(day),
                       hijri::words_of(day, given.language), hours, reason});
        }
    }
    if (as_json) {
        fmt::print("{}\n", ordered_json{{"calendar", version}, {"days", days}}.dump());
    } else {
        fmt::print("Calendar \"{}\", version {}\n{}", calendar.name, calendar.version,
                   table.text());
    }
    return kDone;
}

// Both days are shown.
Result<std::pair<LocalDay, LocalDay>> days_wanted(const Given& given, const Calendar& calendar) {
    Result<LocalDay> from = calendar::local_time(calendar, engine::SystemClock{}.now()).day;
    if (!given.from.empty()) from = day_of("--from", given.from);
    if (!from) return tl::unexpected<Error>{from.error()};
    Result<LocalDay> until = LocalDay{std::chrono::sys_days{*from} + kShown - std::chrono::days{1}};
    if (!given.until.empty()) until = day_of("--until", given.until);
    if (!until) return tl::unexpected<Error>{until.error()};
    const auto shown = std::chrono::sys_days{*until} - std::chrono::sys_days{*from};
    if (shown >= std::chrono::days{0} && shown < kMostShown) return std::pair{*from, *until};
    return failure(fmt::format("--until: {} must not be before {}, nor more than {} days after it",
                               calendar::text_of(*until), calendar::text_of(*from),
                               kMostShown.count()));
}

int tell_days(const Given& given, bool as_json) {
    const auto calendar = calendar_meant(given.meant, as_json);
    if (!calendar) return kFailed;
    const auto wanted = days_wanted(given, *calendar);
    if (!wanted) {
        fail(wanted.error().what);
        return kMisused;
    }
    return print_days(*calendar, wanted->first, wanted->second, given, as_json);
}

}  // namespace

void add_calendar_show(CLI::App& calendar, Invocation& invocation) {
    CLI::App* command = calendar.add_subcommand("show", "Its days, one a line");
    const auto given = std::make_shared<Given>();
    given->meant.add_options(*command);
    command->add_option("--from", given->from, "The first day, such as 2026-11-19 [today]");
    command->add_option("--until", given->until, "The last day [two weeks of them]");
    add_language_option(*command, given->language, "Whose names of holidays and Hijri months");
    command->callback([given, &invocation] {
        invocation.work = [given, &invocation] { return tell_days(*given, invocation.as_json); };
    });
}

}  // namespace amer::cli

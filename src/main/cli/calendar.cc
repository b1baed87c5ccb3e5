#include <filesystem>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "core/calendar/calendar.h"
#include "engine/system_clock.h"
#include "main/cli/command.h"
#include "main/cli/show_problems.h"
#include "main/cli/table.h"
#include "main/config/load.h"
#include "main/control/describe.h"
#include "main/instant_text.h"
#include "main/report/forms.h"

// The official calendar as it stands in the configuration folder; no centre needs to run.
namespace amer::cli {
namespace {

using calendar::Calendar;
using calendar::LocalDay;
using nlohmann::ordered_json;

constexpr std::chrono::days kShown{14};
constexpr std::chrono::days kMostShown{400};

struct Given {
    std::filesystem::path config = "config";
    std::string at;  // "": now
    std::string from;
    std::string until;
    Language language = Language::english;
};

std::string text_of(const Calendar& calendar, Instant instant) {
    return format_instant(instant, control::offset_at(calendar, instant));
}

const char* weekday_of(LocalDay day) {
    constexpr std::array kNames{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                "Thursday", "Friday", "Saturday"};
    return kNames[std::chrono::weekday{std::chrono::sys_days{day}}.c_encoding()];
}

ordered_json version_of(const Calendar& calendar) {
    return {{"name", calendar.name}, {"version", calendar.version}};
}

// A call at that instant: is it taken, or when is it returned?
struct Returned {
    Instant at;
    std::optional<Instant> closes;  // it is taken until then
    std::optional<Window> next;
    bool rests_on_prediction = false;
};

Returned returned_at(const Calendar& calendar, Instant at) {
    Returned answer;
    answer.at = at;
    answer.closes = calendar::closing_of(calendar, at);
    answer.next = calendar::next_opening(calendar, at);
    answer.rests_on_prediction =
        answer.next && calendar::rests_on_prediction(calendar, at, *answer.next);
    return answer;
}

void print_json(const Calendar& calendar, const Returned& answer) {
    const auto instant = [&](const std::optional<Instant>& at) {
        return at ? ordered_json(text_of(calendar, *at)) : ordered_json(nullptr);
    };
    ordered_json next = nullptr;
    if (answer.next) {
        next = {{"from", instant(answer.next->from)},
                {"until", instant(answer.next->until)},
                {"rests_on_prediction", answer.rests_on_prediction}};
    }
    const ordered_json all{{"at", instant(answer.at)},
                           {"is_open", calendar::is_open(calendar, answer.at)},
                           {"closes", instant(answer.closes)},
                           {"next", next},
                           {"calendar", version_of(calendar)}};
    fmt::print("{}\n", all.dump());
}

void print_text(const Calendar& calendar, const Returned& answer) {
    if (calendar::is_open(calendar, answer.at)) {
        fmt::print("{} is open{}.\n", text_of(calendar, answer.at),
                   answer.closes ? ", until " + text_of(calendar, *answer.closes) : "");
    } else {
        fmt::print("{} is closed.\n", text_of(calendar, answer.at));
    }
    if (!answer.next) return;
    const LocalDay day = calendar::local_time(calendar, answer.next->from).day;
    fmt::print("It opens next on {} {}, and a call that is to be returned then is due by {}.\n",
               weekday_of(day), text_of(calendar, answer.next->from),
               text_of(calendar, answer.next->until));
    if (answer.rests_on_prediction) {
        fmt::print("A holiday near it is only predicted: callers are not told the day.\n");
    }
    fmt::print("By calendar \"{}\" version {}.\n", calendar.name, calendar.version);
}

int tell_next(const Given& given, bool as_json) {
    Instant at = engine::SystemClock{}.now();
    if (!given.at.empty()) {
        const auto parsed = parse_instant(given.at);
        if (!parsed) {
            fail("--at: " + parsed.error().what);
            return kMisused;
        }
        at = *parsed;
    }
    const auto loaded = config::load(given.config);
    if (!loaded) return show_problems(loaded.error(), as_json);
    const Calendar& calendar = loaded->centre.calendar;
    const Returned answer = returned_at(calendar, at);
    as_json ? print_json(calendar, answer) : print_text(calendar, answer);
    if (answer.next) return kDone;
    return fail(
        "the calendar knows no opening in the 30 days after that: holidays or hours are "
        "missing in it, and nothing can be promised");
}

std::string hours_text(const Calendar& calendar, LocalDay day) {
    std::string text;
    for (const calendar::OpenSpan& span : calendar::spans_on(calendar, day)) {
        text +=
            fmt::format("{}{}-{}", text.empty() ? "" : " ", report::clock_text(span.from_minute),
                        report::clock_text(span.until_minute));
    }
    return text.empty() ? "closed" : text;
}

// What makes this day another than its weekday says.
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
        if (closure.from >= end || closure.until <= begin) continue;
        add(fmt::format("{}, from {} until {}",
                        language == Language::arabic ? closure.name_ar : closure.name_en,
                        text_of(calendar, closure.from), text_of(calendar, closure.until)));
    }
    return text;
}

int print_days(const Calendar& calendar, LocalDay from, LocalDay until, const Given& given,
               bool as_json) {
    ordered_json days = ordered_json::array();
    Table table{{"DAY", "WEEKDAY", "HOURS", "WHY"}};
    for (std::chrono::sys_days at{from}; at <= std::chrono::sys_days{until};
         at += std::chrono::days{1}) {
        const LocalDay day{at};
        const std::string hours = hours_text(calendar, day);
        const std::string reason = reason_text(calendar, day, given.language);
        if (as_json) {
            const auto open = calendar::hours_of(calendar, day);
            ordered_json row{{"day", calendar::text_of(day)},
                             {"is_working_day", bool{open}},
                             {"hours", hours},
                             {"why", reason}};
            days.push_back(std::move(row));
        } else {
            table.add({calendar::text_of(day), weekday_of(day), hours, reason});
        }
    }
    if (as_json) {
        fmt::print("{}\n", ordered_json{{"calendar", version_of(calendar)}, {"days", days}}.dump());
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
    const auto loaded = config::load(given.config);
    if (!loaded) return show_problems(loaded.error(), as_json);
    const Calendar& calendar = loaded->centre.calendar;
    const auto wanted = days_wanted(given, calendar);
    if (!wanted) {
        fail(wanted.error().what);
        return kMisused;
    }
    return print_days(calendar, wanted->first, wanted->second, given, as_json);
}

CLI::App* add_command(CLI::App& calendar, const char* name, const char* about,
                      const std::shared_ptr<Given>& given) {
    CLI::App* command = calendar.add_subcommand(name, about);
    command->add_option("--config", given->config, "Configuration folder")->default_str("config");
    return command;
}

}  // namespace

void add_calendar(CLI::App& app, Invocation& invocation) {
    CLI::App* calendar = app.add_subcommand(
        "calendar", "The official calendar: which days and hours are open, and why");
    calendar->require_subcommand(1);
    calendar->fallthrough();
    const auto given = std::make_shared<Given>();

    CLI::App* next =
        add_command(*calendar, "next",
                    "Is a call taken at that instant, and if not, when is it returned", given);
    next->add_option("--at", given->at, "Such as 2026-12-01T17:00:00+04:00 [now]");
    next->callback([given, &invocation] {
        invocation.work = [given, &invocation] { return tell_next(*given, invocation.as_json); };
    });

    CLI::App* show = add_command(*calendar, "show", "Its days, one a line", given);
    show->add_option("--from", given->from, "The first day, such as 2026-11-19 [today]");
    show->add_option("--until", given->until, "The last day [two weeks of them]");
    add_language_option(*show, given->language, "Whose names of holidays");
    show->callback([given, &invocation] {
        invocation.work = [given, &invocation] { return tell_days(*given, invocation.as_json); };
    });
}

}  // namespace amer::cli

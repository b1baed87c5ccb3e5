#include <memory>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "engine/system_clock.h"
#include "main/cli/calendar.h"
#include "main/instant_text.h"
#include "main/official/day_words.h"

namespace amer::cli {
namespace {

using calendar::Calendar;
using calendar::LocalDay;
using nlohmann::ordered_json;
using official::text_of;
using official::weekday_of;

struct Given {
    CalendarMeant meant;
    std::string at;  // "": now
};

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
                           {"calendar", {{"name", calendar.name}, {"version", calendar.version}}}};
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
    const auto calendar = calendar_meant(given.meant, as_json);
    if (!calendar) return kFailed;
    const Returned answer = returned_at(*calendar, at);
    as_json ? print_json(*calendar, answer) : print_text(*calendar, answer);
    if (answer.next) return kDone;
    return fail(
        "the calendar knows no opening in the 30 days after that: holidays or hours are "
        "missing in it, and nothing can be promised");
}

}  // namespace

void add_calendar_next(CLI::App& calendar, Invocation& invocation) {
    CLI::App* command = calendar.add_subcommand(
        "next", "Is a call taken at that instant, and if not, when is it returned");
    const auto given = std::make_shared<Given>();
    given->meant.add_options(*command);
    command->add_option("--at", given->at, "Such as 2026-12-01T17:00:00+04:00 [now]");
    command->callback([given, &invocation] {
        invocation.work = [given, &invocation] { return tell_next(*given, invocation.as_json); };
    });
}

}  // namespace amer::cli

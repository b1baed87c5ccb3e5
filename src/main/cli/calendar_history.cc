#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "main/cli/calendar.h"
#include "main/official/day_words.h"
#include "main/official/history.h"

// What the calendar was and when, from the journal alone.
namespace amer::cli {
namespace {

using calendar::Calendar;
using calendar::LocalDay;
using nlohmann::ordered_json;
using official::History;

struct Given {
    std::filesystem::path data = "data";
    std::string believed_on;  // "": now
    std::string day;          // "": the versions themselves
    Language language = Language::english;
};

void print_json(const std::vector<History::Version>& versions) {
    ordered_json all = ordered_json::array();
    for (const History::Version& version : versions) {
        all.push_back({{"version", version.number},
                       {"since", official::text_of(version.calendar, version.since)},
                       {"cause", version.cause},
                       {"promises_moved", version.promises_moved},
                       {"changes", version.changes}});
    }
    fmt::print("{}\n", all.dump());
}

void print_text(const std::vector<History::Version>& versions) {
    for (const History::Version& version : versions) {
        fmt::print("Version {}, since {}: {}; {} {} moved\n", version.number,
                   official::text_of(version.calendar, version.since), version.cause,
                   version.promises_moved, version.promises_moved == 1 ? "promise" : "promises");
        for (const std::string& change : version.changes) fmt::print("    {}\n", change);
    }
}

// What that version says of the day, for the whole centre.
void print_day(const History::Version& version, LocalDay day, Language language, bool as_json) {
    const Calendar calendar = calendar::calendar_of(version.calendar, {});
    const std::string hours = official::hours_text(calendar, day);
    const std::string why = official::reason_text(calendar, day, language);
    const std::string since = official::text_of(calendar, version.since);
    if (as_json) {
        const ordered_json all{{"version", version.number},
                               {"since", since},
                               {"day", calendar::text_of(day)},
                               {"is_working_day", bool{calendar::hours_of(calendar, day)}},
                               {"hours", hours},
                               {"why", why}};
        fmt::print("{}\n", all.dump());
        return;
    }
    fmt::print("By version {}, in force since {}:\n{} {}: {}{}\n", version.number, since,
               official::weekday_of(day), calendar::text_of(day), hours,
               why.empty() ? "" : fmt::format(", {}", why));
}

struct Wanted {
    std::optional<LocalDay> believed_on;
    std::optional<LocalDay> day;
};

Result<Wanted> wanted_by(const Given& given) {
    Wanted wanted;
    if (!given.believed_on.empty()) {
        const auto day = day_of("--believed-on", given.believed_on);
        if (!day) return tl::unexpected<Error>{day.error()};
        wanted.believed_on = *day;
    }
    if (!given.day.empty()) {
        const auto day = day_of("--day", given.day);
        if (!day) return tl::unexpected<Error>{day.error()};
        wanted.day = *day;
    }
    return wanted;
}

int tell(const History& history, const Wanted& wanted, const Given& given, bool as_json) {
    const std::vector<History::Version>& versions = history.versions();
    if (versions.empty()) return fail("the journal knows no calendar yet");
    if (!wanted.believed_on && !wanted.day) {
        as_json ? print_json(versions) : print_text(versions);
        return kDone;
    }
    const History::Version* version =
        wanted.believed_on ? history.believed_on(*wanted.believed_on) : &versions.back();
    if (version == nullptr) {
        return fail(fmt::format(
            "nothing was believed on {}: the first calendar is of {}", given.believed_on,
            official::text_of(versions.front().calendar, versions.front().since)));
    }
    if (wanted.day) {
        print_day(*version, *wanted.day, given.language, as_json);
    } else {
        as_json ? print_json({*version}) : print_text({*version});
    }
    return kDone;
}

int read_and_tell(const Given& given, bool as_json) {
    const auto wanted = wanted_by(given);
    if (!wanted) {
        fail(wanted.error().what);
        return kMisused;
    }
    const auto journal = open_journal(given.data);
    if (!journal) return fail(journal.error().what);
    History history;
    const auto read = (*journal)->read(1, [&](const engine::Entry& entry) { history.take(entry); });
    if (!read) return fail(read.error().what);
    return tell(history, *wanted, given, as_json);
}

}  // namespace

void add_calendar_history(CLI::App& calendar, Invocation& invocation) {
    CLI::App* command = calendar.add_subcommand(
        "history",
        "Every version it had, by whom and what changed; what was believed on a day; "
        "reads the journal only");
    const auto given = std::make_shared<Given>();
    add_data_option(*command, given->data);
    command->add_option("--believed-on", given->believed_on,
                        "By the version in force at the end of this day [the newest]");
    command->add_option("--day", given->day, "What it says of this day: hours, and why");
    add_language_option(*command, given->language, "Whose names of holidays");
    command->callback([given, &invocation] {
        invocation.work = [given, &invocation] {
            return read_and_tell(*given, invocation.as_json);
        };
    });
}

}  // namespace amer::cli

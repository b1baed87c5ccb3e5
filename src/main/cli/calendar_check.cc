#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/reflected_name.h"
#include "engine/system_clock.h"
#include "main/cli/calendar.h"
#include "main/official/day_words.h"
#include "main/official/inquiry.h"
#include "main/official/predict.h"
#include "main/official/toml_rows.h"

namespace amer::cli {
namespace {

using calendar::LocalDay;
using nlohmann::ordered_json;

struct Given {
    CalendarMeant meant;
    std::string on;  // "": today
    int year = 0;
};

void print_json(const std::vector<official::Finding>& findings) {
    ordered_json wrong = ordered_json::array();
    ordered_json remarks = ordered_json::array();
    for (const official::Finding& finding : findings) {
        (finding.is_wrong ? wrong : remarks).push_back(finding.text);
    }
    fmt::print("{}\n", ordered_json{{"wrong", wrong}, {"remarks", remarks}}.dump());
}

void print_text(const std::vector<official::Finding>& findings) {
    for (const official::Finding& finding : findings) {
        fmt::print("{}: {}\n", finding.is_wrong ? "wrong" : "remark", finding.text);
    }
    if (findings.empty()) fmt::print("The calendar is in order.\n");
}

int check(const Given& given, bool as_json) {
    const auto configuration = configuration_of(given.meant, as_json);
    if (!configuration) return kFailed;
    const Instant now = engine::SystemClock{}.now();
    Result<LocalDay> today = calendar::local_time(configuration->calendar, now).day;
    if (!given.on.empty()) today = day_of("--on", given.on);
    if (!today) {
        fail(today.error().what);
        return kMisused;
    }
    const auto findings =
        official::look_into(configuration->calendar, configuration->units, *today);
    as_json ? print_json(findings) : print_text(findings);
    const bool is_good = findings.empty() || !findings.front().is_wrong;
    return is_good ? kDone : kFailed;
}

// A row of that feast that the calendar has already.
const calendar::Holiday* known_row(const calendar::Calendar& calendar,
                                   const calendar::Holiday& proposed) {
    for (const calendar::Holiday& row : calendar.holidays) {
        const bool is_same = row.id == proposed.id && row.scope == proposed.scope &&
                             row.first_day.year() == proposed.first_day.year();
        if (is_same) return &row;
    }
    return nullptr;
}

int propose(const Given& given, bool as_json) {
    const auto configuration = configuration_of(given.meant, as_json);
    if (!configuration) return kFailed;
    for (const calendar::Holiday& holiday : official::proposed_holidays(given.year)) {
        if (const auto* row = known_row(configuration->calendar, holiday)) {
            fmt::print("# In the calendar already: {}, {}.\n",
                       official::days_text(row->first_day, row->last_day), enum_name(row->status));
        }
        fmt::print("{}\n", official::as_toml(holiday));
    }
    return kDone;
}

}  // namespace

void add_calendar_check(CLI::App& calendar, Invocation& invocation) {
    CLI::App* command = calendar.add_subcommand(
        "check",
        "What a careful official wants to know of it: gaps, overlaps, what nobody has "
        "announced; exit code 1 when anything is wrong");
    const auto given = std::make_shared<Given>();
    command->add_option("--config", given->meant.config, "Configuration folder")
        ->default_str("config");
    command->add_option("--on", given->on, "As on this day, such as 2026-11-19 [today]");
    command->callback([given, &invocation] {
        invocation.work = [given, &invocation] { return check(*given, invocation.as_json); };
    });
}

void add_calendar_predict(CLI::App& calendar, Invocation& invocation) {
    CLI::App* command = calendar.add_subcommand(
        "predict",
        "Rows for calendar.toml: the holidays of a year as the law and the tables of "
        "Umm al-Qura have them; what is announced wins");
    const auto given = std::make_shared<Given>();
    command->add_option("--config", given->meant.config, "Configuration folder")
        ->default_str("config");
    command->add_option("--year", given->year, "Such as 2027")
        ->required()
        ->check(CLI::Range(1'950, 2'170));
    command->callback([given, &invocation] {
        invocation.work = [given, &invocation] { return propose(*given, invocation.as_json); };
    });
}

}  // namespace amer::cli

#include "main/cli/calendar.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "main/cli/show_problems.h"
#include "main/config/load.h"

namespace amer::cli {

void CalendarMeant::add_options(CLI::App& command) {
    command.add_option("--config", config, "Configuration folder")->default_str("config");
    command.add_option("--office", office, "The calendar of this unit [the centre's]");
}

std::optional<centre::Configuration> configuration_of(const CalendarMeant& meant, bool as_json) {
    auto loaded = config::load(meant.config);
    if (loaded) return std::move(loaded->centre);
    show_problems(loaded.error(), as_json);
    return std::nullopt;
}

std::optional<calendar::Place> place_meant(const CalendarMeant& meant,
                                           const std::vector<centre::Unit>& units) {
    if (meant.office.empty()) return calendar::Place{};
    std::vector<std::string> known;
    for (const centre::Unit& unit : units) {
        if (unit.id.value == meant.office) return calendar::Place{unit.emirate, unit.id.value};
        known.push_back(unit.id.value);
    }
    const std::string near = config::nearest(meant.office, known);
    fail(fmt::format("--office: '{}' is no department or branch of this centre{}", meant.office,
                     near.empty() ? "" : fmt::format(", did you mean '{}'?", near)));
    return std::nullopt;
}

std::optional<calendar::Calendar> calendar_meant(const CalendarMeant& meant, bool as_json) {
    const auto configuration = configuration_of(meant, as_json);
    if (!configuration) return std::nullopt;
    const auto place = place_meant(meant, configuration->units);
    if (!place) return std::nullopt;
    return calendar::calendar_of(configuration->calendar, *place);
}

void add_calendar(CLI::App& app, Invocation& invocation) {
    CLI::App* calendar = app.add_subcommand(
        "calendar", "The official calendar: which days and hours are open, and why");
    calendar->require_subcommand(1);
    calendar->fallthrough();
    add_calendar_next(*calendar, invocation);
    add_calendar_show(*calendar, invocation);
    add_calendar_check(*calendar, invocation);
    add_calendar_predict(*calendar, invocation);
    add_calendar_export(*calendar, invocation);
    add_calendar_import(*calendar, invocation);
    add_calendar_close(*calendar, invocation);
    add_calendar_reopen(*calendar, invocation);
    add_calendar_history(*calendar, invocation);
}

}  // namespace amer::cli

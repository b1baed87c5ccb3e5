#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/calendar/place.h"
#include "core/centre/configuration.h"
#include "main/cli/command.h"

// `amer calendar` and its parts. None but close and reopen needs a running centre.
namespace amer::cli {

// Which calendar is meant: that of the centre, or of a unit with days of its own.
struct CalendarMeant {
    std::filesystem::path config = "config";
    std::string office;  // "": the centre's

    void add_options(CLI::App& command);
};

// The configuration of the folder; nothing after its problems were shown.
std::optional<centre::Configuration> configuration_of(const CalendarMeant& meant, bool as_json);
// With the rows that hold there; nothing after it was said that there is no such unit.
std::optional<calendar::Calendar> calendar_meant(const CalendarMeant& meant, bool as_json);
// The emirate and the office of --office, of these units.
std::optional<calendar::Place> place_meant(const CalendarMeant& meant,
                                           const std::vector<centre::Unit>& units);

void add_calendar_next(CLI::App& calendar, Invocation& invocation);
void add_calendar_show(CLI::App& calendar, Invocation& invocation);
void add_calendar_check(CLI::App& calendar, Invocation& invocation);
void add_calendar_predict(CLI::App& calendar, Invocation& invocation);
void add_calendar_export(CLI::App& calendar, Invocation& invocation);
void add_calendar_import(CLI::App& calendar, Invocation& invocation);
void add_calendar_close(CLI::App& calendar, Invocation& invocation);
void add_calendar_reopen(CLI::App& calendar, Invocation& invocation);
void add_calendar_history(CLI::App& calendar, Invocation& invocation);

}  // namespace amer::cli

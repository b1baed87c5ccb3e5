#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/calendar/calendar.h"
#include "core/terms/terms.h"
#include "store/sqlite/journal.h"

namespace CLI {
class App;
}

namespace amer::cli {

// What every command shares. `work` is set by the command the user chose; it returns the exit code:
// 0 done, 1 it could not be done (the reason is on stderr), 2 the command line was wrong, 3 the
// centre runs and has an alarm (status).
struct Invocation {
    bool as_json = false;
    std::function<int()> work;
};

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kMisused = 2;
constexpr int kAlarm = 3;

// Prints "amer: <text>" on stderr; returns kFailed.
int fail(const std::string& text);

// Opens the journal of a centre that may be running, to read it; says why it cannot.
Result<std::unique_ptr<store::SqliteJournal>> open_journal(const std::filesystem::path& data);

// The folder of the running centre, as every command names it.
void add_data_option(CLI::App& command, std::filesystem::path& data);
// A day as an option gives it; the error names the option.
Result<calendar::LocalDay> day_of(const char* option, const std::string& text);
// --language ar|en
void add_language_option(CLI::App& command, Language& language, const std::string& whose);

// Each adds its command (or a few that belong together) to the program.
void add_serve(CLI::App& app, Invocation& invocation);
void add_check_config(CLI::App& app, Invocation& invocation);
void add_flow(CLI::App& app, Invocation& invocation);
void add_calendar(CLI::App& app, Invocation& invocation);
void add_status(CLI::App& app, Invocation& invocation);
void add_contacts(CLI::App& app, Invocation& invocation);
void add_promises(CLI::App& app, Invocation& invocation);
void add_agents(CLI::App& app, Invocation& invocation);
void add_notice(CLI::App& app, Invocation& invocation);
void add_assign(CLI::App& app, Invocation& invocation);
void add_talk(CLI::App& app, Invocation& invocation);
void add_replay(CLI::App& app, Invocation& invocation);
void add_why(CLI::App& app, Invocation& invocation);
void add_report(CLI::App& app, Invocation& invocation);
void add_whatif(CLI::App& app, Invocation& invocation);
void add_version(CLI::App& app, Invocation& invocation);
void add_call(CLI::App& app, Invocation& invocation);
void add_phone(CLI::App& app, Invocation& invocation);

}  // namespace amer::cli

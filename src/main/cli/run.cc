#include "main/cli/run.h"

#include <fmt/format.h>
#include <algorithm>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "main/cli/command.h"
#include "main/cli/journal.h"
#include "main/config/problem.h"

namespace amer::cli {
namespace {

constexpr const char* kVersion = "0.1.0";

// The library says only that a command is missing when the word given is none.
std::string fault_of(const CLI::App& app, const CLI::ParseError& wrong, int argc,
                     const char* const* argv) {
    std::vector<std::string> commands;
    for (const CLI::App* command : app.get_subcommands({})) commands.push_back(command->get_name());
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word.starts_with('-')) continue;
        if (std::find(commands.begin(), commands.end(), word) != commands.end()) break;
        const std::string meant = config::nearest(word, commands);
        return fmt::format("there is no command '{}'{}", word,
                           meant.empty() ? "" : fmt::format(", did you mean '{}'?", meant));
    }
    return wrong.what();
}

}  // namespace

void add_version(CLI::App& app, Invocation& invocation) {
    app.add_subcommand("version", "Print the version")->callback([&invocation] {
        invocation.work = [&invocation] {
            if (invocation.as_json) {
                fmt::print("{{\"version\":\"{}\"}}\n", kVersion);
            } else {
                fmt::print("amer {}\n", kVersion);
            }
            return kDone;
        };
    });
}

int run(int argc, const char* const* argv) {
    CLI::App app{"Amer: the contact centre of a ministry in one program.", "amer"};
    app.require_subcommand(1);
    app.fallthrough();  // --json may stand before or behind the command
    Invocation invocation;
    app.add_flag("--json", invocation.as_json, "Answer in JSON, for programs");
    add_serve(app, invocation);
    add_check_config(app, invocation);
    add_flow(app, invocation);
    add_calendar(app, invocation);
    add_status(app, invocation);
    add_contacts(app, invocation);
    add_promises(app, invocation);
    add_agents(app, invocation);
    add_replay(app, invocation);
    add_journal(app, invocation);
    add_why(app, invocation);
    add_assign(app, invocation);
    add_talk(app, invocation);
    add_notice(app, invocation);
    add_report(app, invocation);
    add_whatif(app, invocation);
    add_call(app, invocation);
    add_phone(app, invocation);
    add_version(app, invocation);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& wrong) {
        if (wrong.get_exit_code() == 0) return app.exit(wrong);  // --help
        fmt::print(stderr, "amer: {}\nSee amer --help\n", fault_of(app, wrong, argc, argv));
        return kMisused;
    }
    return invocation.work();
}

}  // namespace amer::cli

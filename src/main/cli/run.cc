#include "main/cli/run.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "main/cli/command.h"

namespace amer::cli {
namespace {

constexpr const char* kVersion = "0.1.0";

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
    add_status(app, invocation);
    add_contacts(app, invocation);
    add_promises(app, invocation);
    add_agents(app, invocation);
    add_replay(app, invocation);
    add_call(app, invocation);
    add_phone(app, invocation);
    add_version(app, invocation);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& wrong) {
        if (wrong.get_exit_code() == 0) return app.exit(wrong);  // --help
        fmt::print(stderr, "amer: {}\nSee amer --help\n", wrong.what());
        return kMisused;
    }
    return invocation.work();
}

}  // namespace amer::cli

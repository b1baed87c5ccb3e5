#include "main/serve.h"

#include <memory>

#include <CLI/CLI.hpp>

#include "main/cli/command.h"
#include "main/instant_text.h"

namespace amer::cli {

void add_serve(CLI::App& app, Invocation& invocation) {
    CLI::App* command = app.add_subcommand("serve", "Run the centre until it is told to end");
    struct Given {
        ServeOptions options;
        std::string clock;
        std::string prompts;
    };
    const auto given = std::make_shared<Given>();
    command->add_option("--config", given->options.config, "Configuration folder")
        ->default_str("config");
    add_data_option(*command, given->options.data);
    command->add_option("--prompts", given->prompts,
                        "Folder of rendered prompts [prompts/ in the data folder]");
    command->add_option("--clock", given->clock,
                        "Start the centre's clock at this instant, for rehearsal, e.g. "
                        "2026-11-19T18:00:00+04:00");
    command->callback([given, &invocation] {
        invocation.work = [given] {
            ServeOptions& options = given->options;
            options.prompts = given->prompts.empty() ? options.data / "prompts"
                                                     : std::filesystem::path{given->prompts};
            if (!given->clock.empty()) {
                const auto start = parse_instant(given->clock);
                if (!start) {
                    fail("--clock: " + start.error().what);
                    return kMisused;
                }
                options.clock_start = *start;
            }
            return serve(options);
        };
    });
}

}  // namespace amer::cli

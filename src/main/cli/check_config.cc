#include <filesystem>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "main/cli/command.h"
#include "main/cli/show_problems.h"
#include "main/config/load.h"

namespace amer::cli {
namespace {

void show_summary(const config::Loaded& loaded, bool as_json) {
    const centre::Configuration& centre = loaded.centre;
    if (as_json) {
        const nlohmann::ordered_json summary{{"problems", nlohmann::ordered_json::array()},
                                             {"ministry", centre.ministry.en},
                                             {"numbers", centre.numbers.size()},
                                             {"units", centre.units.size()},
                                             {"queues", centre.queues.size()},
                                             {"agents", centre.agents.size()},
                                             {"flows", centre.flows.size()},
                                             {"trunks", centre.trunks.size()},
                                             {"holidays", centre.calendar.holidays.size()},
                                             {"prompts", loaded.texts ? loaded.texts->size() : 0}};
        fmt::print("{}\n", summary.dump());
        return;
    }
    fmt::print("The configuration is good.\n{}\n", centre.ministry.en);
    for (const centre::DialledNumber& number : centre.numbers) {
        fmt::print("  {}  {} (flow {})\n", number.number.e164(), number.title.en,
                   number.flow.value);
    }
    fmt::print("  {} units, {} queues, {} agents, {} trunks\n", centre.units.size(),
               centre.queues.size(), centre.agents.size(), centre.trunks.size());
    fmt::print("  calendar \"{}\" version {}: {} weekly and {} dated profiles, {} holidays\n",
               centre.calendar.name, centre.calendar.version, centre.calendar.weekly.size(),
               centre.calendar.dated.size(), centre.calendar.holidays.size());
    if (loaded.texts) {
        fmt::print("  {} prompts, each in Arabic and English\n", loaded.texts->size());
    } else {
        fmt::print("  what is said was not checked: no texts beside the configuration (--texts)\n");
    }
}

}  // namespace

void add_check_config(CLI::App& app, Invocation& invocation) {
    CLI::App* command = app.add_subcommand(
        "check-config", "Read and check a configuration folder; every mistake with its line");
    const auto folder = std::make_shared<std::string>("config");
    command->add_option("--config", *folder, "Configuration folder")->capture_default_str();
    const auto texts = std::make_shared<std::optional<std::filesystem::path>>();
    command->add_option("--texts", *texts,
                        "Folder of the prompts' texts [prompts/ beside the configuration]");
    command->callback([folder, texts, &invocation] {
        invocation.work = [folder, texts, &invocation] {
            const auto loaded = config::load(*folder, *texts);
            if (!loaded) return show_problems(loaded.error(), invocation.as_json);
            show_summary(*loaded, invocation.as_json);
            return kDone;
        };
    });
}

}  // namespace amer::cli

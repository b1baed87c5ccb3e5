#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "main/cli/ask_centre.h"
#include "main/cli/table.h"

namespace amer::cli {
namespace {

std::string joined(const control::Json& list) {
    std::string all;
    for (const control::Json& word : list) {
        all += (all.empty() ? "" : ", ") + word.get<std::string>();
    }
    return all;
}

void show(const control::Json& rows) {
    Table table{{"AGENT", "NAME", "STATE", "REASON", "SINCE", "CONTACT", "LANGUAGES"}};
    for (const control::Json& row : rows) {
        table.add({cell(row, "id"), cell(row, "name_en"), cell(row, "state"), cell(row, "reason"),
                   cell(row, "since"), cell(row, "contact"), joined(row["languages"])});
    }
    fmt::print("{}", table.empty() ? "No agent is configured.\n" : table.text());
}

struct Change {
    std::filesystem::path data = "data";
    std::string id;
    std::string state;
    std::string reason = "break";
};

int change_agent(const Invocation& invocation, const Change& change) {
    const control::Json arguments{{"id", change.id},
                                  {"state", change.state == "log-out"      ? "logged_out"
                                            : change.state == "not-ready"  ? "not_ready"
                                            : change.state == "wrapped-up" ? "wrapped_up"
                                            : change.state == "more-time"  ? "wrap_up"
                                                                           : "ready"},
                                  {"reason", change.reason}};
    return ask_and_show(
        invocation, change.data, "agent", arguments, [&](const control::Json& answer) {
            const bool is_new = answer.value("events", 0) > 0;
            fmt::print("{}: {}{}\n", change.id, change.state, is_new ? "" : " already");
        });
}

}  // namespace

void add_agents(CLI::App& app, Invocation& invocation) {
    CLI::App* list = app.add_subcommand("agents", "The agents and what they are doing");
    const auto data = std::make_shared<std::filesystem::path>("data");
    add_data_option(*list, *data);
    list->callback([data, &invocation] {
        invocation.work = [data, &invocation] {
            return ask_and_show(invocation, *data, "agents", control::Json::object(), show);
        };
    });

    CLI::App* one = app.add_subcommand("agent", "Change what an agent is doing");
    const auto change = std::make_shared<Change>();
    add_data_option(*one, change->data);
    one->add_option("ID", change->id, "The agent")->required();
    one->add_option(
           "STATE", change->state,
           "ready, not-ready, log-out, wrapped-up (ends wrap-up now) or more-time (30 s more)")
        ->required()
        ->check(CLI::IsMember({"ready", "not-ready", "log-out", "wrapped-up", "more-time"}));
    one->add_option("REASON", change->reason, "Why not ready")->capture_default_str();
    one->callback([change, &invocation] {
        invocation.work = [change, &invocation] { return change_agent(invocation, *change); };
    });
}

}  // namespace amer::cli

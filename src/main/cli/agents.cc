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

struct Assignment {
    std::filesystem::path data = "data";
    std::uint64_t contact = 0;
    std::string agent;
    std::string by = "supervisor";
    std::int32_t keep_ms = 0;
};

int assign(const Invocation& invocation, const Assignment& given) {
    control::Json arguments{{"contact", given.contact}, {"agent", given.agent}, {"by", given.by}};
    if (given.keep_ms > 0) arguments["for_ms"] = given.keep_ms;
    return ask_and_show(invocation, given.data, "assign", arguments, [&](const control::Json&) {
        const char* const done = given.keep_ms > 0 ? "is kept for" : "is offered to";
        fmt::print("contact {} {} {}\n", given.contact, done, given.agent);
    });
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

void add_assign(CLI::App& app, Invocation& invocation) {
    CLI::App* command = app.add_subcommand(
        "assign", "Offer a contact that waits to an agent who is ready, or keep it for him");
    const auto given = std::make_shared<Assignment>();
    add_data_option(*command, given->data);
    command->add_option("CONTACT", given->contact, "Its number, as `amer contacts` shows it")
        ->required();
    command->add_option("AGENT", given->agent, "The agent")->required();
    command->add_option("--by", given->by, "Who asks for it, for the journal")
        ->capture_default_str();
    command
        ->add_option("--keep", given->keep_ms,
                     "Do not offer it now: keep it for him so long, such as 20s, if he is there")
        ->transform(CLI::AsNumberWithUnit(
            std::map<std::string, std::int32_t>{{"ms", 1}, {"s", 1'000}, {"m", 60'000}},
            CLI::AsNumberWithUnit::UNIT_REQUIRED, "TIME"));
    command->callback([given, &invocation] {
        invocation.work = [given, &invocation] { return assign(invocation, *given); };
    });
}

}  // namespace amer::cli

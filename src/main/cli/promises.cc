#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "main/cli/ask_centre.h"
#include "main/cli/promises.h"
#include "main/cli/table.h"

namespace amer::cli {
namespace {

void show(const control::Json& rows) {
    Table table{{"PROMISE", "REFERENCE", "NUMBER", "QUEUE", "DUE FROM", "DUE UNTIL", "TRIES",
                 "MESSAGE", "STATE"}};
    for (const control::Json& row : rows) {
        const bool has_message = row.contains("message") && !row["message"].is_null();
        table.add({cell(row, "id"), cell(row, "reference"), cell(row, "number"), cell(row, "queue"),
                   cell(row["due"], "from"), cell(row["due"], "until"), cell(row, "tries_made"),
                   has_message ? length_cell(row, "message_ms") : "none",
                   cell(row, "state") + (row.value("is_overdue", false) ? ", overdue" : "")});
    }
    fmt::print("{}", table.empty() ? "No promise.\n" : table.text());
}

}  // namespace

void add_promises(CLI::App& app, Invocation& invocation) {
    struct Given {
        bool only_open = false;
        std::size_t last = 50;
    };
    CLI::App* command = app.add_subcommand(
        "promises", "Whom the centre owes a call; with proof or verify, what became of it");
    const auto given = std::make_shared<Given>();
    const auto data = std::make_shared<std::filesystem::path>("data");
    add_data_option(*command, *data);
    command->add_flag("--open", given->only_open, "Only those not yet settled, soonest first");
    command->add_option("--last", given->last, "How many of all")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    command->require_subcommand(0, 1);
    add_promises_proof(*command, invocation, data);
    add_promises_verify(*command, invocation, data);
    command->callback([command, given, data, &invocation] {
        if (!command->get_subcommands().empty()) return;  // its own work is to be done
        invocation.work = [given, data, &invocation] {
            return ask_and_show(invocation, *data, "promises",
                                {{"open", given->only_open}, {"last", given->last}}, show);
        };
    });
}

}  // namespace amer::cli

#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "main/cli/ask_centre.h"
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
        std::filesystem::path data = "data";
        bool only_open = false;
        std::size_t last = 50;
    };
    CLI::App* command = app.add_subcommand("promises", "Whom the centre owes a call");
    const auto given = std::make_shared<Given>();
    add_data_option(*command, given->data);
    command->add_flag("--open", given->only_open, "Only those not yet settled, soonest first");
    command->add_option("--last", given->last, "How many of all")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    command->callback([given, &invocation] {
        invocation.work = [given, &invocation] {
            return ask_and_show(invocation, given->data, "promises",
                                {{"open", given->only_open}, {"last", given->last}}, show);
        };
    });
}

}  // namespace amer::cli

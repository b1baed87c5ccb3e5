#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "main/cli/ask_centre.h"
#include "main/cli/table.h"

namespace amer::cli {
namespace {

std::string caller_of(const control::Json& row) {
    if (row.value("caller_hidden", false)) return "hidden";
    const std::string number = cell(row, "caller");
    return number != "-" ? number : cell(row, "caller_raw");
}

void show(const control::Json& rows) {
    Table table{{"CONTACT", "KIND", "OPENED", "DIALLED", "CALLER", "QUEUE", "AGENT", "WAITED",
                 "TALKED", "ENDED", "ANSWERS"}};
    for (const control::Json& row : rows) {
        const std::string how = cell(row, "how");
        table.add({cell(row, "id"), cell(row, "kind"), cell(row, "opened"), cell(row, "dialled"),
                   caller_of(row), cell(row, "queue"), cell(row, "agent"),
                   length_cell(row, "waited_ms"), length_cell(row, "talked_ms"),
                   how == "-" ? "lives" : how, cell(row, "answers")});
    }
    fmt::print("{}", table.empty() ? "No contact yet.\n" : table.text());
}

}  // namespace

void add_contacts(CLI::App& app, Invocation& invocation) {
    struct Given {
        std::filesystem::path data = "data";
        std::size_t last = 20;
    };
    CLI::App* command = app.add_subcommand("contacts", "The newest contacts");
    const auto given = std::make_shared<Given>();
    add_data_option(*command, given->data);
    command->add_option("--last", given->last, "How many")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    command->callback([given, &invocation] {
        invocation.work = [given, &invocation] {
            return ask_and_show(invocation, given->data, "contacts", {{"last", given->last}}, show);
        };
    });
}

}  // namespace amer::cli

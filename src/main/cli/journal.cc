#include "main/cli/journal.h"

#include <CLI/CLI.hpp>

namespace amer::cli {

void add_journal(CLI::App& app, Invocation& invocation) {
    CLI::App* journal =
        app.add_subcommand("journal", "Check the journal, show it, archive what is old");
    journal->require_subcommand(1);
    add_journal_check(*journal, invocation);
    add_journal_show(*journal, invocation);
    add_journal_archive(*journal, invocation);
}

}  // namespace amer::cli

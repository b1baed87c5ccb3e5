#pragma once

#include "main/cli/command.h"

// `amer journal` and its parts.
namespace amer::cli {

void add_journal(CLI::App& app, Invocation& invocation);
void add_journal_check(CLI::App& journal, Invocation& invocation);
void add_journal_show(CLI::App& journal, Invocation& invocation);
void add_journal_archive(CLI::App& journal, Invocation& invocation);

}  // namespace amer::cli

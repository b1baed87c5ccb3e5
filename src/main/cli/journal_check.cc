#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "main/cli/ask_centre.h"
#include "main/cli/journal.h"
#include "main/control/describe.h"
#include "store/check/check.h"

namespace amer::cli {
namespace {

std::string megabytes(std::uint64_t bytes) {
    return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

std::string list_of(const std::vector<std::uint64_t>& numbers) {
    std::string list;
    for (const std::uint64_t number : numbers) {
        list += (list.empty() ? "" : ", ") + std::to_string(number);
    }
    return list;
}

void print_text(const store::CheckedJournal& found, const control::Json& answer) {
    const store::JournalSizes& sizes = found.sizes;
    if (found.sequence > 0) {
        fmt::print("journal    {} entries, {} to {}\n", found.sequence, cell(answer, "from"),
                   cell(answer, "until"));
    }
    fmt::print("database   {} entries, {} of which {} are free, log {}\n",
               sizes.entries_in_database, megabytes(sizes.database_bytes),
               megabytes(sizes.free_bytes), megabytes(sizes.log_bytes));
    fmt::print("archive    {} entries in {} {}, {}\n", sizes.entries_archived, sizes.segments,
               sizes.segments == 1 ? "segment" : "segments", megabytes(sizes.archive_bytes));
    fmt::print("snapshots  {}, {}{}\n", sizes.snapshots, megabytes(sizes.snapshot_bytes),
               found.agreeing_snapshots.empty()
                   ? ""
                   : "; agreeing: of entry " + list_of(found.agreeing_snapshots));
    if (!found.state_hash.empty()) fmt::print("state      {}\n", found.state_hash);
    for (const std::string& remark : found.remarks) fmt::print("remark     {}\n", remark);
    if (found.is_good()) {
        fmt::print(
            "good: every entry reads and none is missing; lists, snapshots and seals agree\n");
    }
}

int check(const Invocation& invocation, const std::filesystem::path& data) {
    const auto found = store::check_journal(
        data, [](std::uint64_t entries) { fmt::print(stderr, "{} entries read\n", entries); });
    if (!found) return fail(found.error().what);
    const control::Describer describer{found->calendar};
    const control::Json answer{{"is_good", found->is_good()},
                               {"sequence", found->sequence},
                               {"from", describer.describe(found->from)},
                               {"until", describer.describe(found->until)},
                               {"state_hash", found->state_hash},
                               {"sizes", describer.describe(found->sizes)},
                               {"agreeing_snapshots", found->agreeing_snapshots},
                               {"remarks", found->remarks},
                               {"faults", found->faults}};
    print_answer(invocation, answer, [&](const control::Json&) { print_text(*found, answer); });
    for (const std::string& fault : found->faults) fail(fault);
    return found->is_good() ? kDone : kFailed;
}

}  // namespace

void add_journal_check(CLI::App& journal, Invocation& invocation) {
    CLI::App* command = journal.add_subcommand(
        "check",
        "Read everything, archive too: is the file sound, does every entry read, is none missing, "
        "do lists, snapshots and the seals of the promise ledger say what the journal says; and "
        "how "
        "large things are. May run beside a running centre");
    const auto data = std::make_shared<std::filesystem::path>("data");
    add_data_option(*command, *data);
    command->callback([data, &invocation] {
        invocation.work = [data, &invocation] { return check(invocation, *data); };
    });
}

}  // namespace amer::cli

#include <limits>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "core/centre/centre.h"
#include "engine/state_hash.h"
#include "main/cli/ask_centre.h"
#include "main/control/describe.h"

namespace amer::cli {
namespace {

// The same journal folded twice: from its first entry, and from the newest snapshot on.
struct Folded {
    engine::Snapshot whole;
    std::optional<engine::Snapshot> from_snapshot;
    std::uint64_t snapshot = 0;  // the entry it was taken at
};

// Says how far it is in a long journal; silent in a short one.
Result<Folded> fold_all(store::SqliteJournal& journal) {
    constexpr std::uint64_t kAny = std::numeric_limits<std::int64_t>::max();
    constexpr std::uint64_t kTellEvery = 100'000;
    Folded folded;
    folded.from_snapshot = journal.newest_snapshot(kAny);
    if (folded.from_snapshot) folded.snapshot = folded.from_snapshot->sequence;
    const auto read = journal.read(1, [&](const engine::Entry& entry) {
        engine::advance(folded.whole, entry);
        if (folded.from_snapshot && entry.sequence > folded.snapshot) {
            engine::advance(*folded.from_snapshot, entry);
        }
        if (entry.sequence % kTellEvery == 0)
            fmt::print(stderr, "{} entries read\n", entry.sequence);
    });
    if (!read) return tl::unexpected<Error>{read.error()};
    return folded;
}

std::string about_snapshot(const control::Json& answer) {
    if (answer["snapshot"].is_null()) return "there is no snapshot to compare with";
    const std::string which = "the snapshot of entry " + answer["snapshot"].dump();
    return answer["snapshot_agrees"] == true ? "the same from " + which
                                             : "another state from " + which;
}

int replay(const Invocation& invocation, const std::filesystem::path& data) {
    const auto journal = open_journal(data);
    if (!journal) return fail(journal.error().what);
    const auto folded = fold_all(**journal);
    if (!folded) return fail(folded.error().what);
    const engine::Snapshot& whole = folded->whole;
    const std::string hash = engine::state_hash(whole.state);
    const bool has_snapshot = folded->from_snapshot.has_value();
    const bool agrees = has_snapshot && engine::state_hash(folded->from_snapshot->state) == hash;
    const control::Describer describer{whole.state.configuration.calendar};
    const centre::Totals totals = centre::totals(whole.state);
    const control::Json answer{
        {"sequence", whole.sequence},
        {"last_at", whole.sequence > 0 ? describer.describe(whole.at) : control::Json{}},
        {"contacts", totals.contacts},
        {"promises_open", totals.promises_open},
        {"state_hash", hash},
        {"snapshot", has_snapshot ? control::Json(folded->snapshot) : control::Json{}},
        {"snapshot_agrees", has_snapshot ? control::Json(agrees) : control::Json{}}};
    print_answer(invocation, answer, [&](const control::Json&) {
        fmt::print("{} entries, the last of {}\n", whole.sequence, cell(answer, "last_at"));
        fmt::print("{} contacts alive, {} promises open\n", totals.contacts, totals.promises_open);
        fmt::print("state {}\n{}\n", hash, about_snapshot(answer));
    });
    return has_snapshot && !agrees ? fail(about_snapshot(answer)) : kDone;
}

}  // namespace

void add_replay(CLI::App& app, Invocation& invocation) {
    CLI::App* command = app.add_subcommand(
        "replay",
        "Rebuild the state from the journal and print its hash, and see that the newest snapshot "
        "leads to the same; changes nothing, and may be used beside a running centre");
    const auto data = std::make_shared<std::filesystem::path>("data");
    add_data_option(*command, *data);
    command->callback([data, &invocation] {
        invocation.work = [data, &invocation] { return replay(invocation, *data); };
    });
}

}  // namespace amer::cli

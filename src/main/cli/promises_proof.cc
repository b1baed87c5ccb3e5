#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "main/cli/promises.h"
#include "main/control/describe.h"
#include "main/proof/proof.h"
#include "measure/proof_book.h"

namespace amer::cli {
namespace {

struct Given {
    std::string day;
    Language language = Language::english;
};

int tell_proof(const Invocation& invocation, const std::filesystem::path& data,
               const Given& given) {
    const auto day = day_of("--day", given.day);
    if (!day) {
        fail(day.error().what);
        return kMisused;
    }
    const auto journal = open_journal(data);
    if (!journal) return fail(journal.error().what);
    measure::ProofBook book{*day};
    bool is_empty = true;
    const auto read = (*journal)->read(1, [&](const engine::Entry& entry) {
        is_empty = false;
        book.take(entry.event, entry.at);
    });
    if (!read) return fail(read.error().what);
    const why::Words words = proof::words_of(given.language);
    if (is_empty) return fail(words.say("empty_journal"));
    measure::PromiseProof told = book.proof();
    proof::look_at_files(told, data);
    if (invocation.as_json) {
        fmt::print("{}\n", control::Describer{book.calendar()}.describe(told).dump());
    } else {
        fmt::print("{}", proof::as_text(told, book.calendar(), words));
    }
    return kDone;
}

}  // namespace

void add_promises_proof(CLI::App& promises, Invocation& invocation, const DataFolder& data) {
    CLI::App* command = promises.add_subcommand(
        "proof",
        "For each call that came outside hours on a day: what was promised by which calendar, each "
        "attempt, how it ended, with its lines of the promise ledger; reads the journal only "
        "(docs/promises.md)");
    const auto given = std::make_shared<Given>();
    add_data_option(*command, *data);
    command->add_option("--day", given->day, "A day of the centre's calendar, 2026-11-19")
        ->required();
    add_language_option(*command, given->language, "In which it is told");
    command->callback([given, data, &invocation] {
        invocation.work = [given, data, &invocation] {
            return tell_proof(invocation, *data, *given);
        };
    });
}

}  // namespace amer::cli

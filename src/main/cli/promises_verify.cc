#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/utc_text.h"
#include "main/cli/ask_centre.h"
#include "main/cli/promises.h"
#include "main/control/describe.h"
#include "main/proof/proof.h"
#include "store/check/ledger_check.h"

namespace amer::cli {
namespace {

using measure::FileState;
using store::CheckedLedger;

struct Printed {  // by a proof that somebody kept
    std::string head;
    std::uint64_t lines = 0;
};

void compare_printed(const Printed& printed, CheckedLedger& found) {
    if (printed.lines == 0) return;
    if (!found.head_asked) {
        found.faults.push_back(
            fmt::format("the printed proof has {} lines, the ledger only {}: lines were taken away",
                        printed.lines, found.lines));
    } else if (*found.head_asked != printed.head) {
        found.faults.push_back(fmt::format(
            "the first {} lines of the ledger come to the head {}, the printed proof says {}: one "
            "of these lines was altered, or the proof is of another centre",
            printed.lines, *found.head_asked, printed.head));
    }
}

void look_at_file(const std::filesystem::path& data, const store::LedgerMessage& message,
                  CheckedLedger& found) {
    const auto note = [&](std::vector<std::string>& list, const char* what) {
        list.push_back(fmt::format("the file of the message of promise {} (recording {}, {}) {}",
                                   message.promise.value, message.recording.value,
                                   utc_text(message.at), what));
    };
    switch (proof::file_state(data, message.recording, message.sha256)) {
        case FileState::right:
        case FileState::not_looked_at: return;
        case FileState::no_digest:
            return note(found.remarks, "was left before digests were written into the ledger");
        case FileState::missing: return note(found.remarks, "is not there");
        case FileState::unreadable: return note(found.faults, "cannot be read");
        case FileState::altered:
            return note(found.faults, "was altered: its digest is not the one in the ledger");
    }
}

void print_text(const CheckedLedger& found, const std::optional<Printed>& printed) {
    for (const store::CheckedSeal& seal : found.seals) {
        fmt::print("{}  {:>7} lines  {}  {}\n", seal.day, seal.lines, seal.head,
                   seal.is_good ? "good" : "ALTERED");
    }
    if (found.unsealed > 0) {
        fmt::print("not yet sealed: the last {} lines\n", found.unsealed);
    }
    if (found.lines == 0) fmt::print("the ledger has no line yet\n");
    if (found.lines > 0) fmt::print("ledger  {} lines  {}\n", found.lines, found.head);
    for (const std::string& remark : found.remarks) fmt::print("remark  {}\n", remark);
    if (!found.is_good()) return;
    fmt::print(
        "good: {} {} of the ledger, the lists and the files of messages say what the journal "
        "says{}\n",
        found.seals.size(), found.seals.size() == 1 ? "seal" : "seals",
        printed ? ", and so does the printed proof" : "");
}

control::Json json_of(const CheckedLedger& found) {
    const control::Describer describer{found.calendar};
    const auto is_altered = [](const store::CheckedSeal& seal) { return !seal.is_good; };
    const auto first = std::find_if(found.seals.begin(), found.seals.end(), is_altered);
    return {{"is_good", found.is_good()},
            {"first_altered_day",
             first == found.seals.end() ? control::Json(nullptr) : control::Json(first->day)},
            {"sequence", found.sequence},
            {"lines", found.lines},
            {"head", found.head},
            {"unsealed", found.unsealed},
            {"seals", describer.describe(found.seals)},
            {"remarks", found.remarks},
            {"faults", found.faults}};
}

int verify(const Invocation& invocation, const std::filesystem::path& data,
           const std::optional<Printed>& printed) {
    const auto checked =
        store::check_ledger(data, printed ? std::optional{printed->lines} : std::nullopt);
    if (!checked) return fail(checked.error().what);
    CheckedLedger found = *checked;
    if (printed) compare_printed(*printed, found);
    for (const store::LedgerMessage& message : checked->messages) {
        look_at_file(data, message, found);
    }
    print_answer(invocation, json_of(found),
                 [&](const control::Json&) { print_text(found, printed); });
    for (const std::string& fault : found.faults) fail(fault);
    return found.is_good() ? kDone : kFailed;
}

}  // namespace

void add_promises_verify(CLI::App& promises, Invocation& invocation, const DataFolder& data) {
    CLI::App* command = promises.add_subcommand(
        "verify",
        "Make the promise ledger again from the journal and compare it with every day's seal, with "
        "the lists of promises and attempts and with the files of messages; ends with 1 when "
        "something was altered (docs/promises.md)");
    const auto printed = std::make_shared<Printed>();
    add_data_option(*command, *data);
    auto* head =
        command->add_option("--head", printed->head, "Compare with a printed proof too: its head");
    auto* lines = command->add_option("--lines", printed->lines, "and its number of lines")
                      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1} << 62));
    head->needs(lines);
    lines->needs(head);
    command->callback([printed, data, &invocation] {
        invocation.work = [printed, data, &invocation] {
            const bool is_given = printed->lines > 0;
            return verify(invocation, *data, is_given ? std::optional{*printed} : std::nullopt);
        };
    });
}

}  // namespace amer::cli

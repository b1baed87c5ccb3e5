#include <memory>
#include <set>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "main/cli/ask_centre.h"
#include "main/cli/calendar.h"

// The centre closes and opens again by one word, while it runs.
namespace amer::cli {
namespace {

struct Given {
    std::filesystem::path data = "data";
    std::string from;  // "": now
    std::string until;
    std::string reason_ar;
    std::string reason_en;
    std::string emirate;
    std::string office;
    std::string closure;  // to reopen; "": all
    std::string by = "supervisor";
};

// "3 promises were moved; they are due between ... and ..."
void print_moved(const control::Json& answer) {
    const control::Json& moved = answer.at("moved");
    if (moved.empty()) {
        fmt::print("No promise had to be moved.\n");
        return;
    }
    std::set<std::string> due;  // all in the centre's own offset: their order is that of time
    for (const control::Json& row : moved) due.insert(cell(row.at("due"), "from"));
    const bool is_one = moved.size() == 1;
    fmt::print("{} {} moved, and now due from {}{}.\n", moved.size(),
               is_one ? "promise was" : "promises were", *due.begin(),
               due.size() == 1 ? "" : " to " + *due.rbegin());
}

int close(const Invocation& invocation, const Given& given) {
    control::Json arguments{{"until", given.until},
                            {"reason_ar", given.reason_ar},
                            {"reason_en", given.reason_en},
                            {"by", given.by}};
    if (!given.from.empty()) arguments["from"] = given.from;
    if (!given.emirate.empty()) arguments["emirate"] = given.emirate;
    if (!given.office.empty()) arguments["office"] = given.office;
    return ask_and_show(invocation, given.data, "close", arguments,
                        [](const control::Json& answer) {
                            for (const control::Json& closure : answer.at("closures")) {
                                fmt::print("Closed from {} until {} ({}).\n", cell(closure, "from"),
                                           cell(closure, "until"), cell(closure, "id"));
                            }
                            print_moved(answer);
                        });
}

int reopen(const Invocation& invocation, const Given& given) {
    control::Json arguments{{"by", given.by}};
    if (!given.closure.empty()) arguments["closure"] = given.closure;
    return ask_and_show(
        invocation, given.data, "reopen", arguments, [](const control::Json& answer) {
            for (const control::Json& closure : answer.at("closures")) {
                fmt::print("'{}' ended: the usual hours count again.\n", cell(closure, "id"));
            }
            print_moved(answer);
        });
}

}  // namespace

void add_calendar_close(CLI::App& calendar, Invocation& invocation) {
    CLI::App* command = calendar.add_subcommand(
        "close",
        "Close the running centre, or an office of it, whatever its hours say: a storm, a "
        "fire alarm");
    const auto given = std::make_shared<Given>();
    add_data_option(*command, given->data);
    command
        ->add_option("--until", given->until,
                     "A time of this day, 16:30, or 2026-11-19T16:30:00+04:00")
        ->required();
    command->add_option("--from", given->from, "The same [now]");
    command->add_option("--reason-ar", given->reason_ar, "Why, in Arabic")->required();
    command->add_option("--reason-en", given->reason_en, "Why, in English")->required();
    auto* emirate = command->add_option("--emirate", given->emirate, "Only the units there");
    command->add_option("--office", given->office, "Only this unit")->excludes(emirate);
    command->add_option("--by", given->by, "Who orders it, for the journal")->capture_default_str();
    command->callback([given, &invocation] {
        invocation.work = [given, &invocation] { return close(invocation, *given); };
    });
}

void add_calendar_reopen(CLI::App& calendar, Invocation& invocation) {
    CLI::App* command =
        calendar.add_subcommand("reopen", "End a closure before its time; none named: all of them");
    const auto given = std::make_shared<Given>();
    add_data_option(*command, given->data);
    command->add_option("ID", given->closure, "As close named it [every closure in force]");
    command->add_option("--by", given->by, "Who orders it, for the journal")->capture_default_str();
    command->callback([given, &invocation] {
        invocation.work = [given, &invocation] { return reopen(invocation, *given); };
    });
}

}  // namespace amer::cli

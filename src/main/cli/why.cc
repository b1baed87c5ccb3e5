#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "core/calendar/calendar.h"
#include "main/cli/command.h"
#include "main/control/describe.h"
#include "main/why/teller.h"

namespace amer::cli {
namespace {

struct Given {
    std::filesystem::path data = "data";
    std::uint64_t contact = 0;
    Language language = Language::english;
};

// "10:05:07.250" of the calendar's zone.
std::string clock_of(const calendar::Calendar& calendar, Instant instant) {
    const calendar::LocalTime local = calendar::local_time(calendar, instant);
    const auto since_second = instant - std::chrono::floor<std::chrono::seconds>(instant);
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(since_second);
    return fmt::format("{:02}:{:02}:{:02}.{:03}", local.minute / 60, local.minute % 60,
                       local.second, milliseconds.count());
}

int tell_why(const Invocation& invocation, const Given& given) {
    const auto journal = open_journal(given.data);
    if (!journal) return fail(journal.error().what);
    const why::Words words = why::Words::of(given.language);
    why::Teller teller{ContactId{given.contact}, words};
    const auto read = (*journal)->read(1, [&](const engine::Entry& entry) { teller.take(entry); });
    if (!read) return fail(read.error().what);
    if (teller.told().empty()) {
        return fail(words.say("not_known", {{"contact", std::to_string(given.contact)}}));
    }
    const calendar::Calendar& calendar = teller.configuration().calendar;
    const control::Describer describer{calendar};
    control::Json answer = control::Json::array();
    for (const why::Told& told : teller.told()) {
        if (invocation.as_json) {
            answer.push_back({{"at", describer.describe(told.at)}, {"text", told.text}});
        } else {
            fmt::print("{}  {}\n", clock_of(calendar, told.at), told.text);
        }
    }
    if (invocation.as_json) {
        fmt::print("{}\n", answer.dump());
    } else if (!teller.has_ended()) {
        fmt::print("{:12}  {}\n", "", words.say("lives"));
    }
    return kDone;
}

}  // namespace

void add_why(CLI::App& app, Invocation& invocation) {
    CLI::App* command = app.add_subcommand(
        "why",
        "Tell what happened to a contact and why: each offer, for whom and why not the others; "
        "reads the journal only");
    const auto given = std::make_shared<Given>();
    add_data_option(*command, given->data);
    command->add_option("CONTACT", given->contact, "Its number, as `amer contacts` shows it")
        ->required();
    add_language_option(*command, given->language, "In which it is told");
    command->callback([given, &invocation] {
        invocation.work = [given, &invocation] { return tell_why(invocation, *given); };
    });
}

}  // namespace amer::cli

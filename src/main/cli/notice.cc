#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "main/cli/ask_centre.h"
#include "main/rehearsal/script.h"

namespace amer::cli {
namespace {

struct Given {
    std::filesystem::path data = "data";
    std::string area;
    std::string lasts = "2h";
    std::string by = "supervisor";
    bool ends = false;
};

// "90m", "2h" and what a rehearsal calls a length.
Result<std::chrono::milliseconds> length_of(const std::string& text) {
    const bool is_in_hours = text.size() > 1 && text.back() == 'h';
    if (!is_in_hours) return rehearsal::parse_length(text);
    auto hours = rehearsal::parse_length(text.substr(0, text.size() - 1) + "m");
    if (!hours)
        return failure(
            fmt::format("\"{}\" is not a length of time: expected such as 2h "
                        "or 90m",
                        text));
    return *hours * 60;
}

int tell_notice(const Invocation& invocation, const Given& given) {
    control::Json arguments{{"by", given.by}};
    if (!given.ends) {
        const auto lasts = length_of(given.lasts);
        if (given.area.empty() || !lasts) {
            fail(given.area.empty()
                     ? "AREA is missing: the department or branch it is about, or --end"
                     : fmt::format("--for: {}", lasts.error().what));
            return kMisused;
        }
        arguments["area"] = given.area;
        arguments["for_ms"] = lasts->count();
    }
    return ask_and_show(invocation, given.data, "notice", arguments,
                        [&](const control::Json& answer) {
                            if (!given.ends) {
                                fmt::print("Callers hear the notice for {}.\n", given.lasts);
                            } else if (answer.value("events", 0) > 0) {
                                fmt::print("The notice is no longer said.\n");
                            } else {
                                fmt::print("There was no notice.\n");
                            }
                        });
}

}  // namespace

void add_notice(CLI::App& app, Invocation& invocation) {
    CLI::App* command = app.add_subcommand(
        "notice", "Have callers told that something is known already: a storm, a road closed");
    const auto given = std::make_shared<Given>();
    add_data_option(*command, given->data);
    auto* area = command->add_option("AREA", given->area, "The department or branch it is about");
    command->add_option("--for", given->lasts, "How long it is said, at most a week")
        ->capture_default_str();
    command->add_option("--by", given->by, "Who asks for it, for the journal")
        ->capture_default_str();
    command->add_flag("--end", given->ends, "It is no longer said")->excludes(area);
    command->callback([given, &invocation] {
        invocation.work = [given, &invocation] { return tell_notice(invocation, *given); };
    });
}

}  // namespace amer::cli

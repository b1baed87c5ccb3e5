#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "main/cli/ask_centre.h"

namespace amer::cli {
namespace {

struct Act {
    std::filesystem::path data = "data";
    std::uint64_t contact = 0;
    std::string what;
    std::string whom;
    std::string by = "supervisor";
};

const std::vector<std::string>& acts_with_somebody() {
    static const std::vector<std::string> all{"transfer", "consult", "dismiss",
                                              "listen",   "whisper", "barge"};
    return all;
}

const std::vector<std::string>& acts() {
    static const std::vector<std::string> all = [] {
        std::vector<std::string> words = acts_with_somebody();
        for (const char* const word :
             {"confer", "hand-over", "pause-recording", "resume-recording"}) {
            words.emplace_back(word);
        }
        return words;
    }();
    return all;
}

int do_it(const Invocation& invocation, const Act& act) {
    const auto& with = acts_with_somebody();
    const bool needs_somebody = std::find(with.begin(), with.end(), act.what) != with.end();
    if (needs_somebody == act.whom.empty()) {
        const char* const wanted = act.what == "transfer" ? "a queue"
                                   : needs_somebody       ? "an agent"
                                                          : "nobody";
        fmt::print(stderr, "amer: '{}' is done with {} named\n", act.what, wanted);
        return 2;
    }
    const control::Json arguments{
        {"contact", act.contact}, {"act", act.what}, {"whom", act.whom}, {"by", act.by}};
    return ask_and_show(invocation, act.data, "talk", arguments, [&](const control::Json& answer) {
        const bool is_new = answer.value("events", 0) > 0;
        fmt::print("contact {}: {}{}{}{}\n", act.contact, act.what, act.whom.empty() ? "" : " ",
                   act.whom, is_new ? "" : " already");
    });
}

}  // namespace

void add_talk(CLI::App& app, Invocation& invocation) {
    CLI::App* command = app.add_subcommand(
        "talk",
        "Act on a contact that is being talked on: transfer QUEUE; consult AGENT, then confer, "
        "hand-over or dismiss AGENT; listen, whisper or barge AGENT (a supervisor, whose telephone "
        "rings); pause-recording, resume-recording");
    const auto act = std::make_shared<Act>();
    add_data_option(*command, act->data);
    command->add_option("CONTACT", act->contact, "Its number, as `amer contacts` shows it")
        ->required();
    command->add_option("ACT", act->what, "What is done")->required()->check(CLI::IsMember(acts()));
    command->add_option("WHOM", act->whom, "The queue or the agent");
    command->add_option("--by", act->by, "Who asks for it, for the journal")->capture_default_str();
    command->callback([act, &invocation] {
        invocation.work = [act, &invocation] { return do_it(invocation, *act); };
    });
}

}  // namespace amer::cli

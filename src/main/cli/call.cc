#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "main/cli/command.h"
#include "main/cli/rehearsal_options.h"
#include "main/rehearsal/caller.h"

namespace amer::cli {
namespace {

struct Given {
    rehearsal::CallerOptions options;
    MannersText manners;
    std::filesystem::path data = "data";
    std::string server;
    std::string bind = "127.0.0.2:0";
    std::string longest = "30s";
    std::string hang_up_on;
};

Result<void> complete(Given& given) {
    auto manners = manners_from(given.manners);
    if (!manners) return tl::unexpected<Error>{manners.error()};
    given.options.manners = std::move(*manners);
    const auto server = find_server(given.server, given.data);
    if (!server) return tl::unexpected<Error>{server.error()};
    given.options.server = *server;
    const auto bind = read_endpoint("--bind", given.bind);
    if (!bind) return tl::unexpected<Error>{bind.error()};
    given.options.bind = *bind;
    const auto longest = rehearsal::parse_length(given.longest);
    if (!longest) return failure("--for: " + longest.error().what);
    given.options.longest = *longest;
    given.options.hangs_up_when_done = given.hang_up_on == "quiet";
    if (given.hang_up_on == "keys") {
        given.options.manners.script.push_back(
            {rehearsal::ScriptItem::Action::hang_up, "", std::chrono::milliseconds{500}});
    }
    return {};
}

}  // namespace

void add_call(CLI::App& app, Invocation& invocation) {
    CLI::App* command = app.add_subcommand(
        "call", "Call the centre as a citizen would, for rehearsal; prints what happens");
    const auto given = std::make_shared<Given>();
    rehearsal::CallerOptions& options = given->options;
    command->add_option("NUMBER", options.number, "The number to call")->required();
    command->add_option("--server", given->server,
                        "Where the centre takes calls [as the centre of the data folder says]");
    add_data_option(*command, given->data);
    command->add_option("--bind", given->bind, "Call from this address, which a trunk must list")
        ->capture_default_str();
    command
        ->add_option("--from", options.from,
                     "The caller's number; further calls come from the next ones")
        ->capture_default_str();
    command->add_flag("--hidden", options.is_hidden, "Hide the caller's number");
    add_manners(*command, given->manners, "--say", "--listen");
    command->add_option("--for", given->longest, "Hang up so long after the answer")
        ->capture_default_str();
    command
        ->add_option("--hang-up-on", given->hang_up_on,
                     "keys: hang up right after the last of --keys; quiet: when what the centre "
                     "says to it is over")
        ->check(CLI::IsMember({"keys", "quiet"}));
    command->add_option("--count", options.count, "Place so many calls")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    command->add_option("--rate", options.rate, "New calls in a second")
        ->check(CLI::Range(0.01, 1'000.0))
        ->capture_default_str();
    command->callback([given, &invocation] {
        invocation.work = [given, &invocation] {
            if (const auto fine = complete(*given); !fine) {
                fail(fine.error().what);
                return kMisused;
            }
            given->options.as_json = invocation.as_json;
            return rehearsal::place_calls(given->options);
        };
    });
}

}  // namespace amer::cli

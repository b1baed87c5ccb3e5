#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "main/cli/command.h"
#include "main/cli/rehearsal_options.h"
#include "main/rehearsal/phone.h"
#include "main/secrets/passwords.h"

namespace amer::cli {
namespace {

using Answer = rehearsal::PhoneOptions::Answer;

struct Given {
    rehearsal::PhoneOptions options;
    MannersText manners;
    std::filesystem::path data = "data";
    std::string server;
    std::string listen;
    std::string answer_after = "1s";
    std::string hang_up_after;
    std::string lifetime;
    std::string refresh;
    bool rejects = false;
    bool is_busy = false;
    bool never_answers = false;
};

Result<void> read_lengths(Given& given) {
    rehearsal::PhoneOptions& options = given.options;
    std::optional<std::chrono::milliseconds> answer_after;
    std::optional<std::chrono::milliseconds> refresh;
    for (const auto& fine :
         {read_length("--answer-after", given.answer_after, answer_after),
          read_length("--hang-up-after", given.hang_up_after, options.hang_up_after),
          read_length("--for", given.lifetime, options.lifetime),
          read_length("--refresh", given.refresh, refresh)}) {
        if (!fine) return fine;
    }
    options.answer_after = answer_after.value_or(options.answer_after);
    options.refresh = refresh.value_or(options.refresh);
    return {};
}

Result<void> find_password(Given& given) {
    rehearsal::PhoneOptions& options = given.options;
    if (options.user.empty() || !options.password.empty()) return {};
    const auto passwords = secrets::read_passwords(given.data);
    if (!passwords) return tl::unexpected<Error>{passwords.error()};
    const auto found = passwords->find(options.user);
    if (found == passwords->end()) {
        return failure(fmt::format("{} has no password in {}", options.user,
                                   secrets::passwords_file(given.data).string()));
    }
    options.password = found->second;
    return {};
}

Result<void> complete(Given& given) {
    rehearsal::PhoneOptions& options = given.options;
    if (options.user.empty() && given.listen.empty()) {
        return failure("give a USER (an agent's telephone) or --listen ADDRESS:PORT (a citizen's)");
    }
    auto manners = manners_from(given.manners);
    if (!manners) return tl::unexpected<Error>{manners.error()};
    options.manners = std::move(*manners);
    const auto server = find_server(given.server, given.data);
    if (!server) return tl::unexpected<Error>{server.error()};
    options.server = *server;
    if (!given.listen.empty()) {
        const auto listen = read_endpoint("--listen", given.listen);
        if (!listen) return tl::unexpected<Error>{listen.error()};
        options.bind = *listen;
    }
    if (given.rejects) options.answer = Answer::reject;
    if (given.is_busy) options.answer = Answer::busy;
    if (given.never_answers) options.answer = Answer::never;
    return read_lengths(given);
}

}  // namespace

void add_phone(CLI::App& app, Invocation& invocation) {
    CLI::App* command = app.add_subcommand(
        "phone",
        "A telephone for rehearsal: an agent's, which registers, or with --listen alone a "
        "citizen's, whom the centre calls back");
    const auto given = std::make_shared<Given>();
    rehearsal::PhoneOptions& options = given->options;
    command->add_option("USER", options.user, "The agent whose telephone it is");
    command->add_option("--server", given->server,
                        "Where the centre takes calls [as the centre of the data folder says]");
    command->add_option("--listen", given->listen, "The telephone's own address and port");
    command->add_option("--password", options.password,
                        "The agent's password [from secrets.toml of the data folder]");
    add_data_option(*command, given->data);
    command->add_option("--refresh", given->refresh, "Register anew so often [2m]");
    add_manners(*command, given->manners, "--play", "--record");
    command->add_option("--answer-after", given->answer_after, "Ring so long, then answer")
        ->capture_default_str();
    auto* reject = command->add_flag("--reject", given->rejects, "Refuse every call (603)");
    auto* busy = command->add_flag("--busy", given->is_busy, "Be busy (486)")->excludes(reject);
    command->add_flag("--no-answer", given->never_answers, "Ring and never answer")
        ->excludes(reject)
        ->excludes(busy);
    command->add_option("--hang-up-after", given->hang_up_after,
                        "Hang up so long after the answer");
    command->add_option("--count", options.count, "End after so many calls [never]")
        ->check(CLI::Range(1, 1'000'000));
    command->add_option("--for", given->lifetime, "End after so long [never]");
    command->callback([given, &invocation] {
        invocation.work = [given, &invocation] {
            if (const auto fine = complete(*given); !fine) {
                fail(fine.error().what);
                return kMisused;
            }
            if (const auto fine = find_password(*given); !fine) return fail(fine.error().what);
            given->options.as_json = invocation.as_json;
            return rehearsal::run_phone(given->options);
        };
    });
}

}  // namespace amer::cli

#include "main/serve.h"

#include <csignal>
#include <cstdio>

#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include "main/config/load.h"
#include "main/running_centre.h"
#include "main/secrets/passwords.h"
#include "main/welcome.h"

namespace amer {
namespace {

// Blocked before any thread is made, so that every thread inherits it and only we take them.
sigset_t block_ending_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

int refuse_to_start(const std::string& why) {
    fmt::print(stderr, "amer: the centre cannot start: {}\n", why);
    return 1;
}

}  // namespace

int serve(const ServeOptions& options) {
    const sigset_t ending = block_ending_signals();
    spdlog::set_default_logger(spdlog::stderr_color_mt("amer"));

    const auto loaded = config::load(options.config);
    if (!loaded) {
        for (const config::Problem& problem : loaded.error()) {
            fmt::print(stderr, "{}\n", problem.line());
        }
        return refuse_to_start(fmt::format("the configuration in {} has {} errors",
                                           options.config.string(), loaded.error().size()));
    }
    auto centre = RunningCentre::start(options, *loaded);
    if (!centre) return refuse_to_start(centre.error().what);
    if (const auto passwords = secrets::read_passwords(options.data)) {
        fmt::print("{}", welcome(options, *loaded, *passwords));
        std::fflush(stdout);
    }

    int signal = 0;
    sigwait(&ending, &signal);
    (*centre)->end_calls();
    return 0;
}

}  // namespace amer

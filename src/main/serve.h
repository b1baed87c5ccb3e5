#pragma once

#include <filesystem>
#include <optional>

#include "base/instant.h"

namespace amer {

struct ServeOptions {
    std::filesystem::path config = "config";
    std::filesystem::path data = "data";
    std::filesystem::path prompts = "data/prompts";
    std::optional<Instant> clock_start;  // --clock: the centre's clock starts there and runs
};

// Runs the centre until SIGTERM or SIGINT; the exit code of the program: 0 after an orderly end,
// 1 when it could not start (the reason is printed in the user's words).
int serve(const ServeOptions& options);

}  // namespace amer

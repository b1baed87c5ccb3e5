#include "main/cli/command.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

namespace amer::cli {

int fail(const std::string& text) {
    std::fflush(stdout);
    fmt::print(stderr, "amer: {}\n", text);
    return kFailed;
}

void add_data_option(CLI::App& command, std::filesystem::path& data) {
    command.add_option("--data", data, "Data folder of the centre")->default_str("data");
}

}  // namespace amer::cli

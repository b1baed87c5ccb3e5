#pragma once

#include <filesystem>
#include <memory>

#include "main/cli/command.h"

// `amer promises` and its parts, which share the folder that either of them was given.
namespace amer::cli {

using DataFolder = std::shared_ptr<std::filesystem::path>;

void add_promises_proof(CLI::App& promises, Invocation& invocation, const DataFolder& data);
void add_promises_verify(CLI::App& promises, Invocation& invocation, const DataFolder& data);

}  // namespace amer::cli

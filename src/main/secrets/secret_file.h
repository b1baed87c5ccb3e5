#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace amer::secrets {

// A file with secrets must be its owner's alone.
Result<void> refuse_readable_by_others(const std::filesystem::path& file);

// One secret, as the file's only line.
Result<std::string> read_secret(const std::filesystem::path& file);

}  // namespace amer::secrets

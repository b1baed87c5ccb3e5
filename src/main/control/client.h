#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "base/result.h"
#include "main/control/server.h"

namespace amer::control {

// Asks the running centre and waits for its answer; progress lines go to `progress`. Fails with the
// centre's own words, or when none runs with this data folder.
Result<Json> ask(const std::filesystem::path& data, const std::string& command,
                 const Json& arguments = Json::object(), const Progress& progress = {});

}  // namespace amer::control

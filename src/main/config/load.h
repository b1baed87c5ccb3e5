#pragma once

#include <filesystem>
#include <vector>

#include <tl/expected.hpp>

#include "main/config/problem.h"
#include "main/config/settings.h"

namespace amer::config {

// Reads and checks a whole configuration folder: centre.toml, numbers.toml, units.toml,
// queues.toml, agents.toml, trunks.toml, calendar.toml and every flows/*.toml. Either all of it is
// good, or everything that is wrong comes back at once, ordered by file and line.
tl::expected<Loaded, std::vector<Problem>> load(const std::filesystem::path& folder);

}  // namespace amer::config

#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include <tl/expected.hpp>

#include "main/config/problem.h"
#include "main/config/settings.h"

namespace amer::config {

// Reads and checks a whole configuration folder: centre.toml, numbers.toml, units.toml,
// queues.toml, agents.toml, trunks.toml, calendar.toml and every flows/*.toml. Either all of it is
// good, or everything that is wrong comes back at once, ordered by file and line. The texts of the
// prompts are read from `texts_folder`, else from the folder "prompts" beside `folder` if that has
// any; without texts, what is said is not checked.
tl::expected<Loaded, std::vector<Problem>> load(
    const std::filesystem::path& folder,
    std::optional<std::filesystem::path> texts_folder = std::nullopt);

}  // namespace amer::config

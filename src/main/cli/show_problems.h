#pragma once

#include <vector>

#include "main/config/problem.h"

namespace amer::cli {

// Every mistake of a configuration, each with its file and line; returns kFailed.
int show_problems(const std::vector<config::Problem>& problems, bool as_json);

}  // namespace amer::cli

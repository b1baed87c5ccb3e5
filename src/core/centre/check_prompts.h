#pragma once

#include <vector>

#include "core/centre/check_configuration.h"

namespace amer::centre {

// Everything that is wrong with what is said: a prompt that a language lacks, a placeholder that
// the centre cannot fill where the prompt is said.
std::vector<Problem> check_prompts(const Configuration& configuration, const KnownPrompts& known);

}  // namespace amer::centre

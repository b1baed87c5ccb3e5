#pragma once

#include <string>
#include <vector>

#include "core/centre/configuration.h"

namespace amer::centre {

// One mistake in a configuration: where ("queues.housing.unit") and what was expected, in English.
// The path names rows by their ids: main knows the file and the line they came from.
struct Problem {
    std::string path;
    std::string expected;

    bool operator==(const Problem&) const = default;
};

// Everything that is wrong with it, in the order of its fields. Empty: it can be published.
std::vector<Problem> check_configuration(const Configuration& configuration);

}  // namespace amer::centre

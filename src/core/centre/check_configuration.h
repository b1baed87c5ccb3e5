#pragma once

#include <map>
#include <set>
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

// What is written to be said: the placeholders of each prompt, by language. The core has no texts:
// who wants to publish hands it in.
using KnownPrompts = std::map<PromptId, std::map<Language, std::set<std::string>>>;

// Everything that is wrong with it, in the order of its fields. Empty: it can be published.
// Without `prompts` what is said is not checked.
std::vector<Problem> check_configuration(const Configuration& configuration,
                                         const KnownPrompts* prompts = nullptr);

}  // namespace amer::centre

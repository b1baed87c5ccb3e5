#pragma once

#include <span>
#include <string>
#include <vector>

#include "letters.h"

namespace amer::explore {

// A small world, and what may happen in it.
struct Scope {
    std::string name;
    std::string about;
    Instant begin;
    std::vector<centre::Command> before;  // has happened when the exploration begins
    std::vector<Letter> alphabet;
    int depth = 6;  // moves, unless another depth is asked for
};

std::span<const Scope> scopes();

}  // namespace amer::explore

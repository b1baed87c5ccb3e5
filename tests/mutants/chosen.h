#pragma once

#include <string>
#include <vector>

namespace amer::mutants {

const std::vector<std::string>& names();  // generated from mutants.toml

// Is this the mutant (from 1) that AMER_MUTANT names? Without that variable none is.
bool is_chosen(int number);

}  // namespace amer::mutants

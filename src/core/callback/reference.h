#pragma once

#include <string>

#include "core/terms/terms.h"

namespace amer::callback {

// The number a caller is told for his promise: digits only, unique, and ending in a check digit
// (Damm 2004), so that one wrong or two swapped digits never name another caller's promise.
std::string reference_of(PromiseId promise);

// Has it the right check digit?
bool is_reference(const std::string& digits);

}  // namespace amer::callback

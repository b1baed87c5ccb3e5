#pragma once

#include <string>

#include "core/centre/state.h"

namespace amer::engine {

// SHA-256, in lower-case hexadecimal, of the state's canonical text (base/canonical_json.h).
std::string state_hash(const centre::State& state);

}  // namespace amer::engine

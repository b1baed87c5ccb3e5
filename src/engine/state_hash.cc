#include "engine/state_hash.h"

#include "base/canonical_json.h"
#include "base/sha256.h"

namespace amer::engine {

std::string state_hash(const centre::State& state) { return sha256(to_json(state)); }

}  // namespace amer::engine

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include <soci/soci.h>

#include "base/result.h"
#include "engine/journal.h"

namespace amer::store {

// What each_decoded of entries.h gives, in the same order and on the caller's thread. Reading and
// decoding go on meanwhile on a thread of their own, some hundred entries ahead: to take an entry
// into the state costs about as much as to get it. `take` may not use the session. Throws what
// each_decoded or `take` throws.
Result<void> each_decoded_ahead(soci::session& session, const std::filesystem::path& data,
                                std::uint64_t first, std::uint64_t last,
                                const std::function<void(const engine::Entry&)>& take);

}  // namespace amer::store

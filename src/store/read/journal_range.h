#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "base/result.h"
#include "engine/journal.h"

namespace amer::store {

// The entries of a data folder from `first` to `last`, archived ones too, by a connection of its
// own: beside a running centre or without one.
Result<void> read_range(const std::filesystem::path& data, std::uint64_t first, std::uint64_t last,
                        const std::function<void(const engine::Entry&)>& take);

}  // namespace amer::store

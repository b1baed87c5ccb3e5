#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/journal.h"

namespace amer::store {

// Raised whenever apply() folds an event differently than before: what was folded by the old rules
// is not used. A changed list of State's fields is noticed without it.
inline constexpr int kStateRules = 2;

// <folder>/snapshots/<sequence>.state: a line of marks, the state's canonical text, and the SHA-256
// of both. `entry_digest` is that of the journal's entry `sequence`. Written beside, synced and
// renamed; the two newest stay. `before_step` hears each file operation by name: for tests.
Result<void> write_snapshot(const std::filesystem::path& folder, const engine::Snapshot& snapshot,
                            const std::string& entry_digest,
                            const std::function<void(const char*)>& before_step = {});

// The entries that there are snapshots of, the newest first.
std::vector<std::uint64_t> snapshots_in(const std::filesystem::path& folder);
// The one of this entry, or why it may not be used.
Result<engine::Snapshot> read_snapshot(const std::filesystem::path& folder, std::uint64_t sequence,
                                       const std::string& entry_digest);

struct FoundSnapshot {
    std::optional<engine::Snapshot> snapshot;
    std::vector<std::string> troubles;  // of newer ones that could not be used
};

// The newest that is not later than entry `until`, reads well, and was taken of the journal whose
// entry has that digest.
FoundSnapshot find_snapshot(const std::filesystem::path& folder, std::uint64_t until,
                            const std::function<std::string(std::uint64_t)>& entry_digest);

// When the journal has grown by `every` entries since the newest snapshot: replays from that one
// and writes the next. Beside a running centre, with a connection of its own. The sequence it is
// of; 0: there was no need.
Result<std::uint64_t> make_snapshot(const std::filesystem::path& folder, std::uint64_t every);

}  // namespace amer::store

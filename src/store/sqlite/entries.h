#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include <soci/soci.h>

#include "base/result.h"
#include "store/archive/segment.h"

// The journal from its first entry, wherever its entries lie. Included by .cc files of this room
// only: SOCI is slow to compile. Everything here throws soci::soci_error when the database fails.
namespace amer::store {

// 0: there are no tables yet.
long long schema_of(soci::session& session);

// In order: what left the database, as it must be found in the archive.
std::vector<Segment> archived_segments(soci::session& session);
void record_segment(soci::session& session, const Segment& segment);

using TakeEntry = std::function<Result<void>(const RawEntry&)>;

// The rows of the table alone from `first` to `last`.
Result<void> each_row(soci::session& session, std::uint64_t first, std::uint64_t last,
                      const TakeEntry& take);

inline constexpr std::uint64_t kLastEntry = std::numeric_limits<std::int64_t>::max();

// Every entry from `first` to `last`, from the archive of this data folder and then from the table,
// each once. A gap is an error that names the entry. Sees one state of the database, whatever is
// written or archived beside it.
Result<void> each_entry(soci::session& session, const std::filesystem::path& data,
                        std::uint64_t first, std::uint64_t last, const TakeEntry& take);
// The same, as today's program reads them.
Result<void> each_decoded(soci::session& session, const std::filesystem::path& data,
                          std::uint64_t first, std::uint64_t last,
                          const std::function<void(const engine::Entry&)>& take);
// Of the entry as it is kept; a failure when it is missing.
Result<std::string> digest_at(soci::session& session, const std::filesystem::path& data,
                              std::uint64_t sequence);

}  // namespace amer::store

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "core/calendar/calendar.h"
#include "store/archive/segment.h"

namespace amer::store {

struct ArchiveOptions {
    std::uint64_t entries_a_segment = 100'000;  // some 25 MB of text
    // Deleted in one transaction: a running centre waits for one of them at most.
    std::uint64_t rows_a_deletion = 500;
    // Hears each step by name before it is done: for tests.
    std::function<void(const char*)> before_step = {};
};

struct Archived {
    std::vector<Segment> segments;  // written now
    std::uint64_t entries = 0;      // in these
    std::uint64_t first_kept = 0;   // of those in the database
};

// Moves the entries before `before` out of the database into segment files. May run beside a
// running centre, in another process (docs/decisions/0024). An entry is deleted only when its
// segment was synced, read back and recorded; whoever reads finds each entry once, whenever this is
// killed. What the newest snapshot needs for a start stays; when there is none new enough, one is
// made first.
Result<Archived> archive_before(const std::filesystem::path& data, Instant before,
                                const ArchiveOptions& options = {});

// Up to when the journal reaches, and the days it is told in: for who says `before` as a day.
struct JournalEnd {
    Instant at;
    calendar::Calendar calendar;
};
Result<JournalEnd> journal_end(const std::filesystem::path& data);

}  // namespace amer::store

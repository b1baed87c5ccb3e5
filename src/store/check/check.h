#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/instant.h"
#include "base/result.h"
#include "core/calendar/calendar.h"

namespace amer::store {

// How large a data folder is.
struct JournalSizes {
    std::uint64_t entries_in_database = 0;
    std::uint64_t entries_archived = 0;
    std::uint64_t segments = 0;
    std::uint64_t database_bytes = 0;
    std::uint64_t free_bytes = 0;  // of these: used again before the file grows
    std::uint64_t log_bytes = 0;   // write-ahead log
    std::uint64_t archive_bytes = 0;
    std::uint64_t snapshots = 0;
    std::uint64_t snapshot_bytes = 0;

    AMER_FIELDS(JournalSizes, entries_in_database, entries_archived, segments, database_bytes,
                free_bytes, log_bytes, archive_bytes, snapshots, snapshot_bytes)
};

struct CheckedJournal {
    JournalSizes sizes;
    std::uint64_t sequence = 0;  // the last entry that was read
    std::optional<Instant> from, until;
    calendar::Calendar calendar;  // in whose days it is told
    std::string state_hash;
    std::vector<std::uint64_t> agreeing_snapshots;  // each the state that its entries lead to
    std::vector<std::string> remarks;               // good to know, nothing is lost
    std::vector<std::string> faults;                // what is not as it must be

    bool is_good() const { return faults.empty(); }
};

// Reads everything there is: SQLite's own check, every archive segment, every entry; folds them
// into a state and into read tables of its own and compares both with the snapshots and the tables
// that are there; compares the promise ledger with its seals. Changes nothing and may run beside a
// running centre: it sees one state of the database. `progress` hears now and then how many entries
// were read. Fails only when it cannot look at all.
Result<CheckedJournal> check_journal(const std::filesystem::path& data,
                                     const std::function<void(std::uint64_t)>& progress = {});

}  // namespace amer::store

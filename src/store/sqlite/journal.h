#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/journal.h"

namespace amer::store {

// The journal and its projections in one SQLite file, <folder>/amer.db: write-ahead log, synced at
// every commit (nothing answered is lost by a power cut). One thread at a time; one process per
// folder (amer.lock). Readers have connections of their own: store/read.
class SqliteJournal final : public engine::Journal {
public:
    // Makes the folder and the tables when they are missing, checks the file, and refills the
    // projections when their rules changed. Errors are for the operator.
    static Result<std::unique_ptr<SqliteJournal>> open(const std::filesystem::path& folder);
    // To look into a folder that may be in use: append fails.
    static Result<std::unique_ptr<SqliteJournal>> open_read_only(
        const std::filesystem::path& folder);

    ~SqliteJournal() override;

    // A database that another program has locked is waited for, a second at first and hardly at
    // all once it has failed: nobody is served meanwhile.
    Result<void> append(const std::vector<engine::Entry>& entries) override;
    // An entry that cannot be read, or a gap, is an error that names the sequence.
    Result<void> read(std::uint64_t first,
                      const std::function<void(const engine::Entry&)>& take) override;
    // The newest that reads well and was taken of this journal; loudly logged when one does not.
    std::optional<engine::Snapshot> newest_snapshot(std::uint64_t until) override;
    // Of the whole row of an entry, SHA-256: tells this journal from another with equal numbers.
    Result<std::string> entry_digest(std::uint64_t sequence);

    // Empties the read tables and folds the whole journal into them, in one transaction.
    Result<void> rebuild_projections();
    // Of the last entry; 0: the journal is empty.
    Result<std::uint64_t> last_sequence();

private:
    struct Impl;

    explicit SqliteJournal(std::unique_ptr<Impl> impl);

    std::unique_ptr<Impl> impl_;
};

}  // namespace amer::store

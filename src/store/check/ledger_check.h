#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/calendar/calendar.h"
#include "store/check/sealed_days.h"

namespace amer::store {

// A message whose digest the ledger holds; where its file lies is not this room's business.
struct LedgerMessage {
    PromiseId promise;
    RecordingId recording;
    Instant at;
    std::string sha256;  // "": left before digests were written into the ledger
};

struct CheckedLedger {
    std::uint64_t sequence = 0;   // the last entry that was read
    calendar::Calendar calendar;  // in whose days it is told
    std::uint64_t lines = 0;
    std::string head;
    std::uint64_t unsealed = 0;  // lines after the last seal
    std::vector<CheckedSeal> seals;
    std::vector<LedgerMessage> messages;
    std::optional<std::string> head_asked;  // after so many lines as were asked for
    std::vector<std::string> remarks;       // good to know, nothing is altered
    std::vector<std::string> faults;

    bool is_good() const { return faults.empty(); }
};

// Makes the promise ledger again from all entries, archived ones too, and compares it with every
// seal and with the lists of promises and attempts. Changes nothing and may run beside a running
// centre: it sees one state of the database. Fails only when it cannot look at all.
Result<CheckedLedger> check_ledger(const std::filesystem::path& data,
                                   std::optional<std::uint64_t> lines_asked = std::nullopt);

}  // namespace amer::store

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/fields.h"
#include "core/terms/terms.h"

namespace amer::callback {

// The promise ledger: a line of text for everything that happened to a promise
// (core/centre/ledger_line.h), each chained to the one before by SHA-256, so that a line altered,
// taken out or put in later is found. The chain's head is written into the journal at the end of
// every day that had a line (LedgerSealed): whoever keeps the printed proof of a day can tell
// whether that day, or any before it, was altered.
struct Ledger {
    std::uint64_t lines = 0;
    std::string head;                // of all lines; "" before the first
    std::optional<Instant> seal_at;  // midnight after the first line that no seal covers

    AMER_FIELDS(Ledger, lines, head, seal_at)
};

// The head after a line: lower-case hexadecimal SHA-256 of "<head before> <line>\n".
std::string ledger_head(std::string_view head_before, std::string_view line);

}  // namespace amer::callback

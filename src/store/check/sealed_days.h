#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/fields.h"
#include "core/centre/ledger_chain.h"
#include "engine/journal.h"

namespace amer::store {

// A seal of the promise ledger (LedgerSealed) beside what the journal's events come to.
struct CheckedSeal {
    std::string day;
    std::uint64_t entry = 0;  // the seal's own
    Instant at;
    std::uint64_t lines = 0;
    std::string head;
    std::uint64_t lines_found = 0;
    std::string head_found;
    std::uint64_t covered = 0;           // lines since the seal before it, as found
    std::optional<Instant> from, until;  // the first and the last of these
    std::set<PromiseId> promises;        // that these are about
    bool is_good = true;

    AMER_FIELDS(CheckedSeal, day, entry, at, lines, head, lines_found, head_found, covered, from,
                until, promises, is_good)
};

// "the ledger of 2026-11-19 does not agree with its seal ...": what is wrong, and what it covers.
std::string fault_of(const CheckedSeal& seal);

// Makes the promise ledger again from every entry in order. Each seal is judged from the one before
// it, so that an altered day does not make those after it look altered; the chain from the first
// line of all is kept beside.
class SealedDays {
public:
    // The line that this entry is.
    std::optional<std::string> take(const engine::Entry& entry);

    const std::vector<CheckedSeal>& seals() const { return seals_; }
    std::uint64_t unsealed() const { return next_.covered; }
    const centre::LedgerChain& chain() const { return chain_; }

private:
    centre::LedgerChain chain_;
    centre::LedgerChain since_last_seal_;
    CheckedSeal next_;
    std::vector<CheckedSeal> seals_;
};

}  // namespace amer::store

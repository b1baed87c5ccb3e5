#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/centre/event.h"

namespace amer::centre {

// The promise ledger made again by whoever reads the journal: every event in order. What it says
// of itself (LedgerSealed) is compared with what its lines come to.
class LedgerChain {
public:
    // The line that this event is, chained to those before; nothing when it is none.
    std::optional<std::string> take(const Event& event, Instant at);

    // Does this seal say what the lines up to here come to?
    bool agrees(const LedgerSealed& seal) const;
    // Goes on from what a seal says, so that what follows it is judged by itself.
    void go_on_from(const LedgerSealed& seal);

    std::uint64_t lines() const { return lines_; }
    const std::string& head() const { return head_; }  // "" before the first line

private:
    std::uint64_t lines_ = 0;
    std::string head_;
};

}  // namespace amer::centre

#include "core/centre/ledger_chain.h"

#include "core/callback/ledger.h"
#include "core/centre/ledger_line.h"

namespace amer::centre {

std::optional<std::string> LedgerChain::take(const Event& event, Instant at) {
    std::optional<std::string> line = ledger_line(event, at);
    if (!line) return std::nullopt;
    head_ = callback::ledger_head(head_, *line);
    lines_ += 1;
    return line;
}

bool LedgerChain::agrees(const LedgerSealed& seal) const {
    return seal.lines == lines_ && seal.head == head_;
}

void LedgerChain::go_on_from(const LedgerSealed& seal) {
    lines_ = seal.lines;
    head_ = seal.head;
}

}  // namespace amer::centre

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "core/centre/centre.h"
#include "core/centre/event.h"
#include "core/centre/state.h"

namespace amer::engine {

// One line of the journal. Sequence numbers begin at 1 and have no gaps; all events of one decision
// share `decision` (the sequence number of its first event) and `at`.
struct Entry {
    std::uint64_t sequence = 0;
    std::uint64_t decision = 0;
    Instant at;
    centre::Event event;

    bool operator==(const Entry&) const = default;
};

// The state that entries 1 to `sequence` lead to; `at` is the last one's instant.
struct Snapshot {
    std::uint64_t sequence = 0;
    Instant at;
    centre::State state;
};

// One entry further.
inline void advance(Snapshot& reached, const Entry& entry) {
    centre::apply(reached.state, entry.event, entry.at);
    reached.sequence = entry.sequence;
    reached.at = entry.at;
}

// Where what happened is kept. Used by the engine thread only.
class Journal {
public:
    virtual ~Journal() = default;

    // All or nothing, durable when it returns (fsync), together with the projections. What failed
    // is not there, unless a crash before the next good append brings it back (decision 23).
    // Appending nothing writes all the same: it shows whether the journal can be written.
    virtual Result<void> append(const std::vector<Entry>& entries) = 0;
    // Every entry from `first` on, in order.
    virtual Result<void> read(std::uint64_t first,
                              const std::function<void(const Entry&)>& take) = 0;
    // Saves a start the reading of what is before it. Only one that was checked against this very
    // journal; nothing when there is doubt, or none that is not later than entry `until`.
    virtual std::optional<Snapshot> newest_snapshot(std::uint64_t /*until*/) {
        return std::nullopt;
    }
};

}  // namespace amer::engine

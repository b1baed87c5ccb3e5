#include "engine/engine.h"
#include "engine/state_hash.h"

namespace amer::engine {

Result<Replayed> replay(Journal& journal) {
    Replayed replayed;
    const auto read = journal.read(1, [&](const Entry& entry) {
        centre::apply(replayed.state, entry.event, entry.at);
        replayed.sequence = entry.sequence;
        replayed.last_at = entry.at;
    });
    if (!read) return tl::unexpected<Error>{read.error()};
    replayed.state_hash = state_hash(replayed.state);
    return replayed;
}

}  // namespace amer::engine

#pragma once

#include <functional>
#include <optional>
#include <set>

#include "living.h"

namespace amer::explore {

// Two ways in which every state must be able to end, each always the same from the same state, so
// that a state from which it was seen to end needs no second look. `rules`: their number.
class Endings {
public:
    // Everybody hangs up and nobody helps: every contact ends and no agent stays busy.
    void everybody_leaves(const centre::State& state, Instant now, std::size_t rules);
    // Everybody does his work and nobody hangs up: whoever waits is served, unless his queue's own
    // rules send him elsewhere, and every promise ends.
    void everybody_works(const centre::State& state, Instant now, std::size_t rules);

private:
    using Next = std::optional<centre::Command> (*)(const centre::State&);

    void run(const centre::State& begin, Instant now, std::size_t rules, Next next,
             std::set<Digest::Key>& good, const char* what);

    std::set<Digest::Key> left_;
    std::set<Digest::Key> worked_;
};

}  // namespace amer::explore

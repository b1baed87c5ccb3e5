#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/centre/centre.h"
#include "digest.h"

namespace amer::explore {

struct Violated {
    std::string sentence;
};

// How often each type of event came about.
using Counts = std::map<std::string_view, std::uint64_t>;

// What follows; none when it is rejected. Decided twice: the same follows, and nothing was changed.
std::vector<centre::Event> think(const centre::State& state, const centre::Command& command,
                                 Instant now);

// What was thought of happens; a broken law is Violated.
void happen(centre::State& state, const centre::Command& command,
            const std::vector<centre::Event>& events, Instant now, Counts& counts);

// A broken invariant is Violated.
void look_at(const centre::State& state);

// Rules are large and few: a state gives them away while it is kept.
struct Rules {
    centre::Configuration configuration;
    centre::Directory directory;
};
Rules take_rules(centre::State& state);
void give_rules(centre::State& state, Rules rules);

// By all that the state is, and when; the rules by their number on some shelf.
Digest::Key key_of(const centre::State& state, Instant now, std::size_t rules);

}  // namespace amer::explore

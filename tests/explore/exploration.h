#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "endings.h"
#include "scopes.h"

namespace amer::explore {

struct Findings {
    int depth = 0;
    std::uint64_t states = 0;
    std::uint64_t transitions = 0;       // moves that led to another state
    std::uint64_t duplicates = 0;        // of these, to one that was known
    std::uint64_t idle = 0;              // moves that changed nothing
    std::vector<std::uint64_t> letters;  // transitions by each letter of the alphabet
    Counts events;
    std::string violation;          // "": none
    std::vector<std::string> path;  // the moves that lead to it
};

// Every state that so many moves of the scope's alphabet can reach, each visited once, breadth
// first: the path to the first violation is a shortest one. Every transition is judged by the laws,
// every state by the invariants, and from every state all can end.
class Exploration {
public:
    explicit Exploration(const Scope& scope) : scope_{scope} {}

    Findings run(int depth);

private:
    struct Kept {  // without its rules
        centre::State state;
        Instant now;
        std::size_t rules = 0;
        std::uint32_t number = 0;
    };
    struct Step {
        std::uint32_t from = 0;
        std::uint32_t move = 0;
    };
    struct Hash {
        std::size_t operator()(const Digest::Key& key) const { return key.first; }
    };

    Kept begin();
    void explore(int depth);
    void expand(const Kept& kept, bool is_last);
    void follow(centre::State& state, const Kept& kept, const Move& move);
    void visit(const centre::State& state, Instant now, std::size_t rules);
    std::size_t shelve(const centre::State& state, std::size_t rules);
    std::vector<std::string> path_to(Step last) const;

    const Scope& scope_;
    Findings findings_;
    Endings endings_;
    std::vector<Rules> shelf_;
    std::vector<Step> steps_;  // how each state was reached first
    std::unordered_set<Digest::Key, Hash> seen_;
    std::vector<Kept> reached_;  // of the next depth
    Step step_;                  // being taken
    bool is_last_ = false;
};

}  // namespace amer::explore

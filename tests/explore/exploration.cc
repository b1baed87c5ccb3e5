#include "exploration.h"

#include <algorithm>

namespace amer::explore {

using namespace centre;

Findings Exploration::run(int depth) {
    findings_.depth = depth;
    findings_.letters.assign(scope_.alphabet.size(), 0);
    try {
        explore(depth);
    } catch (const Violated& violated) {
        findings_.violation = violated.sentence;
        findings_.path = path_to(step_);
    }
    findings_.states = seen_.size();
    return std::move(findings_);
}

Exploration::Kept Exploration::begin() {
    State state;
    for (const Command& command : scope_.before) {
        happen(state, command, think(state, command, scope_.begin), scope_.begin, findings_.events);
    }
    look_at(state);
    shelf_.push_back(take_rules(state));
    seen_.insert(key_of(state, scope_.begin, 0));
    steps_.push_back(Step{});
    return Kept{std::move(state), scope_.begin, 0, 0};
}

void Exploration::explore(int depth) {
    std::vector<Kept> level;
    level.push_back(begin());
    for (int at = 1; at <= depth && !level.empty(); ++at) {
        for (const Kept& kept : level) expand(kept, at == depth);
        level = std::exchange(reached_, {});
    }
}

void Exploration::expand(const Kept& kept, bool is_last) {
    is_last_ = is_last;
    State state = kept.state;
    give_rules(state, shelf_[kept.rules]);
    const Moves moves = moves_of(scope_.alphabet, Here{state, kept.now});
    for (std::uint32_t at = 0; at < moves.size(); ++at) {
        step_ = Step{kept.number, at};
        follow(state, kept, moves[at]);
    }
}

void Exploration::follow(State& state, const Kept& kept, const Move& move) {
    std::size_t at = 0;
    std::vector<Event> events;
    while (at < move.commands.size() && events.empty()) {
        const Command& command = move.commands[at++];
        events = think(state, command, move.at);
        // To change nothing may be wrong too.
        if (events.empty()) happen(state, command, events, move.at, findings_.events);
    }
    if (events.empty() && move.at == kept.now) {
        ++findings_.idle;
        return;
    }
    // The copy borrows the rules: they are most of a state's size.
    Rules rules = take_rules(state);
    State next = state;
    give_rules(next, std::move(rules));
    if (!events.empty()) {
        happen(next, move.commands[at - 1], events, move.at, findings_.events);
    }
    for (; at < move.commands.size(); ++at) {
        events = think(next, move.commands[at], move.at);
        happen(next, move.commands[at], events, move.at, findings_.events);
    }
    ++findings_.transitions;
    ++findings_.letters[move.letter];
    const std::size_t shelved = shelve(next, kept.rules);
    const bool is_new = seen_.insert(key_of(next, move.at, shelved)).second;
    if (is_new) visit(next, move.at, shelved);
    Rules its = take_rules(next);
    give_rules(state, shelved == kept.rules ? std::move(its) : shelf_[kept.rules]);
    if (!is_new) {
        ++findings_.duplicates;
        return;
    }
    const auto number = static_cast<std::uint32_t>(steps_.size());
    steps_.push_back(step_);
    if (!is_last_) reached_.push_back(Kept{std::move(next), move.at, shelved, number});
}

void Exploration::visit(const State& state, Instant now, std::size_t rules) {
    look_at(state);
    endings_.everybody_leaves(state, now, rules);
    endings_.everybody_works(state, now, rules);
}

std::size_t Exploration::shelve(const State& state, std::size_t rules) {
    const Configuration& shelved = shelf_[rules].configuration;
    const bool is_same = state.configuration.version == shelved.version &&
                         state.configuration.calendar.version == shelved.calendar.version;
    if (is_same) return rules;
    for (std::size_t at = 0; at < shelf_.size(); ++at) {
        if (shelf_[at].configuration == state.configuration) return at;
    }
    shelf_.push_back(Rules{state.configuration, state.directory});
    return shelf_.size() - 1;
}

std::vector<std::string> Exploration::path_to(Step last) const {
    std::vector<Step> taken{last};
    while (taken.back().from != 0) taken.push_back(steps_[taken.back().from]);
    std::reverse(taken.begin(), taken.end());
    State state;
    Instant now = scope_.begin;
    const auto tell = [&](const Command& command) {
        const Decision decision = decide(state, command, now);
        if (!decision) return;
        for (const Event& event : *decision) apply(state, event, now);
    };
    for (const Command& command : scope_.before) tell(command);
    std::vector<std::string> path;
    for (const Step& step : taken) {
        const Moves moves = moves_of(scope_.alphabet, Here{state, now});
        if (step.move >= moves.size()) break;
        const Move& move = moves[step.move];
        path.push_back(text_of(move));
        now = move.at;
        for (const Command& command : move.commands) tell(command);
    }
    return path;
}

}  // namespace amer::explore

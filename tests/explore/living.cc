#include "living.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/canonical_json.h"
#include "core/centre/invariants.h"
#include "core/centre/laws.h"

namespace amer::explore {

using namespace centre;

std::vector<Event> think(const State& state, const Command& command, Instant now) {
    Decision decision = decide(state, command, now);
    if (decide(state, command, now) != decision) {
        throw Violated{"the same command in the same state is decided in the same way"};
    }
    return decision ? std::move(*decision) : std::vector<Event>{};
}

void happen(State& state, const Command& command, const std::vector<Event>& events, Instant now,
            Counts& counts) {
    const auto name = [](const auto& each) { return each.kTypeName; };
    for (const Event& event : events) ++counts[std::visit(name, event)];
    const std::vector<std::string> broken = apply_and_judge(state, command, events, now);
    if (broken.empty()) return;
    std::string sentence = fmt::format("{}", fmt::join(broken, "\n"));
    for (const Event& event : events) sentence += "\n  " + to_json(event);
    throw Violated{sentence};
}

void look_at(const State& state) {
    const std::vector<std::string> broken = broken_invariants(state);
    if (!broken.empty()) throw Violated{fmt::format("{}", fmt::join(broken, "\n"))};
}

Rules take_rules(State& state) {
    return Rules{std::exchange(state.configuration, {}), std::exchange(state.directory, {})};
}

void give_rules(State& state, Rules rules) {
    state.configuration = std::move(rules.configuration);
    state.directory = std::move(rules.directory);
}

Digest::Key key_of(const State& state, Instant now, std::size_t rules) {
    Digest digest;
    digest.add(now);
    digest.add(rules);
    const auto one = [&](const auto& value) {
        if constexpr (!std::is_same_v<std::decay_t<decltype(value)>, Configuration>) {
            digest.add(value);
        }
    };
    std::apply([&](const auto&... field) { (one(state.*field.member), ...); }, State::fields());
    digest.add(state.indexes);
    return digest.key();
}

}  // namespace amer::explore

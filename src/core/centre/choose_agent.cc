#include "core/centre/choose_agent.h"

#include <array>

#include "base/check.h"
#include "base/rng.h"

namespace amer::centre {

namespace {

using queue::Idle;
using queue::Strategy;

const queue::Step kNoRequirement;

const queue::Step& step_of(const Queue& row, std::int32_t step) {
    if (row.steps.empty()) return kNoRequirement;
    return row.steps.at(static_cast<std::size_t>(step));
}

// Everybody ready in the lowest tier that has one, in the order of the index.
std::vector<const Idle*> best_tier(const World& world, const queue::Pool& pool) {
    std::vector<const Idle*> found;
    for (const Idle* idle = world.first_idle(pool); idle != nullptr;
         idle = world.next_idle(*idle)) {
        if (!found.empty() && idle->tier != found.front()->tier) break;
        found.push_back(idle);
    }
    return found;
}

// Weighs everybody who is ready, for strategies that have no standing order.
struct Weighing {
    const World& world;
    const Queue& row;
    const queue::Step& step;
    OfferId offer;

    Choice choose(const std::vector<const Idle*>& ready) const {
        switch (row.strategy) {
            case Strategy::round_robin: return {next_in_turn(ready), 0};
            case Strategy::random: {
                const std::uint64_t drawn = Rng{offer.value}.below(ready.size());
                return {world.agent_of(*ready[drawn]), drawn};
            }
            case Strategy::weighted_random: return by_weight(ready);
            default: return {least(ready), 0};
        }
    }

private:
    // The ids are a circle; who left it or came into it moves nobody.
    AgentId next_in_turn(const std::vector<const Idle*>& ready) const {
        const AgentId last = world.last_offered(row.id);
        const Idle* first = nullptr;
        const Idle* next = nullptr;
        for (const Idle* idle : ready) {
            if (first == nullptr || idle->agent < first->agent) first = idle;
            const bool is_after = last < world.agent_of(*idle);
            if (is_after && (next == nullptr || idle->agent < next->agent)) next = idle;
        }
        return world.agent_of(next == nullptr ? *first : *next);
    }

    Choice by_weight(const std::vector<const Idle*>& ready) const {
        std::uint64_t whole = 0;
        for (const Idle* idle : ready) whole += weight_of(world.agent_of(*idle));
        const std::uint64_t drawn = Rng{offer.value}.below(whole);
        std::uint64_t sum = 0;
        for (const Idle* idle : ready) {
            sum += weight_of(world.agent_of(*idle));
            if (drawn < sum) return {world.agent_of(*idle), drawn};
        }
        return {world.agent_of(*ready.back()), drawn};
    }

    std::uint64_t weight_of(const AgentId& agent) const {
        const Directory::Member* member = world.member(row.id, agent);
        return member == nullptr ? 1 : static_cast<std::uint64_t>(member->weight);
    }

    // The index has them longest idle first, so the first of equals is the right one.
    AgentId least(const std::vector<const Idle*>& ready) const {
        const Idle* best = nullptr;
        std::int64_t lowest = 0;
        for (const Idle* idle : ready) {
            const std::int64_t value = value_of(world.agent_of(*idle));
            if (best != nullptr && value >= lowest) continue;
            best = idle;
            lowest = value;
        }
        return world.agent_of(*best);
    }

    std::int64_t value_of(const AgentId& id) const {
        if (row.strategy == Strategy::least_occupied) {
            const agent::Agent* agent = world.find(id);
            return agent->occupancy.share(world.now(), agent->since);
        }
        const std::int64_t skill = queue::weighed_skill(world.agent_row(id)->skills, step.needs);
        return row.strategy == Strategy::most_skilled ? -skill : skill;
    }
};

const char* rule_against(const queue::Pool& pool, const Directory::Member& member,
                         Availability availability, const char* last_rule) {
    switch (availability) {
        case Availability::logged_out: return queue::kUnregistered;
        case Availability::busy: return queue::kBusy;
        case Availability::not_ready: return queue::kNotReady;
        case Availability::on_phone: return queue::kOnPhone;
        case Availability::ready: break;
    }
    const auto bit = std::uint64_t{1} << static_cast<unsigned>(pool.step);
    if (!member.speaks(pool.language)) return queue::kLanguage;
    if ((member.skilled_steps & bit) == 0) return queue::kSkill;
    if ((member.reached_steps & bit) == 0) return queue::kTier;
    return last_rule;
}

}  // namespace

std::optional<Choice> choose_agent(const World& world, const queue::Pool& pool, OfferId offer) {
    const Idle* first = world.first_idle(pool);
    if (first == nullptr) return std::nullopt;
    const Queue& row = world.configuration().queues[pool.queue];
    if (queue::is_ranked_ahead(row.strategy)) return Choice{world.agent_of(*first), 0};
    return Weighing{world, row, step_of(row, pool.step), offer}.choose(best_tier(world, pool));
}

std::vector<queue::PassedOver> passed_over(const World& world, const queue::Pool& pool,
                                           const AgentId& chosen, bool is_meant_for_him) {
    // By identity: these are the constants of this file alone.
    const char* const last_rule = is_meant_for_him ? queue::kNotChosen : queue::kRanked;
    constexpr std::array kRules{queue::kUnregistered, queue::kBusy,      queue::kOnPhone,
                                queue::kNotReady,     queue::kLanguage,  queue::kSkill,
                                queue::kTier,         queue::kNotChosen, queue::kRanked};
    std::array<queue::NumberRanges, kRules.size()> removed;
    std::uint32_t number = 0;
    for (const Directory::Member& member :
         world.members_of(world.configuration().queues[pool.queue].id)) {
        ++number;
        if (member.id == chosen) continue;
        const char* rule = rule_against(pool, member, world.availability(member.row), last_rule);
        const auto found = std::find(kRules.begin(), kRules.end(), rule);
        AMER_CHECK(found != kRules.end());
        removed[static_cast<std::size_t>(found - kRules.begin())].add(number);
    }
    std::vector<queue::PassedOver> all;
    for (std::size_t at = 0; at < kRules.size(); ++at) {
        if (!removed[at].is_empty()) all.push_back({kRules[at], removed[at].text(), {}});
    }
    return all;
}

}  // namespace amer::centre

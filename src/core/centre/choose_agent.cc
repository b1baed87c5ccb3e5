#include "core/centre/choose_agent.h"

#include <array>

#include "base/rng.h"

namespace amer::centre {

namespace {

using queue::Idle;
using queue::Strategy;

const queue::Step kNoRequirement;

const queue::Step& step_of(const Queue* row, std::int32_t step) {
    if (row == nullptr || step < 0 || step >= static_cast<std::int32_t>(row->steps.size())) {
        return kNoRequirement;
    }
    return row->steps[static_cast<std::size_t>(step)];
}

bool reaches(const queue::Step& step, std::int32_t tier) {
    return step.highest_tier == 0 || tier <= step.highest_tier;
}

bool has_skills(const World& world, const AgentId& agent, const queue::Step& step) {
    if (step.needs.empty()) return true;
    const AgentRow* row = world.agent_row(agent);
    return row != nullptr && queue::meets(row->skills, step.needs);
}

// Everybody ready in the lowest tier that has one, in the order of the index.
std::vector<const Idle*> best_tier(const World& world, const queue::Lane& lane,
                                   const queue::Step& step) {
    std::vector<const Idle*> found;
    for (const Idle* idle = world.first_idle(lane); idle != nullptr;
         idle = world.next_idle(*idle)) {
        if (!reaches(step, idle->tier)) break;
        if (!found.empty() && idle->tier != found.front()->tier) break;
        if (has_skills(world, idle->agent, step)) found.push_back(idle);
    }
    return found;
}

// Weighs everybody who is ready, for strategies that have no standing order.
struct Weighing {
    const World& world;
    const queue::Lane& lane;
    const Queue& row;
    const queue::Step& step;
    OfferId offer;

    Choice choose(const std::vector<const Idle*>& ready) const {
        switch (row.strategy) {
            case Strategy::round_robin: return {next_in_turn(ready), 0};
            case Strategy::random: {
                const std::uint64_t drawn = Rng{offer.value}.below(ready.size());
                return {ready[drawn]->agent, drawn};
            }
            case Strategy::weighted_random: return by_weight(ready);
            default: return {least(ready), 0};
        }
    }

private:
    // The ids are a circle; who left it or came into it moves nobody.
    AgentId next_in_turn(const std::vector<const Idle*>& ready) const {
        const AgentId last = world.last_offered(lane.queue);
        const Idle* first = nullptr;
        const Idle* next = nullptr;
        for (const Idle* idle : ready) {
            if (first == nullptr || idle->agent < first->agent) first = idle;
            const bool is_after = last < idle->agent;
            if (is_after && (next == nullptr || idle->agent < next->agent)) next = idle;
        }
        return next == nullptr ? first->agent : next->agent;
    }

    Choice by_weight(const std::vector<const Idle*>& ready) const {
        std::uint64_t whole = 0;
        for (const Idle* idle : ready) whole += weight_of(idle->agent);
        const std::uint64_t drawn = Rng{offer.value}.below(whole);
        std::uint64_t sum = 0;
        for (const Idle* idle : ready) {
            sum += weight_of(idle->agent);
            if (drawn < sum) return {idle->agent, drawn};
        }
        return {ready.back()->agent, drawn};
    }

    std::uint64_t weight_of(const AgentId& agent) const {
        const Directory::Member* member = world.member(lane.queue, agent);
        return member == nullptr ? 1 : static_cast<std::uint64_t>(member->weight);
    }

    // The index has them longest idle first, so the first of equals is the right one.
    AgentId least(const std::vector<const Idle*>& ready) const {
        const Idle* best = nullptr;
        std::int64_t lowest = 0;
        for (const Idle* idle : ready) {
            const std::int64_t value = value_of(idle->agent);
            if (best != nullptr && value >= lowest) continue;
            best = idle;
            lowest = value;
        }
        return best->agent;
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

const char* rule_against(const World& world, const queue::Lane& lane, const queue::Step& step,
                         const Directory::Member& member, Availability availability) {
    switch (availability) {
        case Availability::logged_out: return queue::kUnregistered;
        case Availability::busy: return queue::kBusy;
        case Availability::not_ready: return queue::kNotReady;
        case Availability::on_phone: return queue::kOnPhone;
        case Availability::ready: break;
    }
    if (!member.speaks(lane.language)) return queue::kLanguage;
    if (!has_skills(world, member.id, step)) return queue::kSkill;
    if (!reaches(step, member.tier)) return queue::kTier;
    return queue::kRanked;
}

}  // namespace

std::optional<Choice> choose_agent(const World& world, const queue::Lane& lane, std::int32_t step,
                                   OfferId offer) {
    const Queue* row = world.queue_row(lane.queue);
    const queue::Step& required = step_of(row, step);
    if (row == nullptr || queue::is_ranked_ahead(row->strategy)) {
        const Idle* idle = world.first_idle(lane);
        while (idle != nullptr && reaches(required, idle->tier)) {
            if (has_skills(world, idle->agent, required)) return Choice{idle->agent, 0};
            idle = world.next_idle(*idle);
        }
        return std::nullopt;
    }
    const std::vector<const Idle*> ready = best_tier(world, lane, required);
    if (ready.empty()) return std::nullopt;
    return Weighing{world, lane, *row, required, offer}.choose(ready);
}

std::vector<queue::PassedOver> passed_over(const World& world, const queue::Lane& lane,
                                           std::int32_t step, const AgentId& chosen) {
    const queue::Step& required = step_of(world.queue_row(lane.queue), step);
    constexpr std::array kRules{queue::kUnregistered, queue::kBusy,     queue::kOnPhone,
                                queue::kNotReady,     queue::kLanguage, queue::kSkill,
                                queue::kTier,         queue::kRanked};
    std::array<queue::NumberRanges, kRules.size()> removed;
    std::uint32_t number = 0;
    for (const Directory::Member& member : world.members_of(lane.queue)) {
        ++number;
        if (member.id == chosen) continue;
        const char* rule =
            rule_against(world, lane, required, member, world.availability(member.row));
        const auto found = std::find(kRules.begin(), kRules.end(), rule);
        removed[static_cast<std::size_t>(found - kRules.begin())].add(number);
    }
    std::vector<queue::PassedOver> all;
    for (std::size_t at = 0; at < kRules.size(); ++at) {
        if (!removed[at].is_empty()) all.push_back({kRules[at], removed[at].text(), {}});
    }
    return all;
}

}  // namespace amer::centre

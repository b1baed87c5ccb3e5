#include "core/centre/directory.h"

#include "core/calendar/place.h"

namespace amer::centre {

namespace {

void enter_flows(Directory& directory, const std::vector<flow::Flow>& flows) {
    for (std::size_t row = 0; row < flows.size(); ++row) {
        Directory::FlowEntry entry{row, {}};
        for (std::size_t step = 0; step < flows[row].steps.size(); ++step) {
            entry.steps.emplace(flows[row].steps[step].id, step);
        }
        directory.flows.emplace(flows[row].id, std::move(entry));
    }
}

Directory::Member member_of(const AgentRow& agent, std::size_t row, const Membership& in,
                            const std::vector<queue::Step>& steps) {
    const auto speaks = [&](Language language) {
        return std::find(agent.languages.begin(), agent.languages.end(), language) !=
               agent.languages.end();
    };
    Directory::Member member;
    member.id = agent.id;
    member.row = row;
    member.tier = in.tier;
    member.weight = in.weight;
    member.speaks_arabic = speaks(Language::arabic);
    member.speaks_english = speaks(Language::english);
    if (steps.empty()) return member;
    member.skilled_steps = member.reached_steps = 0;
    for (std::size_t at = 0; at < steps.size(); ++at) {
        const std::uint64_t bit = std::uint64_t{1} << at;
        const queue::Step& step = steps[at];
        if (queue::meets(agent.skills, step.needs)) member.skilled_steps |= bit;
        if (step.highest_tier == 0 || in.tier <= step.highest_tier) member.reached_steps |= bit;
    }
    return member;
}

void number_agents(Directory& directory, std::size_t agents) {
    directory.agent_numbers.assign(agents, 0);
    for (const auto& [id, row] : directory.agents) {
        const auto number = static_cast<std::uint32_t>(directory.agents_by_id.size());
        directory.agents_by_id.push_back(id);
        directory.agent_numbers[row] = number;
    }
}

void enter_agents(Directory& directory, const Configuration& configuration) {
    const std::vector<AgentRow>& agents = configuration.agents;
    for (std::size_t row = 0; row < agents.size(); ++row) {
        if (!directory.agents.emplace(agents[row].id, row).second) continue;
        for (const Membership& membership : agents[row].queues) {
            const auto found = directory.queues.find(membership.queue);
            if (found == directory.queues.end()) continue;
            const Queue& queue = configuration.queues[found->second.row];
            found->second.members.push_back(member_of(agents[row], row, membership, queue.steps));
        }
    }
    const auto by_id = [](const Directory::Member& one, const Directory::Member& other) {
        return one.id < other.id;
    };
    const auto is_same = [](const Directory::Member& one, const Directory::Member& other) {
        return one.id == other.id;
    };
    for (auto& [id, entry] : directory.queues) {
        auto& members = entry.members;
        std::stable_sort(members.begin(), members.end(), by_id);
        members.erase(std::unique(members.begin(), members.end(), is_same), members.end());
    }
}

using Overlaps = std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t>;

// For each pair of queues the agents of both who speak the language.
Overlaps overlaps_of(const Directory& directory, Language language) {
    std::map<AgentId, std::vector<std::uint32_t>> queues_of;
    for (const auto& [id, entry] : directory.queues) {
        for (const Directory::Member& member : entry.members) {
            if (!member.speaks(language)) continue;
            queues_of[member.id].push_back(static_cast<std::uint32_t>(entry.row));
        }
    }
    Overlaps overlaps;
    for (const auto& [agent, queues] : queues_of) {
        for (const std::uint32_t one : queues) {
            for (const std::uint32_t other : queues) overlaps[{one, other}] += 1;
        }
    }
    return overlaps;
}

void enter_rivals(Directory& directory) {
    for (const Language language : {Language::arabic, Language::english}) {
        const Overlaps overlaps = overlaps_of(directory, language);
        for (auto& [id, entry] : directory.queues) {
            const auto row = static_cast<std::uint32_t>(entry.row);
            auto& rivals =
                language == Language::arabic ? entry.rivals_in_arabic : entry.rivals_in_english;
            for (auto at = overlaps.lower_bound({row, 0});
                 at != overlaps.end() && at->first.first == row; ++at) {
                const std::uint32_t other = at->first.second;
                rivals.push_back({other, at->second, overlaps.at({other, other})});
            }
        }
    }
}

bool has_days_of_its_own(const calendar::Calendar& calendar, const calendar::Place& place) {
    const auto any = [&](const auto& rows) {
        return std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
            return row.scope.kind != calendar::Scope::Kind::federal &&
                   calendar::holds_at(row.scope, place);
        });
    };
    return any(calendar.weekly) || any(calendar.dated) || any(calendar.holidays) ||
           any(calendar.closures);
}

void enter_calendars(Directory& directory, const Configuration& configuration) {
    std::map<UnitId, std::size_t> known;
    for (auto& [id, entry] : directory.queues) {
        const auto unit = directory.units.find(configuration.queues[entry.row].unit);
        if (unit == directory.units.end()) continue;
        const Unit& row = configuration.units[unit->second];
        const calendar::Place place{row.emirate, row.id.value};
        if (!has_days_of_its_own(configuration.calendar, place)) continue;
        const auto [at, is_new] = known.emplace(row.id, directory.place_calendars.size());
        if (is_new) {
            directory.place_calendars.push_back(
                calendar::calendar_of(configuration.calendar, place));
        }
        entry.calendar = at->second;
    }
}

}  // namespace

const calendar::Calendar& calendar_of(const Directory& directory, const calendar::Calendar& centre,
                                      const QueueId& queue) {
    const auto found = directory.queues.find(queue);
    const bool has_own = found != directory.queues.end() && found->second.calendar;
    return has_own ? directory.place_calendars[*found->second.calendar] : centre;
}

Directory make_directory(const Configuration& configuration) {
    Directory directory;
    for (std::size_t row = 0; row < configuration.numbers.size(); ++row) {
        directory.numbers.emplace(configuration.numbers[row].number.e164(), row);
        for (const std::string& also : configuration.numbers[row].also) {
            directory.numbers.emplace(also, row);
        }
    }
    for (std::size_t row = 0; row < configuration.queues.size(); ++row) {
        directory.queues.emplace(configuration.queues[row].id,
                                 Directory::QueueEntry{row, {}, {}, {}, {}});
    }
    for (std::size_t row = 0; row < configuration.units.size(); ++row) {
        directory.units.emplace(configuration.units[row].id, row);
    }
    enter_calendars(directory, configuration);
    enter_agents(directory, configuration);
    number_agents(directory, configuration.agents.size());
    enter_rivals(directory);
    enter_flows(directory, configuration.flows);
    return directory;
}

}  // namespace amer::centre

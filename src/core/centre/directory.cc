#include "core/centre/directory.h"

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

Directory::Member member_of(const AgentRow& agent, std::size_t row, const Membership& in) {
    const auto speaks = [&](Language language) {
        return std::find(agent.languages.begin(), agent.languages.end(), language) !=
               agent.languages.end();
    };
    return Directory::Member{
        agent.id, row, in.tier, in.weight, speaks(Language::arabic), speaks(Language::english)};
}

void enter_agents(Directory& directory, const std::vector<AgentRow>& agents) {
    for (std::size_t row = 0; row < agents.size(); ++row) {
        if (!directory.agents.emplace(agents[row].id, row).second) continue;
        for (const Membership& membership : agents[row].queues) {
            const auto found = directory.queues.find(membership.queue);
            if (found == directory.queues.end()) continue;
            found->second.members.push_back(member_of(agents[row], row, membership));
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

}  // namespace

Directory make_directory(const Configuration& configuration) {
    Directory directory;
    for (std::size_t row = 0; row < configuration.numbers.size(); ++row) {
        directory.numbers.emplace(configuration.numbers[row].number.e164(), row);
        for (const std::string& also : configuration.numbers[row].also) {
            directory.numbers.emplace(also, row);
        }
    }
    for (std::size_t row = 0; row < configuration.queues.size(); ++row) {
        directory.queues.emplace(configuration.queues[row].id, Directory::QueueEntry{row, {}});
    }
    for (std::size_t row = 0; row < configuration.units.size(); ++row) {
        directory.units.emplace(configuration.units[row].id, row);
    }
    enter_agents(directory, configuration.agents);
    enter_flows(directory, configuration.flows);
    return directory;
}

}  // namespace amer::centre

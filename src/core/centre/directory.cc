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

void enter_agents(Directory& directory, const std::vector<AgentRow>& agents) {
    for (std::size_t row = 0; row < agents.size(); ++row) {
        if (!directory.agents.emplace(agents[row].id, row).second) continue;
        for (const QueueId& queue : agents[row].queues) {
            const auto found = directory.queues.find(queue);
            if (found != directory.queues.end()) found->second.agents.push_back(agents[row].id);
        }
    }
    for (auto& [id, entry] : directory.queues) {
        std::sort(entry.agents.begin(), entry.agents.end());
        const auto end = std::unique(entry.agents.begin(), entry.agents.end());
        entry.agents.erase(end, entry.agents.end());
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

#include "whatif/playable.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/check.h"

namespace amer::whatif {

namespace {

flow::Flow flow_to(const QueueId& queue, const std::vector<QueueId>& also, std::int32_t priority,
                   bool is_emergency, FlowId id) {
    flow::Menu language;
    for (const Language each : {Language::arabic, Language::english}) {
        language.keys[Playable::key_of(each)] = StepId{"queue"};
        language.languages[Playable::key_of(each)] = each;
    }
    language.otherwise = StepId{"end"};
    flow::Enqueue enqueue;
    enqueue.queue = queue;
    enqueue.also = also;
    enqueue.priority = priority;
    enqueue.is_emergency = is_emergency;
    enqueue.when_closed = StepId{"end"};
    flow::Flow flow{std::move(id), StepId{"language"}, {}};
    flow.steps = {{StepId{"language"}, language},
                  {StepId{"queue"}, enqueue},
                  {StepId{"end"}, flow::HangUp{}}};
    return flow;
}

}  // namespace

Playable::Playable(const centre::Configuration& rules, const std::vector<Arrival>& arrivals)
    : rules_{rules} {
    rules_.numbers.clear();
    rules_.flows.clear();
    rules_.recording.is_on = false;
    for (const Arrival& each : arrivals) open_door(door_of(each));
}

bool Playable::is_known(const QueueId& queue) const {
    return std::any_of(rules_.queues.begin(), rules_.queues.end(),
                       [&](const centre::Queue& row) { return row.id == queue; });
}

void Playable::open_door(const Door& door) {
    if (doors_.contains(door)) return;
    const auto& [queue, also, priority, is_emergency] = door;
    if (!is_known(queue)) return;
    std::vector<QueueId> others = also;
    std::erase_if(others, [&](const QueueId& other) { return !is_known(other); });
    const auto number = PhoneNumber::parse(fmt::format("+9716000{:05}", doors_.size()));
    AMER_CHECK(number.has_value());
    FlowId flow{fmt::format("door-{}", doors_.size())};
    centre::DialledNumber row;
    row.number = *number;
    row.flow = flow;
    rules_.numbers.push_back(row);
    rules_.flows.push_back(flow_to(queue, others, priority, is_emergency, std::move(flow)));
    doors_.emplace(door, *number);
}

std::optional<PhoneNumber> Playable::number_for(const Arrival& arrival) const {
    const auto found = doors_.find(door_of(arrival));
    if (found == doors_.end()) return std::nullopt;
    return found->second;
}

std::string Playable::pause() const {
    const auto& reasons = rules_.agent_plan.reasons;
    return reasons.empty() ? "break" : reasons.front().id;
}

}  // namespace amer::whatif

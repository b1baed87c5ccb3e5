#include "store/journal/upcast.h"

#include <array>
#include <map>
#include <string>

namespace amer::store {

namespace {

using nlohmann::json;

json* member(json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

template <typename Change>
void each_in(json* list, Change change) {
    if (list == nullptr || !list->is_array()) return;
    for (json& element : *list) change(element);
}

// Version 1 listed every agent of the queue with the rule that removed him, "" for the chosen one.
void group_candidates(json& event) {
    std::map<std::string, json> by_rule;
    each_in(member(event, "candidates"), [&](json& candidate) {
        const json* rule = member(candidate, "removed_by");
        const json* agent = member(candidate, "agent");
        if (rule == nullptr || agent == nullptr || !rule->is_string()) return;
        if (rule->get_ref<const std::string&>().empty()) return;
        const bool is_idle = *rule == "idle_shorter";
        const std::string name = is_idle ? "ranked_after" : rule->get<std::string>();
        auto [row, is_new] = by_rule.try_emplace(name, json::array());
        row->second.push_back(*agent);
    });
    json passed_over = json::array();
    for (auto& [rule, names] : by_rule) {
        passed_over.push_back({{"rule", rule}, {"members", ""}, {"names", std::move(names)}});
    }
    event.erase("candidates");
    event["passed_over"] = std::move(passed_over);
}

// Version 1 named an agent's queues; since version 2 he has a tier and a weight in each.
void make_memberships(json& event) {
    json* configuration = member(event, "configuration");
    if (configuration == nullptr) return;
    each_in(member(*configuration, "agents"), [](json& agent) {
        each_in(member(agent, "queues"), [](json& queue) {
            if (queue.is_string()) queue = json{{"queue", queue}};
        });
    });
}

struct Upcast {
    std::string_view type;
    int from;
    void (*change)(json& event);
};

// Of one type in rising order.
constexpr std::array kUpcasts{
    Upcast{"ConfigurationPublished", 1, make_memberships},
    Upcast{"OfferMade", 1, group_candidates},
};

}  // namespace

int version_of(std::string_view type) {
    int version = 1;
    for (const Upcast& step : kUpcasts) {
        if (step.type == type) version = step.from + 1;
    }
    return version;
}

void upcast(json& event, int version) {
    const json* type = member(event, "type");
    if (type == nullptr || !type->is_string()) return;
    const auto& name = type->get_ref<const std::string&>();
    for (const Upcast& step : kUpcasts) {
        if (step.type == name && step.from >= version) step.change(event);
    }
}

}  // namespace amer::store

#include "core/flow/known.h"

#include <algorithm>

#include "core/flow/check.h"

namespace amer::flow {

namespace {

Known both(const Known& one, const Known& other) {
    return Known{one.has_promise && other.has_promise, one.has_number && other.has_number,
                 one.has_department && other.has_department};
}

bool leads_elsewhere(const Enqueue& step) {
    const StepId& callback = step.callback;
    const bool by_key = std::any_of(step.keys.begin(), step.keys.end(),
                                    [&](const auto& key) { return key.second == callback; });
    return by_key || step.when_closed == callback || step.when_full == callback ||
           step.when_nobody == callback || step.after_longest == callback;
}

// Where a step teaches the centre something on one of its ways; every other way leaves things as
// they are.
Known learnt_on_way(const StepBody& body, const StepId& to, Known known) {
    if (const auto* hours = std::get_if<Hours>(&body)) {
        const bool is_closed_only = to == hours->closed && to != hours->open;
        known.has_promise = known.has_promise || is_closed_only;
    } else if (const auto* caller = std::get_if<CallerKnown>(&body)) {
        const bool is_known_only = to == caller->known && to != caller->hidden;
        known.has_number = known.has_number || is_known_only;
    } else if (const auto* collect = std::get_if<Collect>(&body)) {
        // A number he keyed in is written to his promise.
        const bool is_understood = to == collect->next && to != collect->otherwise;
        const bool is_number = collect->purpose == Collect::Purpose::callback_number;
        known.has_number = known.has_number || (is_understood && is_number && known.has_promise);
    } else if (const auto* enqueue = std::get_if<Enqueue>(&body)) {
        // With a place kept he has a promise; whoever else leaves may have none.
        const bool is_kept_only = to == enqueue->callback && !leads_elsewhere(*enqueue);
        known.has_promise = known.has_promise || is_kept_only;
        known.has_department = known.has_department || is_kept_only;
    } else if (std::holds_alternative<TakeMessage>(body)) {
        known.has_promise = true;
    }
    return known;
}

}  // namespace

std::vector<Way> ways_from(const StepBody& body, const Known& at_step) {
    std::vector<Way> ways;
    for (const StepId& to : targets_of(body)) {
        ways.push_back(Way{to, learnt_on_way(body, to, at_step)});
    }
    return ways;
}

std::map<StepId, Known> known_at_steps(const Flow& flow, const Known& at_first) {
    std::map<StepId, const Step*> steps;
    for (const Step& step : flow.steps) steps.emplace(step.id, &step);
    std::map<StepId, Known> known;
    std::vector<Way> open{Way{flow.first, at_first}};
    while (!open.empty()) {
        const Way way = open.back();
        open.pop_back();
        const auto step = steps.find(way.to);
        if (step == steps.end()) continue;
        const auto before = known.find(way.to);
        const Known now = before == known.end() ? way.known : both(before->second, way.known);
        if (before != known.end() && before->second == now) continue;
        known.insert_or_assign(way.to, now);
        for (Way& next : ways_from(step->second->body, now)) open.push_back(std::move(next));
    }
    return known;
}

}  // namespace amer::flow

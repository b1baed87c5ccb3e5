#include "rules_of_day.h"

#include <algorithm>

#include "core/centre/example_centre.h"

namespace amer::sim {

namespace {

using namespace centre;

constexpr std::uint64_t kStrategies = 15;

std::int32_t drawn(Draws& draws, std::int32_t least, std::int32_t most) {
    return least +
           static_cast<std::int32_t>(draws.below(static_cast<std::uint64_t>(most - least) + 1));
}

// What those who wait are told, and how long they may.
void draw_waiting(Draws& draws, Queue& queue) {
    queue.announce_first_ms = draws.chance(30) ? 0 : drawn(draws, 5'000, 20'000);
    queue.announce_every_ms = draws.chance(30) ? 0 : drawn(draws, 15'000, 60'000);
    queue.wait_known_after = drawn(draws, 1, 5);
    queue.most_waiting = draws.chance(40) ? drawn(draws, 1, 4) : 0;
    queue.nobody_after_ms = draws.chance(30) ? drawn(draws, 10'000, 120'000) : 0;
    queue.closing_grace_ms = draws.chance(30) ? 0 : drawn(draws, 60'000, 1'800'000);
    queue.last_agent_ms = draws.chance(40) ? drawn(draws, 5'000, 90'000) : 0;
    queue.external_lease_ms = drawn(draws, 1'000, 10'000);
}

void draw_queues(Draws& draws, Configuration& rules) {
    for (Queue& queue : rules.queues) {
        queue.strategy = static_cast<queue::Strategy>(draws.below(kStrategies));
        if (draws.chance(10)) queue.strategy = queue::Strategy::external;
        queue.weight = drawn(draws, 1, 3);
        queue.counts_all_queues = draws.chance(50);
        queue.longest_wait_ms = draws.chance(30) ? drawn(draws, 60'000, 400'000) : 0;
        queue.ring_ms = drawn(draws, 8'000, 20'000);
        queue.ring_at_most = drawn(draws, 1, 4);
        queue.ring_next_after_ms = drawn(draws, 1'000, 6'000);
        draw_waiting(draws, queue);
        if (!draws.chance(40)) continue;
        queue::Step first{{{SkillId{"loans"}, 2, 1}}, 1, drawn(draws, 5'000, 40'000)};
        if (draws.chance(40)) first.needs.clear();
        queue.steps = {first, queue::Step{{}, 2, draws.chance(30) ? 240'000 : 0}};
    }
}

void draw_agents(Draws& draws, Configuration& rules) {
    const std::vector<Language> both{Language::arabic, Language::english};
    const QueueId general{"general"};
    const QueueId housing{"housing"};
    rules.agents.push_back(example::agent("dana", {housing}, both));
    rules.agents.push_back(example::agent("eman", {general, housing}, {Language::arabic}));
    rules.agents.push_back(example::agent("faris", {general}, both));
    for (AgentRow& row : rules.agents) {
        row.wrap_up_ms = draws.chance(25) ? 0 : drawn(draws, 5'000, 60'000);
        row.ready_on_register = draws.chance(80);
        row.is_supervisor = draws.chance(30);
        if (draws.chance(60)) row.skills = {{SkillId{"loans"}, drawn(draws, 1, 5)}};
        for (Membership& membership : row.queues) {
            membership.tier = drawn(draws, 1, 2);
            membership.weight = drawn(draws, 1, 5);
        }
    }
    for (std::uint64_t gone = draws.below(3); gone > 0; --gone) {
        rules.agents.erase(rules.agents.begin() +
                           static_cast<std::ptrdiff_t>(draws.below(rules.agents.size())));
    }
}

// Whoever waits for one of the two queues may stand in the other one too.
void draw_further_queues(Draws& draws, Configuration& rules) {
    for (flow::Flow& flow : rules.flows) {
        for (flow::Step& step : flow.steps) {
            auto* enqueue = std::get_if<flow::Enqueue>(&step.body);
            if (enqueue == nullptr || !draws.chance(50)) continue;
            const bool is_housing = enqueue->queue == QueueId{"housing"};
            enqueue->also = {QueueId{is_housing ? "general" : "housing"}};
        }
    }
}

void remove_housing(Configuration& rules) {
    const QueueId housing{"housing"};
    rules.queues.pop_back();
    for (flow::Flow& flow : rules.flows) {
        for (flow::Step& step : flow.steps) {
            if (auto* enqueue = std::get_if<flow::Enqueue>(&step.body)) enqueue->also.clear();
        }
    }
    for (AgentRow& row : rules.agents) {
        std::erase_if(row.queues, [&](const Membership& each) { return each.queue == housing; });
        if (row.queues.empty()) row.queues = {Membership{QueueId{"general"}}};
    }
    auto& steps = rules.flows[0].steps;
    for (flow::Step& step : steps) {
        auto* menu = std::get_if<flow::Menu>(&step.body);
        if (menu == nullptr) continue;
        for (auto& [key, target] : menu->keys) {
            if (target == StepId{"housing"}) target = StepId{"general"};
        }
    }
    std::erase_if(steps, [](const flow::Step& step) { return step.id == StepId{"housing"}; });
}

void draw_calendar(Draws& draws, Configuration& rules) {
    if (draws.chance(20)) {  // tomorrow is free, or was thought to be
        calendar::Holiday holiday;
        holiday.id = "eid";
        holiday.first_day =
            example::local_day(2026, 11, static_cast<unsigned>(24 + draws.below(3)));
        holiday.last_day = holiday.first_day;
        rules.calendar.holidays.push_back(holiday);
    }
    if (draws.chance(15)) {
        for (const std::size_t weekday : {1U, 2U, 3U, 4U}) {
            rules.calendar.weekly[0].hours[weekday] = {{540, 840}};
        }
    }
}

void draw_promises(Draws& draws, Configuration& rules) {
    PromisePlan& plan = rules.promises;
    plan.tries = drawn(draws, 1, 3);
    plan.pause_ms = drawn(draws, 60'000, 3'600'000);
    plan.share_percent = draws.chance(50) ? 100 : drawn(draws, 1, 99);
    if (draws.chance(50)) {
        plan.outcomes = {{callback::AttemptOutcome::busy, drawn(draws, 0, 900'000), true, false},
                         {callback::AttemptOutcome::network, 300'000, false, false},
                         {callback::AttemptOutcome::invalid_number, 0, true, true}};
    }
    if (draws.chance(30)) plan.call_from_minute = 9 * 60;
    if (draws.chance(30)) plan.call_until_minute = 16 * 60;
    if (draws.chance(40)) {
        plan.mode = callback::DialMode::customer_first;
        plan.agents_per_customer = drawn(draws, 1, 3);
    }
    if (draws.chance(50)) plan.briefing = PromptId{"CB-BRIEF"};
}

void draw_notifications(Draws& draws, Configuration& rules) {
    using notification::Occasion;
    if (draws.chance(50)) return;
    NotificationPlan& plan = rules.notifications;
    plan.by_text = {Occasion::promise_made, Occasion::promise_redated, Occasion::promise_broken};
    plan.by_mail = {Occasion::promise_broken, Occasion::promise_overdue, Occasion::no_opening};
    plan.mail_to = {"centre@example.ae"};
}

// Who leaves a message may hear it and say it again.
void draw_review(Draws& draws, Configuration& rules) {
    if (draws.chance(40)) return;
    for (flow::Flow& flow : rules.flows) {
        for (flow::Step& step : flow.steps) {
            auto* message = std::get_if<flow::TakeMessage>(&step.body);
            if (message == nullptr) continue;
            message->review = PromptId{"CLS-REV"};
            message->heard = PromptId{"CLS-HEAR"};
        }
    }
}

}  // namespace

Configuration draw_rules(Draws& draws) {
    Configuration rules =
        draws.chance(60) ? example::configuration_with_survey() : example::configuration();
    if (draws.chance(60)) rules = example::with_choices(std::move(rules));
    if (draws.chance(40)) {
        // The toll-free number, or both, go straight to the queue: a short way to keep a place.
        const std::size_t first = draws.below(2);
        for (std::size_t at = first; at < rules.numbers.size(); ++at) {
            rules.numbers[at].flow = FlowId{"direct"};
        }
    }
    if (draws.chance(30)) rules.promises.shared_numbers = {example::phone("+971501000037")};
    if (draws.chance(50)) draw_further_queues(draws, rules);
    draw_queues(draws, rules);
    draw_agents(draws, rules);
    draw_calendar(draws, rules);
    draw_promises(draws, rules);
    draw_notifications(draws, rules);
    draw_review(draws, rules);
    rules.recording.is_on = draws.chance(75);
    rules.agent_plan.no_answer_ms = draws.chance(40) ? 30'000 : 0;
    rules.agent_plan.rejected_ms = draws.chance(20) ? 0 : 5'000;
    if (draws.chance(20)) remove_housing(rules);
    if (draws.chance(20)) {  // no greeting
        auto& steps = rules.flows[0].steps;
        rules.flows[0].first = StepId{"language"};
        steps.erase(steps.begin());
    }
    return rules;
}

}  // namespace amer::sim

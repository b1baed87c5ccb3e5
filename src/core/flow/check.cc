#include "core/flow/check.h"

#include <fmt/format.h>

#include "base/overloaded.h"

namespace amer::flow {

namespace {

constexpr std::int32_t kLongestWaitMs = 60'000;
constexpr std::int32_t kMostTries = 10;
constexpr std::int32_t kMostDigits = 32;
constexpr std::int32_t kLongestMessageMs = 3'600'000;
constexpr std::int32_t kHighestPriority = 24 * 60;
constexpr std::size_t kMostFurtherQueues = 4;

constexpr std::string_view kKeys = "0123456789*#";

bool is_key(const std::string& key) {
    return key.size() == 1 && kKeys.find(key) != std::string_view::npos;
}

bool is_word(const std::string& text) {
    constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789-";
    return !text.empty() && text.find_first_not_of(kLetters) == std::string::npos;
}

// One step's own values; its place in the graph is the graph's matter.
struct StepCheck {
    const StepId& step;
    const std::set<QueueId>& queues;
    std::vector<Flaw>& flaws;

    void expect(bool is_right, std::string expected) const {
        if (!is_right) flaws.push_back(Flaw{step, std::move(expected)});
    }
    void prompt(const PromptId& id, const char* field) const {
        expect(!id.value.empty(), fmt::format("'{}' names a prompt", field));
    }
    void prompts(const std::vector<PromptId>& ids) const {
        for (const PromptId& id : ids) prompt(id, "prompts");
    }
    void range(const char* field, std::int32_t value, std::int32_t low, std::int32_t high) const {
        expect(value >= low && value <= high,
               fmt::format("'{}' is {} to {}, not {}", field, low, high, value));
    }

    // Questions and answers stand in reports and tables as they are.
    void keep_answers(const Menu& body) const {
        expect(body.stores.empty() || is_word(body.stores),
               "'stores' names a question in small letters, digits and '-'");
        expect(!body.stores.empty() || body.answers.empty(),
               "'answers' stand beside the question that 'stores' names");
        for (const auto& [key, answer] : body.answers) {
            expect(body.keys.contains(key),
                   fmt::format("key '{}' of 'answers' is also in 'keys'", key));
            expect(is_word(answer),
                   fmt::format("'{}' of 'answers' is in small letters, digits and '-'", answer));
        }
    }

    // Without words for a wrong key there may be none.
    void answer_every_key(const Menu& body) const {
        if (body.invalid) return;
        for (const char key : kKeys) {
            expect(body.keys.contains(std::string(1, key)),
                   fmt::format(
                       "key '{}' leads somewhere, or 'invalid' names what a wrong key hears", key));
        }
    }

    void operator()(const Say& body) const {
        expect(!body.prompts.empty(), "'prompts' says something");
        prompts(body.prompts);
    }
    void operator()(const Menu& body) const {
        prompts(body.prompts);
        prompt(body.no_input, "no_input");
        expect(!body.keys.empty(), "'keys' offers a choice");
        answer_every_key(body);
        keep_answers(body);
        for (const auto& [key, target] : body.keys) {
            expect(is_key(key), fmt::format("'{}' is one of 0-9, * and #", key));
        }
        for (const auto& [key, language] : body.languages) {
            expect(body.keys.contains(key),
                   fmt::format("key '{}' of 'languages' is also in 'keys'", key));
        }
        range("tries", body.tries, 1, kMostTries);
        range("wait_ms", body.wait_ms, 0, kLongestWaitMs);
    }
    void operator()(const Collect& body) const {
        prompts(body.prompts);
        prompt(body.invalid, "invalid");
        range("longest", body.longest, 1, kMostDigits);
        range("tries", body.tries, 1, kMostTries);
        range("wait_ms", body.wait_ms, 0, kLongestWaitMs);
    }
    void operator()(const Consent& body) const {
        prompt(body.prompt, "prompt");
        prompt(body.refused, "refused");
        expect(is_key(body.refusal_key), "'refusal_key' is one of 0-9, * and #");
    }
    void further_queues(const Enqueue& body) const {
        expect(body.also.size() <= kMostFurtherQueues,
               fmt::format("'also' names at most {} queues, not {}", kMostFurtherQueues,
                           body.also.size()));
        std::set<QueueId> named{body.queue};
        for (const QueueId& queue : body.also) {
            expect(queues.contains(queue),
                   fmt::format("'also' names queues; '{}' is none", queue.value));
            expect(named.insert(queue).second,
                   fmt::format("'queue' and 'also' name every queue once; '{}' is there twice",
                               queue.value));
        }
    }

    void operator()(const Hours&) const {}
    void operator()(const CallerKnown&) const {}
    void operator()(const Enqueue& body) const {
        expect(queues.contains(body.queue),
               fmt::format("'queue' names a queue; '{}' is none", body.queue.value));
        further_queues(body);
        range("priority", body.priority, 0, kHighestPriority);
        if (body.said_before) prompt(*body.said_before, "said_before");
        for (const auto& [key, target] : body.keys) {
            expect(is_key(key), fmt::format("'{}' is one of 0-9, * and #", key));
        }
        expect(body.callback_key.empty() == body.callback.value.empty(),
               "'callback_key' and 'callback', where it leads, stand together");
        if (body.callback_key.empty()) return;
        expect(is_key(body.callback_key), "'callback_key' is one of 0-9, * and #");
        expect(!body.keys.contains(body.callback_key),
               fmt::format("key '{}' means one thing: it is 'callback_key'", body.callback_key));
    }
    void operator()(const TakeMessage& body) const {
        prompts(body.prompts);
        prompt(body.thanks, "thanks");
        prompt(body.nothing_left, "nothing_left");
        range("longest_ms", body.longest_ms, 1'000, kLongestMessageMs);
        range("silence_ms", body.silence_ms, 0, kLongestWaitMs);
    }
    void operator()(const LookUp& body) const {
        prompt(body.found, "found");
        prompt(body.unknown, "unknown");
    }
    void operator()(const Notice& body) const {
        expect(!body.prompts.empty(), "'prompts' says something");
        prompts(body.prompts);
        for (const auto& [key, target] : body.keys) {
            expect(is_key(key), fmt::format("'{}' is one of 0-9, * and #", key));
        }
        range("wait_ms", body.wait_ms, 0, kLongestWaitMs);
    }
    void operator()(const HangUp& body) const { prompts(body.prompts); }
};

using Steps = std::map<StepId, const Step*>;

void visit_reachable(const Steps& steps, const StepId& from, std::set<StepId>& seen) {
    std::vector<StepId> open{from};
    while (!open.empty()) {
        const StepId id = open.back();
        open.pop_back();
        const auto found = steps.find(id);
        if (found == steps.end() || !seen.insert(id).second) continue;
        for (StepId& target : targets_of(found->second->body)) open.push_back(std::move(target));
    }
}

// Steps from which an agent or the end can be reached.
std::set<StepId> steps_with_a_way_out(const Steps& steps) {
    std::set<StepId> good;
    for (bool grows = true; grows;) {
        grows = false;
        for (const auto& [id, step] : steps) {
            if (good.contains(id)) continue;
            const bool is_end = std::holds_alternative<HangUp>(step->body) ||
                                std::holds_alternative<Enqueue>(step->body);
            bool leads_out = is_end;
            for (const StepId& target : targets_of(step->body)) {
                leads_out = leads_out || good.contains(target);
            }
            if (leads_out) grows = good.insert(id).second;
        }
    }
    return good;
}

// Is the step on a circle that a silent caller never leaves?
bool circles_in_silence(const Steps& steps, const StepId& start) {
    std::set<StepId> seen;
    std::vector<StepId> open{start};
    while (!open.empty()) {
        const auto found = steps.find(open.back());
        open.pop_back();
        if (found == steps.end()) continue;
        for (const StepId& target : targets_in_silence(found->second->body)) {
            if (target == start) return true;
            if (seen.insert(target).second) open.push_back(target);
        }
    }
    return false;
}

void check_graph(const Flow& flow, const Steps& steps, std::vector<Flaw>& flaws) {
    std::set<StepId> reached;
    visit_reachable(steps, flow.first, reached);
    const std::set<StepId> good = steps_with_a_way_out(steps);
    for (const Step& step : flow.steps) {
        bool has_all_targets = true;
        for (const StepId& target : targets_of(step.body)) {
            if (steps.contains(target)) continue;
            has_all_targets = false;
            flaws.push_back(Flaw{
                step.id,
                fmt::format("every way on names a step of this flow; '{}' is none", target.value)});
        }
        if (!reached.contains(step.id)) {
            flaws.push_back(Flaw{step.id, "some way leads here from the first step"});
        }
        if (has_all_targets && !good.contains(step.id)) {
            flaws.push_back(Flaw{step.id, "some way leads from here to a queue or a hang_up"});
        }
        if (circles_in_silence(steps, step.id)) {
            flaws.push_back(
                Flaw{step.id, "a caller who does nothing does not come back to the same step"});
        }
    }
}

}  // namespace

std::vector<StepId> targets_in_silence(const StepBody& body) {
    const Overloaded targets{
        [](const Say& step) { return std::vector<StepId>{step.next}; },
        [](const Menu& step) { return std::vector<StepId>{step.otherwise}; },
        [](const Collect& step) { return std::vector<StepId>{step.otherwise}; },
        [](const Consent& step) { return std::vector<StepId>{step.next}; },
        [](const Hours& step) {
            return std::vector<StepId>{step.open, step.closed};
        },
        [](const CallerKnown& step) {
            return std::vector<StepId>{step.known, step.hidden};
        },
        [](const Enqueue& step) {
            std::vector<StepId> ways{step.when_closed};
            for (const StepId& way : {step.when_full, step.when_nobody, step.after_longest}) {
                if (way) ways.push_back(way);
            }
            return ways;
        },
        [](const TakeMessage& step) { return std::vector<StepId>{step.next}; },
        [](const LookUp& step) { return std::vector<StepId>{step.next}; },
        [](const Notice& step) { return std::vector<StepId>{step.next}; },
        [](const HangUp&) { return std::vector<StepId>{}; },
    };
    return std::visit(targets, body);
}

std::vector<StepId> targets_of(const StepBody& body) {
    std::vector<StepId> targets = targets_in_silence(body);
    if (const auto* menu = std::get_if<Menu>(&body)) {
        for (const auto& [key, target] : menu->keys) targets.push_back(target);
    } else if (const auto* collect = std::get_if<Collect>(&body)) {
        targets.push_back(collect->next);
    } else if (const auto* notice = std::get_if<Notice>(&body)) {
        for (const auto& [key, target] : notice->keys) targets.push_back(target);
    } else if (const auto* enqueue = std::get_if<Enqueue>(&body)) {
        for (const auto& [key, target] : enqueue->keys) targets.push_back(target);
        if (enqueue->callback) targets.push_back(enqueue->callback);
    }
    return targets;
}

std::vector<Flaw> check(const Flow& flow, const std::set<QueueId>& queues) {
    std::vector<Flaw> flaws;
    Steps steps;
    for (const Step& step : flow.steps) {
        if (step.id.value.empty()) {
            flaws.push_back(Flaw{step.id, "every step has an id"});
        } else if (!steps.emplace(step.id, &step).second) {
            flaws.push_back(Flaw{step.id, "no other step of the flow has this id"});
        }
        std::visit(StepCheck{step.id, queues, flaws}, step.body);
    }
    if (!steps.contains(flow.first)) {
        flaws.push_back(Flaw{
            {}, fmt::format("'first' names a step of this flow; '{}' is none", flow.first.value)});
        return flaws;
    }
    check_graph(flow, steps, flaws);
    return flaws;
}

}  // namespace amer::flow

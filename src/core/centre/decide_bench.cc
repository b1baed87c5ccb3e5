// What a decision costs with a full house: 2 000 callers waiting, 500 agents of whom most talk.
#include <malloc.h>

#include <benchmark/benchmark.h>

#include <chrono>

#include "base/check.h"
#include "core/centre/centre.h"
#include "core/centre/example_centre.h"
#include "core/centre/rules.h"

namespace amer::centre::example {

namespace {

constexpr int kAgents = 500;
constexpr int kWaiting = 2'000;

// Ten queues of fifty agents each, or one queue of all.
Configuration big_rules(bool is_one_queue) {
    Configuration rules = configuration();
    rules.agents.clear();
    const int queues = is_one_queue ? 1 : 10;
    for (int at = 1; at < queues; ++at) {
        Queue queue = rules.queues[0];
        queue.id = QueueId{"queue-" + std::to_string(at)};
        rules.queues.push_back(queue);
    }
    for (int at = 0; at < kAgents; ++at) {
        const int queue = at % queues;
        const QueueId id = queue == 0 ? QueueId{"general"} : rules.queues[queue + 1].id;
        AgentRow row = agent(("agent-" + std::to_string(at)).c_str(), {id}, {Language::arabic});
        row.wrap_up_ms = 0;
        rules.agents.push_back(row);
    }
    return rules;
}

class House {
public:
    explicit House(bool is_one_queue) {
        tell(PublishConfiguration{big_rules(is_one_queue)});
        for (int at = 0; at < kAgents; ++at) {
            tell(RegisterPhone{AgentId{"agent-" + std::to_string(at)}});
        }
        // Agents of the general queue all talk; the rest of the callers wait.
        const int talking = is_one_queue ? kAgents : kAgents / 10;
        for (int at = 0; at < talking + kWaiting; ++at) {
            arrive();
            if (state.agents.empty() || state.offers.empty()) continue;
            tell(AcceptOffer{state.offers.begin()->first});
        }
    }

    std::size_t tell(const Command& command) {
        now += std::chrono::microseconds{100};
        const Decision decision = decide(state, command, now);
        AMER_CHECK(decision.has_value());
        for (const Event& event : *decision) apply(state, event, now);
        ++commands;
        return decision->size();
    }

    ContactId arrive() {
        OpenContact open;
        open.dialled = "8006679";
        open.caller.number = phone("+971501234567");
        tell(open);
        const ContactId contact{state.last.contact};
        tell(CallerConnected{contact});
        return contact;
    }

    State state;
    Instant now = dubai("2026-11-19 10:00");
    std::int64_t commands = 0;
};

// A caller comes and joins the end; an agent who is done gets the first, answers, and is left.
void typical_call(benchmark::State& bench, bool is_one_queue) {
    House house{is_one_queue};
    const std::int64_t before = house.commands;
    for (auto _ : bench) {
        const ContactId contact = house.arrive();
        house.tell(PressDigit{contact, "1"});
        house.tell(Tick{});
        // The one who has talked longest with a caller of the general queue.
        const auto talks = [](const auto& entry) {
            return entry.second.stage == contact::Contact::Stage::connected;
        };
        const auto found =
            std::find_if(house.state.contacts.begin(), house.state.contacts.end(), talks);
        AMER_CHECK(found != house.state.contacts.end());
        const ContactId done = found->first;
        house.tell(AgentLeft{done, AgentId{found->second.agent}});  // and the next is offered
        const OfferId offer = house.state.offers.begin()->first;
        house.tell(ReportRinging{offer});
        house.tell(AcceptOffer{offer});
    }
    bench.counters["per_command"] =
        benchmark::Counter(static_cast<double>(house.commands - before),
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void ten_queues(benchmark::State& bench) { typical_call(bench, false); }
void one_queue(benchmark::State& bench) { typical_call(bench, true); }

// A caller's way through greeting, language, notice and menu, hung up before the queue.
void through_the_menu(benchmark::State& bench) {
    House house{false};
    const std::int64_t before = house.commands;
    OpenContact open;
    open.dialled = "600500500";
    for (auto _ : bench) {
        house.tell(open);
        const ContactId contact{house.state.last.contact};
        house.tell(CallerConnected{contact});
        house.tell(FinishPrompt{contact, house.state.contacts.at(contact).playback});
        house.now += std::chrono::seconds{1};
        house.tell(PressDigit{contact, "1"});
        house.tell(FinishPrompt{contact, house.state.contacts.at(contact).playback});
        house.tell(CallerLeft{contact});
    }
    bench.counters["per_command"] =
        benchmark::Counter(static_cast<double>(house.commands - before),
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void deadline(benchmark::State& bench) {
    House house{false};
    for (auto _ : bench) benchmark::DoNotOptimize(next_deadline(house.state));
}

// A great centre: 2 000 agents, 50 queues, 40 skills; each agent serves five queues and has four
// skills, each queue asks for one of them during the first minute. Everybody talks, `waiting` wait.
class GreatHouse {
public:
    explicit GreatHouse(int waiting) {
        tell(PublishConfiguration{great_rules()});
        for (int at = 0; at < kGreatAgents; ++at) tell(RegisterPhone{agent_id(at)});
        while (static_cast<int>(state.indexes.places.size()) < waiting) {
            arrive();
            while (!state.offers.empty()) tell(AcceptOffer{state.offers.begin()->first});
        }
    }

    // Every decision is timed: thought out and applied.
    void tell(const Command& command) {
        now += std::chrono::microseconds{100};
        const auto begin = std::chrono::steady_clock::now();
        const Decision decision = decide(state, command, now);
        AMER_CHECK(decision.has_value());
        for (const Event& event : *decision) apply(state, event, now);
        const auto lasted = std::chrono::steady_clock::now() - begin;
        last_ns = std::chrono::duration_cast<std::chrono::nanoseconds>(lasted).count();
        offers_made = 0;
        for (const Event& event : *decision) {
            if (std::holds_alternative<OfferMade>(event)) ++offers_made;
        }
    }

    ContactId arrive() {
        OpenContact open;
        open.dialled = "+97160000" + std::to_string(10'000 + next_number++ % kGreatQueues);
        open.number = phone(open.dialled);
        open.caller.number = phone("+97150" + std::to_string(1'000'000 + next_number));
        tell(open);
        const ContactId contact{state.last.contact};
        tell(CallerConnected{contact});
        return contact;
    }

    static AgentId agent_id(int at) { return AgentId{"agent-" + std::to_string(at)}; }
    static QueueId queue_id(int at) { return QueueId{"queue-" + std::to_string(at)}; }

    static constexpr int kGreatAgents = 2'000;
    static constexpr int kGreatQueues = 50;
    static constexpr int kSkills = 40;

    static Configuration great_rules() {
        Configuration rules = configuration();
        const flow::Flow direct = rules.flows[1];
        rules.agents.clear();
        rules.numbers.clear();
        rules.flows.clear();
        const Queue model = rules.queues[0];
        rules.queues.clear();
        for (int at = 0; at < kGreatQueues; ++at) {
            Queue queue = model;
            queue.id = queue_id(at);
            const SkillId skill{"skill-" + std::to_string(at % kSkills)};
            queue.steps = {queue::Step{{{skill, 2, 1}}, 0, 60'000}, queue::Step{}};
            queue.announce_every_ms = 0;
            rules.queues.push_back(queue);
            flow::Flow flow = direct;
            flow.id = FlowId{"flow-" + std::to_string(at)};
            for (flow::Step& step : flow.steps) {
                if (auto* enqueue = std::get_if<flow::Enqueue>(&step.body)) {
                    enqueue->queue = queue.id;
                }
            }
            rules.flows.push_back(flow);
            DialledNumber number;
            number.number = phone("+97160000" + std::to_string(10'000 + at));
            number.flow = flow.id;
            rules.numbers.push_back(number);
        }
        for (int at = 0; at < kGreatAgents; ++at) {
            std::vector<QueueId> queues;
            for (int n = 0; n < 5; ++n)
                queues.push_back(queue_id((at * 7 + n * 11) % kGreatQueues));
            AgentRow row =
                agent(agent_id(at).value.c_str(), queues, {Language::arabic, Language::english});
            for (int n = 0; n < 4; ++n) {
                row.skills.push_back(
                    {SkillId{"skill-" + std::to_string((at * 3 + n * 7) % kSkills)}, 1 + n});
            }
            row.wrap_up_ms = 0;
            rules.agents.push_back(row);
        }
        rules.promises.queue = queue_id(0);
        return rules;
    }

    State state;
    Instant now = dubai("2026-11-19 10:00");
    std::int64_t last_ns = 0;
    int offers_made = 0;
    int next_number = 0;
};

void report(benchmark::State& bench, const char* name, std::vector<std::int64_t>& all) {
    if (all.empty()) return;
    std::sort(all.begin(), all.end());
    const auto at = [&](double share) {
        return static_cast<double>(
                   all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1))]) /
               1'000.0;
    };
    bench.counters[std::string{name} + "_median_us"] = at(0.5);
    bench.counters[std::string{name} + "_p99_us"] = at(0.99);
}

// An agent is done and is offered who comes first; he answers; a new caller joins the end.
void great_centre(benchmark::State& bench) {
    GreatHouse house{static_cast<int>(bench.range(0))};
    std::vector<std::int64_t> freed;
    std::vector<std::int64_t> answered;
    std::vector<std::int64_t> queued;
    int next_agent = 0;
    for (auto _ : bench) {
        const AgentId agent = GreatHouse::agent_id(next_agent++ % GreatHouse::kGreatAgents);
        const agent::Agent& row = house.state.agents.at(agent);
        if (row.state != agent::AgentState::talking) continue;
        house.tell(AgentLeft{ContactId{row.contact}, agent});
        if (house.offers_made == 1) freed.push_back(house.last_ns);
        while (!house.state.offers.empty()) {
            house.tell(AcceptOffer{house.state.offers.begin()->first});
            answered.push_back(house.last_ns);
        }
        house.arrive();
        queued.push_back(house.last_ns);
        while (!house.state.offers.empty()) {
            house.tell(AcceptOffer{house.state.offers.begin()->first});
        }
    }
    report(bench, "freed", freed);
    report(bench, "answered", answered);
    report(bench, "queued", queued);
    bench.counters["waiting"] = static_cast<double>(house.state.indexes.places.size());
}

// What one more waiting caller costs the core in memory: his row, his place, his deadline.
void memory_of_waiting(benchmark::State& bench) {
    constexpr int kMore = 10'000;
    GreatHouse house{100};  // everybody talks
    for (auto _ : bench) {
        const std::size_t before = mallinfo2().uordblks;
        for (int at = 0; at < kMore; ++at) house.arrive();
        const std::size_t after = mallinfo2().uordblks;
        bench.counters["bytes_a_caller"] = static_cast<double>(after - before) / kMore;
    }
    bench.counters["waiting"] = static_cast<double>(house.state.indexes.places.size());
}

BENCHMARK(memory_of_waiting)->Iterations(1);

// How he stands among all who wait, reckoned and said: every 30 seconds to each of them.
void told_his_wait(benchmark::State& bench) {
    GreatHouse house{static_cast<int>(bench.range(0))};
    const ContactId last{house.state.last.contact};
    for (auto _ : bench) {
        Deciding deciding{house.state, house.now};
        announce_wait(deciding, last);
        benchmark::DoNotOptimize(deciding.take_events());
    }
}

BENCHMARK(told_his_wait)->Arg(100)->Arg(10'000)->Arg(100'000);

BENCHMARK(great_centre)->Arg(100)->Arg(1'000)->Arg(10'000)->Arg(100'000)->Iterations(20'000);

BENCHMARK(ten_queues);
BENCHMARK(one_queue);
BENCHMARK(through_the_menu);
BENCHMARK(deadline);

}  // namespace

}  // namespace amer::centre::example

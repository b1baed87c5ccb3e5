// What a decision costs with a full house: 2 000 callers waiting, 500 agents of whom most talk.
#include <benchmark/benchmark.h>

#include "base/check.h"
#include "core/centre/centre.h"
#include "core/centre/example_centre.h"

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

BENCHMARK(ten_queues);
BENCHMARK(one_queue);
BENCHMARK(through_the_menu);
BENCHMARK(deadline);

}  // namespace

}  // namespace amer::centre::example

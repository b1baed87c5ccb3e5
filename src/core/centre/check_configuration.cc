#include "core/centre/check_configuration.h"

#include <fmt/format.h>

#include <set>

#include "core/centre/check_prompts.h"
#include "core/flow/check.h"
#include "core/notification/address.h"

namespace amer::centre {

namespace {

constexpr std::int32_t kDayMs = 24 * 3'600'000;
constexpr std::int32_t kMostTiers = 100;
constexpr std::size_t kMostSteps = 32;
constexpr std::int32_t kHighestLevel = 100;
constexpr std::size_t kMostAddresses = 20;

// Gathers what is wrong, row by row.
class Checking {
public:
    explicit Checking(const Configuration& configuration) : configuration_{configuration} {}

    std::vector<Problem> run() {
        gather_names();
        check_calendar();
        check_numbers();
        check_units();
        check_queues();
        check_agents();
        check_agent_plan();
        check_flows();
        check_trunks();
        check_promises();
        check_notifications();
        range("recording.shortest_message_ms", configuration_.recording.shortest_message_ms, 0,
              600'000);
        range("recording.longest_pause_ms", configuration_.recording.longest_pause_ms, 0,
              3'600'000);
        return std::move(problems_);
    }

private:
    void expect(bool is_right, std::string path, std::string expected) {
        if (!is_right) problems_.push_back(Problem{std::move(path), std::move(expected)});
    }

    void range(const std::string& path, std::int32_t value, std::int32_t low, std::int32_t high) {
        expect(value >= low && value <= high, path,
               fmt::format("{} to {}, not {}", low, high, value));
    }

    template <typename IdType>
    void named(const std::string& path, const IdType& id, const std::set<IdType>& known,
               const char* what) {
        expect(known.contains(id), path,
               fmt::format("the id of a {}; '{}' is none", what, id.value));
    }

    // A row's id is there and is the only one; the path of the row for what follows.
    template <typename IdType>
    std::string row(const char* table, const IdType& id, std::set<IdType>& seen) {
        std::string path = fmt::format("{}.{}", table, id.value);
        expect(!id.value.empty(), std::string{table}, "every row has an id");
        expect(id.value.empty() || seen.insert(id).second, path, "no other row has this id");
        return path;
    }

    void gather_names() {
        for (const Unit& unit : configuration_.units) units_.insert(unit.id);
        for (const Queue& queue : configuration_.queues) queues_.insert(queue.id);
        for (const flow::Flow& flow : configuration_.flows) flows_.insert(flow.id);
        for (const Trunk& trunk : configuration_.trunks) trunks_.insert(trunk.id);
    }

    void check_calendar() {
        for (std::string& complaint : calendar::complaints(configuration_.calendar)) {
            problems_.push_back(Problem{"calendar", std::move(complaint)});
        }
    }

    void check_numbers() {
        expect(!configuration_.numbers.empty(), "numbers", "at least one number of the centre");
        std::set<std::string> seen;
        for (const DialledNumber& number : configuration_.numbers) {
            const std::string path = fmt::format("numbers.{}", number.number.e164());
            expect(bool{number.number}, "numbers", "every row has a number as '+971600500500'");
            expect(seen.insert(number.number.e164()).second, path, "no other row answers it");
            for (const std::string& also : number.also) {
                expect(!also.empty(), path + ".also", "what a network may send");
                expect(seen.insert(also).second, path + ".also",
                       fmt::format("no other row answers '{}'", also));
            }
            named(path + ".flow", number.flow, flows_, "flow");
            if (number.after_agent) check_after_agent(path + ".after_agent", number.after_agent);
        }
    }

    // Who was served is asked; he is not put in a queue or promised a call.
    void check_after_agent(const std::string& path, const FlowId& id) {
        named(path, id, flows_, "flow");
        for (const flow::Flow& flow : configuration_.flows) {
            if (flow.id != id) continue;
            for (const flow::Step& step : flow.steps) {
                const bool goes_on = std::holds_alternative<flow::Enqueue>(step.body) ||
                                     std::holds_alternative<flow::TakeMessage>(step.body) ||
                                     std::holds_alternative<flow::Hours>(step.body);
                expect(!goes_on, path,
                       fmt::format("a flow without queue, message and hours; step '{}' of '{}' is "
                                   "one",
                                   step.id.value, id.value));
            }
        }
    }

    void check_units() {
        std::set<UnitId> seen;
        for (const Unit& unit : configuration_.units) row("units", unit.id, seen);
    }

    void check_queues() {
        expect(!configuration_.queues.empty(), "queues", "at least one queue");
        std::set<QueueId> seen;
        for (const Queue& queue : configuration_.queues) {
            const std::string path = row("queues", queue.id, seen);
            if (!queue.unit.value.empty()) named(path + ".unit", queue.unit, units_, "unit");
            range(path + ".ring_ms", queue.ring_ms, 1'000, 600'000);
            const bool is_heard = queue.announce_every_ms == 0 || queue.announce_every_ms >= 1'000;
            expect(is_heard && queue.announce_every_ms <= kDayMs, path + ".announce_every_ms",
                   fmt::format("0 (never) or 1000 to {}, not {}", kDayMs, queue.announce_every_ms));
            check_waiting(path, queue);
            expect(!queue.music.value.empty(), path + ".music", "the id of a prompt");
            range(path + ".weight", queue.weight, 1, 1'000);
            range(path + ".ring_at_most", queue.ring_at_most, 1, 1'000);
            range(path + ".ring_next_after_ms", queue.ring_next_after_ms, 100, kDayMs);
            check_steps(path, queue.steps);
        }
    }

    void check_waiting(const std::string& path, const Queue& queue) {
        range(path + ".announce_first_ms", queue.announce_first_ms, 0, kDayMs);
        range(path + ".wait_known_after", queue.wait_known_after, 1, 10'000);
        range(path + ".longest_wait_ms", queue.longest_wait_ms, 0, kDayMs);
        range(path + ".most_waiting", queue.most_waiting, 0, 1'000'000);
        range(path + ".nobody_after_ms", queue.nobody_after_ms, 0, kDayMs);
        range(path + ".closing_warning_ms", queue.closing_warning_ms, 0, kDayMs);
        range(path + ".last_agent_ms", queue.last_agent_ms, 0, 3'600'000);
        range(path + ".external_lease_ms", queue.external_lease_ms, 100, 3'600'000);
        range(path + ".closing_grace_ms", queue.closing_grace_ms, 0, kDayMs);
    }

    void check_steps(const std::string& path, const std::vector<queue::Step>& steps) {
        expect(steps.size() <= kMostSteps, path + ".steps",
               fmt::format("at most {} steps, not {}", kMostSteps, steps.size()));
        for (std::size_t at = 0; at < steps.size(); ++at) {
            const std::string step = fmt::format("{}.steps.{}", path, at + 1);
            range(step + ".lasts_ms", steps[at].lasts_ms, 0, kDayMs);
            range(step + ".highest_tier", steps[at].highest_tier, 0, kMostTiers);
            const bool is_last = at + 1 == steps.size();
            expect(is_last || steps[at].lasts_ms > 0, step + ".lasts_ms",
                   "a time: another step follows");
            for (const queue::Need& need : steps[at].needs) {
                expect(!need.skill.value.empty(), step + ".needs", "every need names a skill");
                range(step + ".needs.level", need.level, 1, kHighestLevel);
                range(step + ".needs.weight", need.weight, 0, 1'000);
            }
        }
    }

    void check_agents() {
        std::set<AgentId> seen;
        for (const AgentRow& agent : configuration_.agents) {
            const std::string path = row("agents", agent.id, seen);
            for (const Membership& membership : agent.queues) {
                named(path + ".queues", membership.queue, queues_, "queue");
                range(path + ".queues.tier", membership.tier, 1, kMostTiers);
                range(path + ".queues.weight", membership.weight, 1, 1'000);
            }
            for (const queue::SkillLevel& skill : agent.skills) {
                expect(!skill.skill.value.empty(), path + ".skills", "every skill has a name");
                range(path + ".skills.level", skill.level, 1, kHighestLevel);
            }
            expect(!agent.languages.empty(), path + ".languages", "at least one language");
            range(path + ".wrap_up_ms", agent.wrap_up_ms, 0, 3'600'000);
        }
    }

    void check_agent_plan() {
        const AgentPlan& plan = configuration_.agent_plan;
        std::set<std::string> seen;
        for (const NotReadyReason& reason : plan.reasons) {
            const bool is_new = !reason.id.empty() && seen.insert(reason.id).second;
            expect(is_new, "agent_plan.reasons", "every reason has an id of its own");
        }
        range("agent_plan.rejected_ms", plan.rejected_ms, 0, kDayMs);
        range("agent_plan.busy_ms", plan.busy_ms, 0, kDayMs);
        range("agent_plan.unreachable_ms", plan.unreachable_ms, 1'000, kDayMs);
        range("agent_plan.no_answer_ms", plan.no_answer_ms, 0, kDayMs);
        range("agent_plan.declines_before_alarm", plan.declines_before_alarm, 0, 1'000);
        range("agent_plan.longest_wrap_up_ms", plan.longest_wrap_up_ms, 0, kDayMs);
        range("agent_plan.invitation_ms", plan.invitation_ms, 1'000, 600'000);
    }

    void check_flows() {
        std::set<FlowId> seen;
        for (const flow::Flow& flow : configuration_.flows) {
            const std::string path = row("flows", flow.id, seen);
            for (flow::Flaw& flaw : flow::check(flow, queues_)) {
                const bool is_of_step = !flaw.step.value.empty();
                problems_.push_back(Problem{is_of_step ? path + "." + flaw.step.value : path,
                                            std::move(flaw.expected)});
            }
        }
    }

    void check_trunks() {
        std::set<TrunkId> seen;
        for (const Trunk& trunk : configuration_.trunks) {
            const std::string path = row("trunks", trunk.id, seen);
            expect(!trunk.host.empty(), path + ".host", "where calls out go");
            expect(trunk.port > 0, path + ".port", "1 to 65535, not 0");
            range(path + ".channels", trunk.channels, 1, 100'000);
        }
    }

    void check_promises() {
        const PromisePlan& plan = configuration_.promises;
        range("promises.tries", plan.tries, 1, 20);
        range("promises.pause_ms", plan.pause_ms, 0, 7 * kDayMs);
        range("promises.ring_ms", plan.ring_ms, 1'000, 180'000);
        range("promises.share_percent", plan.share_percent, 1, 100);
        range("promises.agents_per_customer", plan.agents_per_customer, 1, 1'000);
        range("promises.call_from_minute", plan.call_from_minute, 0, kDayMs / 60'000 - 1);
        range("promises.call_until_minute", plan.call_until_minute, plan.call_from_minute + 1,
              kDayMs / 60'000);
        for (const callback::AttemptRule& rule : plan.outcomes) {
            range("promises.outcomes", rule.pause_ms, 0, 7 * kDayMs);
        }
        named("promises.queue", plan.queue, queues_, "queue");
        named("promises.trunk", plan.trunk, trunks_, "trunk");
        expect(!plan.greeting.value.empty(), "promises.greeting", "the id of a prompt");
        expect(!plan.sorry.value.empty(), "promises.sorry", "the id of a prompt");
        const std::int32_t machine_after = plan.machine_after_ms;
        const bool can_be_judged = machine_after >= 1'500 && machine_after <= 15'000;
        expect(machine_after == 0 || can_be_judged, "promises.machine_after_ms",
               fmt::format("0 (never) or 1500 to 15000, not {}", machine_after));
    }

    void check_notifications() {
        const NotificationPlan& plan = configuration_.notifications;
        const std::string path = "notifications.mail_to";
        expect(plan.mail_to.size() <= kMostAddresses, path,
               fmt::format("at most {} addresses, not {}", kMostAddresses, plan.mail_to.size()));
        expect(plan.by_mail.empty() || !plan.mail_to.empty(), path,
               "at least one address: 'by_mail' names what is told by mail");
        std::set<std::string> seen;
        for (const std::string& address : plan.mail_to) {
            expect(notification::is_address(address), path,
                   fmt::format("addresses such as 'duty@ministry.example'; '{}' is none", address));
            expect(seen.insert(address).second, path,
                   fmt::format("each address once; '{}' stands there twice", address));
        }
    }

    const Configuration& configuration_;
    std::vector<Problem> problems_;
    std::set<UnitId> units_;
    std::set<QueueId> queues_;
    std::set<FlowId> flows_;
    std::set<TrunkId> trunks_;
};

}  // namespace

std::vector<Problem> check_configuration(const Configuration& configuration,
                                         const KnownPrompts* prompts) {
    std::vector<Problem> problems = Checking{configuration}.run();
    if (prompts != nullptr) {
        for (Problem& problem : check_prompts(configuration, *prompts)) {
            problems.push_back(std::move(problem));
        }
    }
    return problems;
}

}  // namespace amer::centre

#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "main/config/sections.h"

namespace amer::config {

namespace {

struct RatedName {
    std::string name;
    std::array<std::int32_t, 2> numbers{1, 1};
};

// "name", "name:2" or, where two numbers may follow, "name:2:5".
RatedName rated_name(TableReader& row, std::string_view key, const std::string& text,
                     std::size_t most) {
    RatedName rated;
    std::size_t at = text.find(':');
    rated.name = text.substr(0, at);
    for (std::size_t number = 0; at != std::string::npos; ++number) {
        const std::size_t next = text.find(':', at + 1);
        const std::string digits = text.substr(at + 1, next - at - 1);
        const char* const end = digits.data() + digits.size();
        std::int32_t value = 0;
        const auto read = std::from_chars(digits.data(), end, value);
        if (number >= most || read.ec != std::errc{} || read.ptr != end || value < 0) {
            row.refuse(key, fmt::format("'{}' has \"{}\": expected {}", key, text,
                                        most == 2 ? "a queue, its tier and weight after colons, "
                                                    "such as \"dubai:2\" or \"dubai:2:5\""
                                                  : "a skill and its level after a colon, such as "
                                                    "\"loans:3\""));
            return rated;
        }
        rated.numbers[number] = value;
        at = next;
    }
    return rated;
}

const TableReader::Choices<queue::Strategy>& strategies() {
    using queue::Strategy;
    static const TableReader::Choices<Strategy> all{
        {"longest-idle", Strategy::longest_idle},
        {"least-recent", Strategy::least_recent},
        {"longest-ready", Strategy::longest_ready},
        {"round-robin", Strategy::round_robin},
        {"linear", Strategy::linear},
        {"fewest-calls", Strategy::fewest_calls},
        {"least-talk", Strategy::least_talk},
        {"least-occupied", Strategy::least_occupied},
        {"random", Strategy::random},
        {"weighted-random", Strategy::weighted_random},
        {"most-skilled", Strategy::most_skilled},
        {"least-skilled", Strategy::least_skilled},
        {"ring-all", Strategy::ring_all},
        {"ring-progressively", Strategy::ring_progressively},
        {"external", Strategy::external},
    };
    return all;
}

void read_queue_steps(TableReader& table, centre::Queue& queue) {
    for (TableReader& row : table.rows("step", "steps")) {
        queue::Step step;
        for (const std::string& text : row.texts("needs", {})) {
            const auto rated = rated_name(row, "needs", text, 2);
            step.needs.push_back({SkillId{rated.name}, rated.numbers[0], rated.numbers[1]});
        }
        step.highest_tier =
            static_cast<std::int32_t>(row.whole("highest_tier", step.highest_tier, 0, 100));
        step.lasts_ms = row.milliseconds("lasts", step.lasts_ms);
        row.finish();
        queue.steps.push_back(std::move(step));
    }
}

void read_waiting(TableReader& row, centre::Queue& queue) {
    queue.announce_first_ms = row.milliseconds("announce_first", queue.announce_first_ms);
    queue.announce_every_ms = row.milliseconds("announce_every", queue.announce_every_ms);
    queue.says_position = row.truth("says_position", queue.says_position);
    queue.says_wait = row.truth("says_wait", queue.says_wait);
    queue.wait_known_after =
        static_cast<std::int32_t>(row.whole("wait_known_after", queue.wait_known_after, 1, 10'000));
    queue.longest_wait_ms = row.milliseconds("longest_wait", queue.longest_wait_ms);
    queue.most_waiting =
        static_cast<std::int32_t>(row.whole("most_waiting", queue.most_waiting, 0, 1'000'000));
    queue.nobody_after_ms = row.milliseconds("nobody_after", queue.nobody_after_ms);
    queue.closing_warning_ms = row.milliseconds("closing_warning", queue.closing_warning_ms);
    queue.closing_grace_ms = row.milliseconds("closing_grace", queue.closing_grace_ms);
}

}  // namespace

void read_queues(TableReader& file, centre::Configuration& centre) {
    for (TableReader& row : file.rows("queue", "queues")) {
        centre::Queue queue;
        queue.id = row.name<QueueId>("id");
        queue.title = row.text_pair("title");
        queue.unit = row.name<UnitId>("unit");
        queue.ring_ms = row.milliseconds("ring", queue.ring_ms);
        queue.music = row.name<PromptId>("music", queue.music);
        read_waiting(row, queue);
        queue.strategy =
            row.choice<queue::Strategy>("strategy", strategies(), queue.strategy, "longest-idle");
        queue.weight = static_cast<std::int32_t>(row.whole("weight", queue.weight, 1, 1'000));
        queue.counts_all_queues = row.truth("counts_all_queues", queue.counts_all_queues);
        queue.ring_at_most =
            static_cast<std::int32_t>(row.whole("ring_at_most", queue.ring_at_most, 1, 1'000));
        queue.ring_next_after_ms = row.milliseconds("ring_next_after", queue.ring_next_after_ms);
        queue.last_agent_ms = row.milliseconds("last_agent", queue.last_agent_ms);
        queue.external_lease_ms = row.milliseconds("external_lease", queue.external_lease_ms);
        read_queue_steps(row, queue);
        row.finish();
        centre.queues.push_back(std::move(queue));
    }
    file.finish();
}

namespace {

void read_agent_plan(TableReader& file, centre::AgentPlan& plan) {
    plan.rejected_ms = file.milliseconds("after_rejected", plan.rejected_ms);
    plan.busy_ms = file.milliseconds("after_busy", plan.busy_ms);
    plan.unreachable_ms = file.milliseconds("after_unreachable", plan.unreachable_ms);
    plan.no_answer_ms = file.milliseconds("after_no_answer", plan.no_answer_ms);
    plan.longest_wrap_up_ms = file.milliseconds("longest_wrap_up", plan.longest_wrap_up_ms);
    plan.invitation_ms = file.milliseconds("invitation_rings", plan.invitation_ms);
    plan.declines_before_alarm = static_cast<std::int32_t>(
        file.whole("declines_before_alarm", plan.declines_before_alarm, 0, 1'000));
    for (TableReader& row : file.rows("reason", "agent_plan.reasons")) {
        centre::NotReadyReason reason;
        reason.id = row.text("id");
        reason.title = row.text_pair("title");
        row.finish();
        plan.reasons.push_back(std::move(reason));
    }
}

}  // namespace

void read_agents(TableReader& file, centre::Configuration& centre, SystemSettings& system) {
    read_agent_plan(file, centre.agent_plan);
    read_desk_codes(file, centre, system.desk_codes);
    for (TableReader& row : file.rows("agent", "agents")) {
        centre::AgentRow agent;
        agent.id = row.name<AgentId>("id");
        agent.name = row.text_pair("name");
        for (const std::string& text : row.texts("queues")) {
            const auto rated = rated_name(row, "queues", text, 2);
            agent.queues.emplace_back(QueueId{rated.name}, rated.numbers[0], rated.numbers[1]);
        }
        for (const std::string& text : row.texts("skills", {})) {
            const auto rated = rated_name(row, "skills", text, 1);
            agent.skills.push_back({SkillId{rated.name}, rated.numbers[0]});
        }
        for (const std::string& language : row.texts("languages")) {
            if (language == "arabic") {
                agent.languages.push_back(Language::arabic);
            } else if (language == "english") {
                agent.languages.push_back(Language::english);
            } else {
                row.refuse("languages", fmt::format("'languages' has \"{}\": expected one of "
                                                    "arabic, english",
                                                    language));
            }
        }
        agent.wrap_up_ms = row.milliseconds("wrap_up", agent.wrap_up_ms);
        agent.ready_on_register = row.truth("ready_on_register", agent.ready_on_register);
        agent.is_supervisor = row.truth("supervisor", agent.is_supervisor);
        row.finish();
        centre.agents.push_back(std::move(agent));
    }
    file.finish();
}

}  // namespace amer::config

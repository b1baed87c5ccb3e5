#include "main/config/sections.h"

#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

namespace amer::config {
namespace {

void read_promises(TableReader& table, centre::PromisePlan& promises) {
    promises.tries = static_cast<std::int32_t>(table.whole("tries", promises.tries, 1, 20));
    promises.pause_ms = table.milliseconds("pause", promises.pause_ms);
    promises.ring_ms = table.milliseconds("ring", promises.ring_ms);
    promises.queue = table.name<QueueId>("queue");
    promises.trunk = table.name<TrunkId>("trunk");
    promises.greeting = table.name<PromptId>("greeting", promises.greeting);
    table.finish();
}

void read_recording(TableReader& table, centre::RecordingPlan& recording) {
    recording.is_on = table.truth("is_on", recording.is_on);
    recording.shortest_message_ms =
        table.milliseconds("shortest_message", recording.shortest_message_ms);
    table.finish();
}

void read_sip(TableReader& table, SipSettings& sip) {
    sip.udp = table.endpoint("udp", sip.udp);
    sip.tcp = table.endpoint("tcp", sip.tcp);
    sip.advertised_address = table.text("advertised_address", sip.advertised_address);
    sip.realm = table.text("realm", sip.realm);
    if (!sip.udp && !sip.tcp) table.refuse("", "'udp' and 'tcp' are both \"off\": expected one on");
    table.finish();
}

void read_media(TableReader& table, MediaSettings& media) {
    media.address = table.text("address", media.address);
    media.port_low =
        static_cast<std::uint16_t>(table.whole("port_low", media.port_low, 1'024, 65'000));
    media.port_high =
        static_cast<std::uint16_t>(table.whole("port_high", media.port_high, 1'024, 65'535));
    if (media.port_high < media.port_low + 3) {
        table.refuse("port_high", fmt::format("'port_high' is {}: expected room for two calls' "
                                              "ports above 'port_low', {}",
                                              media.port_high, media.port_low));
    }
    media.threads = static_cast<int>(table.whole("threads", media.threads, 1, 64));
    media.lost_after = std::chrono::milliseconds{
        table.milliseconds("lost_after", static_cast<std::int32_t>(media.lost_after.count()))};
    table.finish();
}

void read_limits(TableReader& table, LimitSettings& limits) {
    limits.calls = static_cast<std::size_t>(
        table.whole("calls", static_cast<std::int64_t>(limits.calls), 1, 100'000));
    limits.new_calls_per_second = static_cast<std::size_t>(table.whole(
        "new_calls_per_second", static_cast<std::int64_t>(limits.new_calls_per_second), 1, 10'000));
    limits.message_bytes = static_cast<std::size_t>(table.whole(
        "message_bytes", static_cast<std::int64_t>(limits.message_bytes), 2'048, 65'535));
    table.finish();
}

}  // namespace

void read_centre(TableReader& file, centre::Configuration& centre, SystemSettings& system) {
    centre.ministry = file.text_pair("ministry");
    centre.country = file.text("country", centre.country);
    const bool is_country = centre.country.size() == 2 && centre.country[0] >= 'A' &&
                            centre.country[0] <= 'Z' && centre.country[1] >= 'A' &&
                            centre.country[1] <= 'Z';
    if (!is_country) {
        file.refuse("country", fmt::format("'country' is \"{}\": expected two capital letters of "
                                           "ISO 3166 such as \"AE\"",
                                           centre.country));
    }
    if (auto table = file.table("promises", "promises")) {
        read_promises(*table, centre.promises);
    } else {
        file.refuse("promises",
                    "the table [promises] is missing: expected at least 'queue' and "
                    "'trunk', who returns calls and by which way");
    }
    if (auto table = file.table("recording", "recording")) read_recording(*table, centre.recording);
    if (auto table = file.table("sip", "sip")) read_sip(*table, system.sip);
    if (auto table = file.table("media", "media")) read_media(*table, system.media);
    if (auto table = file.table("limits", "limits")) read_limits(*table, system.limits);
    if (auto table = file.table("prompts", "prompts")) {
        system.prompts.recorded = table->text("recorded", "");
        table->finish();
    }
    file.finish();
}

void read_numbers(TableReader& file, centre::Configuration& centre) {
    for (TableReader& row : file.rows("number", "numbers")) {
        centre::DialledNumber number;
        number.number = row.number("number");
        number.also = row.texts("also", {});
        number.title = row.text_pair("title");
        number.flow = row.name<FlowId>("flow");
        number.after_agent = row.name<FlowId>("after_agent", FlowId{});
        row.finish();
        centre.numbers.push_back(std::move(number));
    }
    file.finish();
}

void read_units(TableReader& file, centre::Configuration& centre) {
    using Kind = centre::Unit::Kind;
    for (TableReader& row : file.rows("unit", "units")) {
        centre::Unit unit;
        unit.id = row.name<UnitId>("id");
        unit.kind = row.choice<Kind>(
            "kind", {{"department", Kind::department}, {"branch", Kind::branch}}, Kind::department);
        unit.title = row.text_pair("title");
        unit.spoken = row.name<PromptId>("spoken", PromptId{"UNIT-" + unit.id.value});
        row.finish();
        centre.units.push_back(std::move(unit));
    }
    file.finish();
}

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

}  // namespace

void read_queues(TableReader& file, centre::Configuration& centre) {
    for (TableReader& row : file.rows("queue", "queues")) {
        centre::Queue queue;
        queue.id = row.name<QueueId>("id");
        queue.title = row.text_pair("title");
        queue.unit = row.name<UnitId>("unit");
        queue.ring_ms = row.milliseconds("ring", queue.ring_ms);
        queue.announce_every_ms = row.milliseconds("announce_every", queue.announce_every_ms);
        queue.longest_wait_ms = row.milliseconds("longest_wait", queue.longest_wait_ms);
        queue.music = row.name<PromptId>("music", queue.music);
        queue.strategy =
            row.choice<queue::Strategy>("strategy", strategies(), queue.strategy, "longest-idle");
        queue.weight = static_cast<std::int32_t>(row.whole("weight", queue.weight, 1, 1'000));
        queue.counts_all_queues = row.truth("counts_all_queues", queue.counts_all_queues);
        queue.ring_at_most =
            static_cast<std::int32_t>(row.whole("ring_at_most", queue.ring_at_most, 1, 1'000));
        queue.ring_next_after_ms = row.milliseconds("ring_next_after", queue.ring_next_after_ms);
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

void read_agents(TableReader& file, centre::Configuration& centre) {
    read_agent_plan(file, centre.agent_plan);
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
        row.finish();
        centre.agents.push_back(std::move(agent));
    }
    file.finish();
}

void read_trunks(TableReader& file, centre::Configuration& centre) {
    for (TableReader& row : file.rows("trunk", "trunks")) {
        centre::Trunk trunk;
        trunk.id = row.name<TrunkId>("id");
        trunk.peers = row.texts("peers");
        for (const std::string& peer : trunk.peers) {
            if (endpoint_from(peer) || endpoint_from(peer + ":5060") ||
                endpoint_from("[" + peer + "]:5060")) {
                continue;
            }
            row.refuse("peers", fmt::format("'peers' has \"{}\": expected literal addresses such "
                                            "as \"192.0.2.7\" or \"2001:db8::7\"",
                                            peer));
        }
        trunk.host = row.text("host");
        trunk.port = static_cast<std::uint16_t>(row.whole("port", trunk.port, 1, 65'535));
        trunk.caller_number = row.text("caller_number");
        trunk.channels =
            static_cast<std::int32_t>(row.whole("channels", trunk.channels, 1, 10'000));
        row.finish();
        centre.trunks.push_back(std::move(trunk));
    }
    file.finish();
}

}  // namespace amer::config

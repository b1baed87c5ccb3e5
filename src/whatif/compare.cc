#include "whatif/compare.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace amer::whatif {

namespace {

using What = Attendance::What;

constexpr int kMostAgents = 1'000;

// Who was there how long: the longest first.
std::vector<AgentId> longest_there(const RecordedDay& day) {
    std::map<AgentId, Duration> there;
    std::map<AgentId, std::optional<Instant>> since;
    const Instant end = day.arrivals.empty() ? Instant{} : day.arrivals.back().at;
    for (const Attendance& each : day.attendance) {
        std::optional<Instant>& from = since[each.agent];
        there.emplace(each.agent, Duration{0});
        if (from) there[each.agent] += each.at - *from;
        from = each.what == What::comes ? std::optional{each.at} : std::nullopt;
    }
    for (const auto& [agent, from] : since) {
        if (from && *from < end) there[agent] += end - *from;
    }
    std::vector<AgentId> agents;
    for (const auto& [agent, lasted] : there) agents.push_back(agent);
    std::stable_sort(agents.begin(), agents.end(), [&](const AgentId& one, const AgentId& other) {
        return there[one] > there[other];
    });
    return agents;
}

void add_agents(const std::vector<AgentId>& there, Circumstances& circumstances, int number) {
    const std::vector<Attendance> attendance = circumstances.attendance;
    const std::vector<centre::AgentRow> rows = circumstances.rules.agents;
    for (int at = 0; at < number; ++at) {
        const AgentId& model = there[static_cast<std::size_t>(at) % there.size()];
        const AgentId added{fmt::format("{}+{}", model.value, at + 1)};
        for (const centre::AgentRow& row : rows) {
            if (row.id != model) continue;
            circumstances.rules.agents.push_back(row);
            circumstances.rules.agents.back().id = added;
        }
        for (const Attendance& each : attendance) {
            if (each.agent != model) continue;
            circumstances.attendance.push_back({each.at, added, each.what});
        }
    }
}

void take_agents(const std::vector<AgentId>& there, Circumstances& circumstances, int number) {
    for (int at = 0; at < number; ++at) {
        std::erase_if(circumstances.attendance, [&](const Attendance& each) {
            return each.agent == there[static_cast<std::size_t>(at)];
        });
    }
}

std::optional<double> number_in(std::string_view text) {
    double number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return number;
}

Error not_understood(const std::string& change) {
    return Error{
        fmt::format("'{}' is no change: expected such as agents+2, agents-1, "
                    "handling*0.9, or a configuration folder",
                    change)};
}

// What is compared of an outcome, and its name.
struct Figure {
    const char* name;
    double (*of)(const Outcome&);
};

double part(std::int64_t of, std::int64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(of) / static_cast<double>(whole);
}

constexpr Figure kFigures[] = {
    {"sl_negative", [](const Outcome& day) { return part(day.answered_in_target, day.offered); }},
    {"abandon_rate", [](const Outcome& day) { return part(day.abandoned, day.offered); }},
    {"asa_s", [](const Outcome& day) { return day.mean_wait_s; }},
    {"longest_wait_s", [](const Outcome& day) { return day.longest_wait_s; }},
    {"occupancy", [](const Outcome& day) { return day.occupancy; }},
};

// Student's quantile of 0.975, near enough from ten on.
double quantile(int reruns) { return 1.96 + 2.4 / static_cast<double>(reruns - 1); }

}  // namespace

Result<Circumstances> changed(const RecordedDay& day, Circumstances circumstances,
                              const std::string& change) {
    const std::string_view text{change};
    constexpr std::string_view kAgents{"agents"};
    constexpr std::string_view kHandling{"handling*"};
    if (text.starts_with(kHandling)) {
        const auto factor = number_in(text.substr(kHandling.size()));
        if (!factor || *factor < 0.01 || *factor > 100) {
            return tl::unexpected<Error>{not_understood(change)};
        }
        circumstances.handling *= *factor;
        return circumstances;
    }
    if (!text.starts_with(kAgents) || text.size() < kAgents.size() + 2) {
        return tl::unexpected<Error>{not_understood(change)};
    }
    const char sign = text[kAgents.size()];
    const auto number = number_in(text.substr(kAgents.size() + 1));
    const bool is_number = number && *number == std::floor(*number) && *number >= 1 &&
                           *number <= kMostAgents && (sign == '+' || sign == '-');
    if (!is_number) return tl::unexpected<Error>{not_understood(change)};
    const std::vector<AgentId> there = longest_there(day);
    const int agents = static_cast<int>(*number);
    if (there.empty()) return failure("no agent was at work on that day");
    if (sign == '-' && static_cast<std::size_t>(agents) > there.size()) {
        return failure(fmt::format("only {} agents were at work on that day", there.size()));
    }
    if (sign == '+') {
        add_agents(there, circumstances, agents);
    } else {
        take_agents(there, circumstances, agents);
    }
    return circumstances;
}

Compared compare(const RecordedDay& day, const Outcome& real, const Circumstances& before,
                 const Circumstances& after, int reruns, std::uint64_t seed,
                 std::chrono::milliseconds target) {
    Compared compared;
    compared.reruns = std::max(2, reruns);
    std::vector<Outcome> one;
    std::vector<Outcome> other;
    for (int at = 0; at < compared.reruns; ++at) {
        const std::uint64_t its = seed + static_cast<std::uint64_t>(at);
        one.push_back(rerun(day, before, its, target));
        other.push_back(rerun(day, after, its, target));
    }
    compared.not_placed = other.front().not_placed;
    const auto count = static_cast<double>(compared.reruns);
    for (const Figure& figure : kFigures) {
        Comparison row;
        row.measure = figure.name;
        row.real = figure.of(real);
        double squares = 0;
        for (std::size_t at = 0; at < one.size(); ++at) {
            row.before += figure.of(one[at]) / count;
            row.after += figure.of(other[at]) / count;
        }
        row.difference = row.after - row.before;
        for (std::size_t at = 0; at < one.size(); ++at) {
            const double off = figure.of(other[at]) - figure.of(one[at]) - row.difference;
            squares += off * off;
        }
        row.margin = quantile(compared.reruns) * std::sqrt(squares / (count - 1) / count);
        compared.measures.push_back(row);
    }
    return compared;
}

}  // namespace amer::whatif

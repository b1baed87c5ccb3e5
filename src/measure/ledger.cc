#include "measure/ledger.h"

#include "core/calendar/set_closure.h"

namespace amer::measure {

void Ledger::publish(const centre::Configuration& configuration) {
    calendar_ = configuration.calendar;
    ministry_ = configuration.ministry;
    for (const centre::Queue& queue : configuration.queues) queues_[queue.id] = queue.title;
    for (const centre::AgentRow& agent : configuration.agents) names_[agent.id] = agent.name;
}

void Ledger::close(const calendar::Closure& closure) {
    calendar::set_closure(calendar_.closures, closure);
}

HalfHour Ledger::half_hour_of(Instant at) const {
    const calendar::LocalTime local = calendar::local_time(calendar_, at);
    return HalfHour{local.day, local.minute / kMinutesOfHalfHour};
}

std::vector<std::pair<calendar::LocalDay, Duration>> Ledger::by_day(Instant from,
                                                                    Instant until) const {
    std::vector<std::pair<calendar::LocalDay, Duration>> parts;
    while (from < until) {
        const Instant end = std::min(until, calendar::next_midnight(calendar_, from));
        parts.emplace_back(calendar::local_time(calendar_, from).day, end - from);
        from = end;
    }
    return parts;
}

void Ledger::count_answer(calendar::LocalDay day, const QueueId& queue, Answer answer) {
    answers_[queue][day][answer] += 1;
    if (!queue.value.empty()) answers_[QueueId{}][day][std::move(answer)] += 1;
}

const Ledger::Days* Ledger::days_of(const Account& account) const {
    const auto found = figures_.find(account);
    return found == figures_.end() ? nullptr : &found->second;
}

AgentTime Ledger::agent_in(const Span& span, const AgentId& agent) const {
    AgentTime sum;
    const auto found = agents_.find(agent);
    if (found == agents_.end()) return sum;
    for (const auto& [day, time] : found->second) {
        if (span.contains(day)) add(sum, time);
    }
    return sum;
}

Arrivals Ledger::arrivals_in(const Span& span) const {
    Arrivals sum;
    for (const auto& [day, arrivals] : arrivals_) {
        if (span.contains(day)) add(sum, arrivals);
    }
    return sum;
}

std::map<Answer, std::int64_t> Ledger::answers_in(const Span& span, const QueueId& queue) const {
    std::map<Answer, std::int64_t> sum;
    const auto found = answers_.find(queue);
    if (found == answers_.end()) return sum;
    for (const auto& [day, answers] : found->second) {
        if (!span.contains(day)) continue;
        for (const auto& [answer, count] : answers) sum[answer] += count;
    }
    return sum;
}

}  // namespace amer::measure

#pragma once

#include <compare>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/centre/configuration.h"
#include "measure/tally.h"

namespace amer::measure {

// A half hour of the centre's own clock.
struct HalfHour {
    calendar::LocalDay day{};
    std::int32_t number = 0;  // 0 to 47, since local midnight

    auto operator<=>(const HalfHour&) const = default;
};

constexpr std::int32_t kMinutesOfHalfHour = 30;

struct Span {  // both days are in it
    calendar::LocalDay from{};
    calendar::LocalDay until{};

    bool contains(calendar::LocalDay day) const { return from <= day && day <= until; }
};

// Whose figures: one queue's, or with the empty id those of all together, where a contact that goes
// from queue to queue is one.
struct Account {
    QueueId queue;
    bool is_callback = false;

    auto operator<=>(const Account&) const = default;
};

struct Answer {
    std::string question;
    std::string answer;

    auto operator<=>(const Answer&) const = default;
};

// Where the books of the fold write what they count: every half hour that saw something, for every
// account. Knows the configuration in force and by it which day and half hour an instant is.
class Ledger {
public:
    void publish(const centre::Configuration& configuration);
    void close(const calendar::Closure& closure);

    HalfHour half_hour_of(Instant at) const;
    // The parts of a stretch of time by local day.
    std::vector<std::pair<calendar::LocalDay, Duration>> by_day(Instant from, Instant until) const;

    Figures& figures(const HalfHour& at, const Account& account) { return figures_[account][at]; }
    AgentTime& agent(calendar::LocalDay day, const AgentId& agent) { return agents_[agent][day]; }
    Arrivals& arrivals(calendar::LocalDay day) { return arrivals_[day]; }
    void count_answer(calendar::LocalDay day, const QueueId& queue, Answer answer);

    using Days = std::map<HalfHour, Figures>;
    // Nothing: the account never saw anything.
    const Days* days_of(const Account& account) const;
    AgentTime agent_in(const Span& span, const AgentId& agent) const;
    Arrivals arrivals_in(const Span& span) const;
    std::map<Answer, std::int64_t> answers_in(const Span& span, const QueueId& queue) const;

    // Ever configured or used, in order of their ids.
    const std::map<QueueId, centre::TextPair>& queues() const { return queues_; }
    const std::map<AgentId, centre::TextPair>& agents() const { return names_; }
    const centre::TextPair& ministry() const { return ministry_; }
    const calendar::Calendar& calendar() const { return calendar_; }

private:
    calendar::Calendar calendar_;
    centre::TextPair ministry_;
    std::map<QueueId, centre::TextPair> queues_;
    std::map<AgentId, centre::TextPair> names_;
    std::map<Account, Days> figures_;
    std::map<AgentId, std::map<calendar::LocalDay, AgentTime>> agents_;
    std::map<calendar::LocalDay, Arrivals> arrivals_;
    std::map<QueueId, std::map<calendar::LocalDay, std::map<Answer, std::int64_t>>> answers_;
};

}  // namespace amer::measure

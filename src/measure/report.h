#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/centre/configuration.h"
#include "measure/ledger.h"
#include "measure/tally.h"

namespace amer::measure {

// A report as plain data: its canonical JSON is what programs read, and people's forms of it are
// made of nothing else.

struct Rate {  // never without the formula's name
    std::string formula;
    std::int64_t part = 0;
    std::int64_t of = 0;
    std::string percent;  // "73.68"; "-" when undefined

    AMER_FIELDS(Rate, formula, part, of, percent)
};

struct Mean {
    std::string formula;
    std::int64_t total_us = 0;
    std::int64_t of = 0;
    std::optional<std::int64_t> mean_ms;  // rounded half up; nothing of nothing

    AMER_FIELDS(Mean, formula, total_us, of, mean_ms)
};

struct Interval {  // of half an hour, when something happened in it
    calendar::LocalDay day{};
    std::int32_t minute = 0;  // since local midnight
    Cohort cohort;
    std::vector<Rate> service_levels;
    Load load;
    std::int64_t waiting_at_end = 0;

    AMER_FIELDS(Interval, day, minute, cohort, service_levels, load, waiting_at_end)
};

struct Group {  // inbound contacts, or call backs; never both together
    Cohort cohort;
    std::vector<Rate> service_levels;
    std::vector<Rate> rates;
    std::vector<Mean> means;
    Load load;
    FirstContacts first_contacts;
    std::int64_t waiting_at_begin = 0;
    std::int64_t waiting_at_end = 0;
    std::vector<Interval> intervals;

    AMER_FIELDS(Group, cohort, service_levels, rates, means, load, first_contacts, waiting_at_begin,
                waiting_at_end, intervals)
};

struct AnswerCount {
    std::string question;
    std::string answer;
    std::int64_t count = 0;

    AMER_FIELDS(AnswerCount, question, answer, count)
};

struct WaitError {  // told less true: above 0 he was served sooner than he was told
    std::string formula;
    std::int64_t total_us = 0;
    std::int64_t of = 0;
    std::optional<std::int64_t> mean_ms;    // rounded half up; nothing of nothing
    std::optional<std::int64_t> median_ms;  // likewise

    AMER_FIELDS(WaitError, formula, total_us, of, mean_ms, median_ms)
};

struct Honesty {
    ToldWaits waits;
    std::vector<Rate> rates;
    std::vector<WaitError> errors;

    AMER_FIELDS(Honesty, waits, rates, errors)
};

struct ToldHour {  // of every day of the span, when something was told in it
    std::int32_t hour = 0;
    Honesty honesty;

    AMER_FIELDS(ToldHour, hour, honesty)
};

struct ToldSection {
    Honesty all;
    std::vector<ToldHour> hours;

    AMER_FIELDS(ToldSection, all, hours)
};

struct Section {
    QueueId queue;  // empty: all together
    centre::TextPair title;
    Group inbound;
    Group callbacks;
    Promises promises;
    std::vector<Rate> rates;
    std::vector<AnswerCount> answers;
    ToldSection told;  // what inbound callers were told of their wait

    AMER_FIELDS(Section, queue, title, inbound, callbacks, promises, rates, answers, told)
};

struct AgentLine {
    AgentId agent;
    centre::TextPair name;
    AgentTime time;
    std::vector<Rate> rates;

    AMER_FIELDS(AgentLine, agent, name, time, rates)
};

struct Report {
    calendar::LocalDay from{};
    calendar::LocalDay until{};
    Instant as_of;  // of the journal's last entry
    std::int64_t target_ms = 0;
    std::int64_t short_ms = 0;
    centre::TextPair ministry;
    std::optional<Arrivals> arrivals;  // nothing in the report of one queue
    std::vector<Rate> rates;
    std::vector<Section> sections;
    std::vector<AgentLine> agents;
    std::optional<AgentLine> agents_together;  // likewise

    AMER_FIELDS(Report, from, until, as_of, target_ms, short_ms, ministry, arrivals, rates,
                sections, agents, agents_together)
};

// Did nobody call, and was nobody called back?
bool is_without_calls(const Report& report);

Rate rate_of(const ServiceLevel& level);
Mean mean_of(std::string formula, std::int64_t total_us, std::int64_t of);
Section section_of(const Ledger& ledger, const Span& span, const QueueId& queue,
                   const centre::TextPair& title, const Promises& promises);
void add_first_contacts(Group& group, const FirstContacts& contacts);
AgentLine agent_line(const AgentId& agent, const centre::TextPair& name, const AgentTime& time);

}  // namespace amer::measure

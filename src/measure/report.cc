#include "measure/report.h"

namespace amer::measure {

namespace {

std::vector<Rate> levels_of(const Counts& counts) {
    std::vector<Rate> rates;
    for (const ServiceLevel& level : service_levels(counts)) rates.push_back(rate_of(level));
    return rates;
}

Rate rona_rate(const Offers& offers) {
    return rate_of({"rona_rate", offers.no_answer, offers.made});
}

// Towards the smaller number, below 0 too.
std::int64_t floor_of(std::int64_t part, std::int64_t of) {
    return part / of - (part % of < 0 ? 1 : 0);
}

Group group_of(const Ledger& ledger, const Span& span, const Account& account) {
    Group group;
    if (const Ledger::Days* days = ledger.days_of(account)) {
        for (const auto& [when, figures] : *days) {
            const std::int64_t waiting = figures.load.entered - figures.load.left();
            if (when.day < span.from) group.waiting_at_begin += waiting;
            if (when.day <= span.until) group.waiting_at_end += waiting;
            if (!span.contains(when.day)) continue;
            add(group.cohort, figures.cohort);
            add(group.load, figures.load);
            group.intervals.push_back({when.day, when.number * kMinutesOfHalfHour, figures.cohort,
                                       levels_of(figures.cohort.counts), figures.load,
                                       group.waiting_at_end});
        }
    }
    const Counts& counts = group.cohort.counts;
    const Handling& work = group.load.handling;
    group.service_levels = levels_of(counts);
    group.rates = {rate_of({"abandon_rate", counts.abandoned, counts.offered()}),
                   rona_rate(group.load.offers),
                   rate_of({"transfer_rate", group.load.transferred + group.load.handed_over,
                            group.load.answered})};
    group.means = {mean_of("asa", group.cohort.answered_waits_us, counts.answered),
                   mean_of("aht", work.talk_us + work.wrap_up_us, work.handled),
                   mean_of("acw", work.wrap_up_us, work.handled)};
    return group;
}

}  // namespace

Rate rate_of(const ServiceLevel& level) {
    return Rate{level.formula, level.part, level.of, percent(level)};
}

Mean mean_of(std::string formula, std::int64_t total_us, std::int64_t of) {
    Mean mean{std::move(formula), total_us, of, std::nullopt};
    if (of > 0) mean.mean_ms = floor_of(2 * total_us + 1'000 * of, 2'000 * of);
    return mean;
}

Section section_of(const Ledger& ledger, const Span& span, const QueueId& queue,
                   const centre::TextPair& title, const Promises& promises) {
    Section section;
    section.queue = queue;
    section.title = title;
    section.inbound = group_of(ledger, span, Account{queue, false});
    section.callbacks = group_of(ledger, span, Account{queue, true});
    section.promises = promises;
    const std::int64_t duly = promises.kept_in_time + promises.withdrawn_in_time;
    section.rates = {rate_of({"kept_promise_rate", duly, promises.due})};
    for (const auto& [answer, count] : ledger.answers_in(span, queue)) {
        section.answers.push_back({answer.question, answer.answer, count});
    }
    return section;
}

void add_first_contacts(Group& group, const FirstContacts& contacts) {
    group.first_contacts = contacts;
    group.rates.push_back(rate_of({"fcr", contacts.first, contacts.resolved}));
}

AgentLine agent_line(const AgentId& agent, const centre::TextPair& name, const AgentTime& time) {
    const std::int64_t busy = time.talking_us + time.wrap_up_us;
    // In milliseconds: years of microseconds would outgrow the percent's arithmetic.
    return AgentLine{agent,
                     name,
                     time,
                     {rate_of({"occupancy", busy / 1'000, (busy + time.ready_us) / 1'000}),
                      rona_rate(time.offers)}};
}

bool is_without_calls(const Report& report) {
    if (report.arrivals && report.arrivals->opened > 0) return false;
    for (const Section& section : report.sections) {
        for (const Group* group : {&section.inbound, &section.callbacks}) {
            if (!group->intervals.empty()) return false;
        }
    }
    return true;
}

}  // namespace amer::measure

#include <fmt/format.h>

#include "main/cli/table.h"
#include "main/report/forms.h"

namespace amer::report {

namespace {

using measure::Group;
using measure::Rate;

// Writes one report; every number and name is isolated, so that lines that run from right to left
// keep them whole.
class Writer {
public:
    Writer(const measure::Report& report, const calendar::Calendar& calendar,
           const why::Words& words)
        : report_{report}, calendar_{calendar}, words_{words} {}

    std::string text() {
        head();
        const bool is_quiet = measure::is_without_calls(report_);
        if (is_quiet) line(words_.say("no_calls"));
        if (report_.arrivals && !is_quiet) arrivals(*report_.arrivals);
        for (const measure::Section& section : report_.sections) {
            if (!is_quiet || section.promises != measure::Promises{}) show(section);
        }
        if (!report_.sections.empty()) half_hours(report_.sections.front().inbound);
        agents();
        return words_.language() == Language::arabic ? from_right_to_left(text_) : text_;
    }

private:
    using Row = std::pair<const char*, std::int64_t>;

    void line(const std::string& said) { text_ += said + "\n"; }
    std::string number(std::int64_t value) const { return words_.isolated(std::to_string(value)); }
    std::string length(std::int64_t us) const { return words_.isolated(length_text(us)); }
    std::string percent(const Rate& rate) const {
        if (rate.of <= 0) return words_.isolated("-");
        return words_.say("rate", {{"percent", rate.percent}});
    }

    void head() {
        line(title_in(report_.ministry, "", words_.language()));
        const std::string from = calendar::text_of(report_.from);
        const std::string until = calendar::text_of(report_.until);
        line(from == until ? words_.say("of_day", {{"day", from}})
                           : words_.say("of_days", {{"from", from}, {"until", until}}));
        const std::string time = time_text(calendar_, report_.as_of);
        line(words_.say("as_of", {{"time", time},
                                  {"target", seconds(report_.target_ms)},
                                  {"short", seconds(report_.short_ms)}}));
    }

    static std::string seconds(std::int64_t ms) {
        const std::int64_t rest = ms % 1'000;
        return fmt::format("{}{}", ms / 1'000, rest == 0 ? "" : fmt::format(".{:03}", rest));
    }

    void add(cli::Table& table, std::initializer_list<Row> rows, bool with_zeros = true) const {
        for (const auto& [key, value] : rows) {
            if (value == 0 && !with_zeros) continue;
            table.add({"  " + words_.say(std::string{"row."} + key), number(value)});
        }
    }
    void add(cli::Table& table, const std::vector<Rate>& rates) const {
        for (const Rate& rate : rates) {
            table.add({"  " + words_.isolated(rate.formula), percent(rate),
                       words_.say("part_of", {{"part", std::to_string(rate.part)},
                                              {"of", std::to_string(rate.of)}}),
                       words_.say("formula." + rate.formula)});
        }
    }

    void arrivals(const measure::Arrivals& arrivals) {
        cli::Table table{{words_.say("arrivals")}};
        add(table, {{"opened", arrivals.opened},
                    {"completed", arrivals.completed},
                    {"abandoned", arrivals.abandoned},
                    {"left_in_flow", arrivals.left_in_flow},
                    {"flow_ended", arrivals.flow_ended},
                    {"promised", arrivals.promised},
                    {"broken_by_crash", arrivals.broken_by_crash},
                    {"alive", arrivals.alive}});
        add(table, report_.rates);
        text_ += "\n" + table.text();
    }

    void show(const measure::Section& section) {
        const std::string title = title_in(section.title, section.queue.value, words_.language());
        line("\n" +
             (section.queue.value.empty()
                  ? words_.say("all")
                  : words_.say("queue", {{"title", title}, {"queue", section.queue.value}})));
        if (section.inbound.intervals.empty() && section.callbacks.intervals.empty()) {
            line("  " + words_.say("no_calls"));
        }
        show("inbound", section.inbound);
        show("callback", section.callbacks);
        promises(section);
        answers(section);
        told_waits(section.told);
    }

    void answers(const measure::Section& section) {
        if (section.answers.empty()) return;
        cli::Table table{{words_.say("answers")}};
        for (const measure::AnswerCount& row : section.answers) {
            table.add(
                {"  " + words_.isolated(row.question + " = " + row.answer), number(row.count)});
        }
        text_ += table.text();
    }

    void show(const std::string& kind, const Group& group) {
        if (group.intervals.empty()) return;
        const measure::Cohort& cohort = group.cohort;
        const measure::Counts& counts = cohort.counts;
        cli::Table table{{words_.say(kind)}};
        add(table, {{"offered", cohort.entered},
                    {"answered", counts.answered},
                    {"answered_in_target", counts.answered_in_target},
                    {"abandoned", counts.abandoned},
                    {"abandoned_in_target", counts.abandoned_in_target},
                    {"abandoned_short", counts.abandoned_short},
                    {"flowed_out", counts.flowed_out},
                    {"failed", counts.failed},
                    {"waiting", counts.waiting}});
        const measure::FlowOuts& outs = cohort.flow_outs;
        add(table,
            {{"timeout", outs.timeout},
             {"key", outs.key},
             {"closing", outs.closing},
             {"no_agent", outs.no_agent},
             {"callback", outs.callback},
             {"transfer", outs.transfer},
             {"elsewhere", outs.elsewhere},
             {"returned", cohort.returned},
             {"also_entered", cohort.also.entered},
             {"also_answered", cohort.also.answered},
             {"transferred", group.load.transferred},
             {"handed_over", group.load.handed_over},
             {"came_back", group.first_contacts.came_back},
             {"without_number", group.first_contacts.without_number},
             {"not_yet_known", group.first_contacts.not_yet_known}},
            false);
        add(table, group.service_levels);
        add(table, group.rates);
        for (const measure::Mean& mean : group.means) {
            table.add({"  " + words_.isolated(mean.formula),
                       mean.mean_ms ? length(*mean.mean_ms * 1'000) : words_.isolated("-"),
                       number(mean.of), words_.say("formula." + mean.formula)});
        }
        table.add({"  " + words_.say("row.longest_wait"), length(cohort.longest_wait.us)});
        text_ += table.text();
    }

    void promises(const measure::Section& section) {
        const measure::Promises& promises = section.promises;
        if (promises == measure::Promises{}) return;
        cli::Table table{{words_.say("promises")}};
        add(table, {{"due", promises.due},
                    {"kept_in_time", promises.kept_in_time},
                    {"withdrawn_in_time", promises.withdrawn_in_time},
                    {"kept_late", promises.kept_late},
                    {"withdrawn_late", promises.withdrawn_late},
                    {"broken", promises.broken},
                    {"overdue", promises.overdue},
                    {"not_yet_due", promises.not_yet_due}});
        add(table, section.rates);
        text_ += table.text();
    }

    std::vector<std::string> headings(std::initializer_list<const char*> keys) const {
        std::vector<std::string> said;
        for (const char* key : keys) said.push_back(words_.say(std::string{"column."} + key));
        return said;
    }

    std::vector<std::string> cells(const std::string& when, const measure::Honesty& honesty) const {
        const measure::ToldWaits& waits = honesty.waits;
        std::vector<std::string> row{when};
        for (const std::int64_t count :
             {waits.told, waits.callers, waits.answered, waits.in_range}) {
            row.push_back(number(count));
        }
        row.push_back(percent(honesty.rates.front()));
        const measure::WaitError& error = honesty.errors.front();
        for (const auto& ms : {error.mean_ms, error.median_ms}) {
            row.push_back(words_.isolated(ms ? signed_length_text(*ms * 1'000) : "-"));
        }
        for (const std::int64_t count : {waits.left, waits.moved, waits.kept_place, waits.failed,
                                         waits.waiting, waits.outlasted, waits.without_estimate}) {
            row.push_back(number(count));
        }
        return row;
    }

    // The error of what was said; that of the estimate before rounding is in CSV and JSON.
    void told_waits(const measure::ToldSection& told) {
        if (told.all.waits.told == 0) return;
        std::vector<std::string> heading =
            headings({"time", "told", "told_callers", "told_answered", "told_in_range"});
        heading.push_back(words_.isolated("wait_coverage"));
        for (std::string& said : headings({"told_error_mean", "told_error_median", "told_left",
                                           "told_moved", "told_kept_place", "told_failed",
                                           "told_waiting", "told_outlasted", "told_without"})) {
            heading.push_back(std::move(said));
        }
        cli::Table table{heading};
        for (const measure::ToldHour& one : told.hours) {
            table.add(cells(words_.isolated(clock_text(one.hour * 60)), one.honesty));
        }
        table.add(cells(words_.say("scope.span"), told.all));
        line(words_.say("told_waits"));
        text_ += table.text();
    }

    // One service level, the strictest on us, stands for the half hour; CSV and JSON have all.
    void half_hours(const Group& group) {
        if (report_.from != report_.until || group.intervals.empty()) return;
        line("\n" + words_.say("half_hours"));
        std::vector<std::string> heading =
            headings({"time", "offered", "answered", "answered_in_target", "abandoned",
                      "flowed_out", "failed", "waiting"});
        heading.push_back(words_.isolated("sl_negative"));
        for (std::string& said : headings({"load_entered", "load_answered", "load_abandoned",
                                           "load_flowed_out", "waiting_at_end"})) {
            heading.push_back(std::move(said));
        }
        cli::Table table{heading};
        for (const measure::Interval& one : group.intervals) {
            const measure::Counts& counts = one.cohort.counts;
            std::vector<std::string> row{words_.isolated(clock_text(one.minute))};
            for (const std::int64_t value :
                 {one.cohort.entered, counts.answered, counts.answered_in_target, counts.abandoned,
                  counts.flowed_out, counts.failed, counts.waiting}) {
                row.push_back(number(value));
            }
            for (const Rate& rate : one.service_levels) {
                if (rate.formula == "sl_negative") row.push_back(percent(rate));
            }
            for (const std::int64_t value :
                 {one.load.entered, one.load.answered, one.load.abandoned, one.load.flowed_out,
                  one.waiting_at_end}) {
                row.push_back(number(value));
            }
            table.add(std::move(row));
        }
        text_ += table.text();
    }

    void add(cli::Table& table, const std::string& name, const measure::AgentLine& agent) const {
        const measure::AgentTime& time = agent.time;
        if (time == measure::AgentTime{}) return;
        std::vector<std::string> row{name, number(time.handled)};
        for (const std::int64_t us : {time.talking_us, time.wrap_up_us, time.ready_us,
                                      time.reserved_us, time.ringing_us, time.not_ready_us}) {
            row.push_back(length(us));
        }
        row.push_back(number(time.offers.made));
        row.push_back(number(time.offers.no_answer));
        for (const Rate& rate : agent.rates) row.push_back(percent(rate));
        table.add(std::move(row));
    }

    void agents() {
        std::vector<std::string> heading =
            headings({"agent", "handled", "talk", "wrap_up", "ready", "reserved", "ringing",
                      "not_ready", "offers", "offers_no_answer"});
        heading.push_back(words_.isolated("occupancy"));
        heading.push_back(words_.isolated("rona_rate"));
        cli::Table table{heading};
        for (const measure::AgentLine& agent : report_.agents) {
            const std::string name = title_in(agent.name, agent.agent.value, words_.language());
            add(table, words_.isolated(name), agent);
        }
        if (report_.agents_together) {
            add(table, words_.say("agents_together"), *report_.agents_together);
        }
        if (table.empty()) return;
        line("\n" + words_.say("agents"));
        text_ += table.text();
    }

    const measure::Report& report_;
    const calendar::Calendar& calendar_;
    const why::Words& words_;
    std::string text_;
};

}  // namespace

std::string as_text(const measure::Report& report, const calendar::Calendar& calendar,
                    const why::Words& words) {
    return Writer{report, calendar, words}.text();
}

}  // namespace amer::report

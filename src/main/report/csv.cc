#include <fmt/format.h>

#include "main/report/forms.h"

namespace amer::report {

namespace {

using measure::Group;
using measure::Interval;

// A cell that a spreadsheet takes for what it is: quoted, and a text that begins like a formula is
// not run as one.
std::string quoted(const std::string& text) {
    std::string cell = "\"";
    if (!text.empty() && std::string_view{"=+-@\t\r"}.find(text[0]) != std::string_view::npos &&
        text != "-") {
        cell += '\'';
    }
    for (const char letter : text) {
        if (letter == '"') cell += '"';
        cell += letter;
    }
    return cell + '"';
}

// Tenths of a second, rounded half up.
std::string seconds(std::int64_t us) {
    const std::int64_t tenths = (us + 50'000) / 100'000;
    return fmt::format("{}.{}", tenths / 10, tenths % 10);
}

// One line of the sheet, each cell with its column's key: "column.x" has a heading in the
// language, a formula's name is its own.
class Line {
public:
    void add(const std::string& key, const std::string& cell) { cells_.emplace_back(key, cell); }
    void add(const std::string& key, std::int64_t number) { add(key, std::to_string(number)); }

    std::string text() const {
        std::string line;
        for (const auto& [key, cell] : cells_) line += (line.empty() ? "" : ",") + quoted(cell);
        return line + "\r\n";
    }
    std::string headings(const why::Words& words) const {
        std::string line;
        for (const auto& [key, cell] : cells_) {
            line += (line.empty() ? "" : ",") + quoted(words.say(key));
        }
        return line + "\r\n";
    }

private:
    std::vector<std::pair<std::string, std::string>> cells_;
};

void add_cohort(Line& line, const measure::Cohort& cohort) {
    const measure::Counts& counts = cohort.counts;
    line.add("column.offered", cohort.entered);
    line.add("column.returned", cohort.returned);
    line.add("column.answered", counts.answered);
    line.add("column.answered_in_target", counts.answered_in_target);
    line.add("column.abandoned", counts.abandoned);
    line.add("column.abandoned_in_target", counts.abandoned_in_target);
    line.add("column.abandoned_short", counts.abandoned_short);
    line.add("column.flowed_out", counts.flowed_out);
    line.add("column.failed", counts.failed);
    line.add("column.waiting", counts.waiting);
    line.add("column.timeout", cohort.flow_outs.timeout);
    line.add("column.key", cohort.flow_outs.key);
    line.add("column.closing", cohort.flow_outs.closing);
    line.add("column.no_agent", cohort.flow_outs.no_agent);
    line.add("column.callback", cohort.flow_outs.callback);
    line.add("column.transfer", cohort.flow_outs.transfer);
    line.add("column.elsewhere", cohort.flow_outs.elsewhere);
    line.add("column.also_entered", cohort.also.entered);
    line.add("column.also_answered", cohort.also.answered);
    line.add("column.answered_waits_s", seconds(cohort.answered_waits_us));
    line.add("column.longest_wait_s", seconds(cohort.longest_wait.us));
}

void add_load(Line& line, const measure::Load& load, std::int64_t waiting_at_end) {
    line.add("column.load_entered", load.entered);
    line.add("column.load_answered", load.answered);
    line.add("column.load_abandoned", load.abandoned);
    line.add("column.load_flowed_out", load.flowed_out);
    line.add("column.load_failed", load.failed);
    line.add("column.waiting_at_end", waiting_at_end);
    line.add("column.offers", load.offers.made);
    line.add("column.offers_accepted", load.offers.accepted);
    line.add("column.offers_no_answer", load.offers.no_answer);
    line.add("column.offers_rejected", load.offers.rejected);
    line.add("column.offers_busy", load.offers.busy);
    line.add("column.offers_unreachable", load.offers.unreachable);
    line.add("column.offers_caller_left", load.offers.caller_left);
    line.add("column.offers_answered_elsewhere", load.offers.answered_elsewhere);
    line.add("column.offers_crash", load.offers.crash);
    line.add("column.handled", load.handling.handled);
    line.add("column.talk_s", seconds(load.handling.talk_us));
    line.add("column.wrap_up_s", seconds(load.handling.wrap_up_us));
}

struct Rows {
    const measure::Report& report;
    const why::Words& words;
    std::string text;

    void add(const Line& line) {
        if (text.empty()) text = "\uFEFF" + line.headings(words);
        text += line.text();
    }

    Line begun(const char* scope, const measure::Section& section, const char* kind,
               const Interval& one, calendar::LocalDay until) const {
        Line line;
        line.add("column.scope", words.say(std::string{"scope."} + scope));
        line.add("column.day", calendar::text_of(one.day));
        line.add("column.until", calendar::text_of(until));
        const bool is_whole = std::string_view{scope} == "span";
        line.add("column.time", is_whole ? "" : clock_text(one.minute));
        line.add("column.queue", section.queue.value);
        line.add("column.title",
                 section.queue.value.empty()
                     ? words.say("all")
                     : title_in(section.title, section.queue.value, words.language()));
        line.add("column.kind", words.say(std::string{"kind."} + kind));
        return line;
    }

    void add(const char* scope, const measure::Section& section, const char* kind,
             const Interval& one, calendar::LocalDay until) {
        Line line = begun(scope, section, kind, one, until);
        add_cohort(line, one.cohort);
        for (const measure::Rate& rate : one.service_levels) line.add(rate.formula, rate.percent);
        add_load(line, one.load, one.waiting_at_end);
        add(line);
    }

    void add(const measure::Section& section, const char* kind, const Group& group) {
        for (const Interval& one : group.intervals) add("half_hour", section, kind, one, one.day);
        const Interval whole{report.from,          0,          group.cohort,
                             group.service_levels, group.load, group.waiting_at_end};
        add("span", section, kind, whole, report.until);
    }
};

}  // namespace

std::string as_csv(const measure::Report& report, const why::Words& words) {
    Rows rows{report, words, ""};
    for (const measure::Section& section : report.sections) {
        rows.add(section, "inbound", section.inbound);
        rows.add(section, "callback", section.callbacks);
    }
    return rows.text;
}

}  // namespace amer::report

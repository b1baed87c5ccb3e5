#include <fmt/format.h>

#include <map>
#include <optional>
#include <vector>

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

// Tenths of a second; a half is rounded away from nothing.
std::string seconds(std::int64_t us) {
    const std::int64_t tenths = ((us < 0 ? -us : us) + 50'000) / 100'000;
    const bool is_below = us < 0 && tenths > 0;
    return fmt::format("{}{}.{}", is_below ? "-" : "", tenths / 10, tenths % 10);
}

// One line of the sheet, each cell with its column's key: "column.x" has a heading in the
// language, a formula's name is its own.
class Line {
public:
    void add(const std::string& key, const std::string& cell) { cells_.emplace_back(key, cell); }
    void add(const std::string& key, std::int64_t number) { add(key, std::to_string(number)); }

    const std::vector<std::pair<std::string, std::string>>& cells() const { return cells_; }

private:
    std::vector<std::pair<std::string, std::string>> cells_;
};

// Lines of one sheet: it has the columns of all of them, and a cell is empty where a line has none.
class Sheet {
public:
    void add(Line line) {
        for (const auto& [key, cell] : line.cells()) {
            if (place_of_.emplace(key, columns_.size()).second) columns_.push_back(key);
        }
        lines_.push_back(std::move(line));
    }

    std::string text(const why::Words& words) const {
        if (lines_.empty()) return "";
        std::vector<std::string> headings;
        for (const std::string& key : columns_) headings.push_back(words.say(key));
        std::string text = "\uFEFF" + row_of(headings);
        for (const Line& line : lines_) {
            std::vector<std::string> row(columns_.size());
            for (const auto& [key, cell] : line.cells()) row[place_of_.at(key)] = cell;
            text += row_of(row);
        }
        return text;
    }

private:
    static std::string row_of(const std::vector<std::string>& cells) {
        std::string row;
        for (const std::string& cell : cells) row += (row.empty() ? "" : ",") + quoted(cell);
        return row + "\r\n";
    }

    std::vector<std::string> columns_;
    std::map<std::string, std::size_t> place_of_;
    std::vector<Line> lines_;
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
    line.add("column.transferred", load.transferred);
    line.add("column.handed_over", load.handed_over);
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

void add_honesty(Line& line, const measure::Honesty& honesty) {
    const measure::ToldWaits& waits = honesty.waits;
    line.add("column.told", waits.told);
    line.add("column.told_callers", waits.callers);
    line.add("column.told_answered", waits.answered);
    line.add("column.told_in_range", waits.in_range);
    line.add("column.told_below", waits.below_range);
    line.add("column.told_above", waits.above_range);
    for (const measure::Rate& rate : honesty.rates) line.add(rate.formula, rate.percent);
    for (const measure::WaitError& error : honesty.errors) {
        const auto cell = [](const std::optional<std::int64_t>& ms) {
            return ms ? seconds(*ms * 1'000) : "-";
        };
        line.add("column." + error.formula + "_mean_s", cell(error.mean_ms));
        line.add("column." + error.formula + "_median_s", cell(error.median_ms));
    }
    line.add("column.told_left", waits.left);
    line.add("column.told_moved", waits.moved);
    line.add("column.told_kept_place", waits.kept_place);
    line.add("column.told_failed", waits.failed);
    line.add("column.told_waiting", waits.waiting);
    line.add("column.told_outlasted", waits.outlasted);
    line.add("column.told_without", waits.without_estimate);
}

void add_first_contacts(Line& line, const Group& group) {
    line.add("column.resolved", group.first_contacts.resolved);
    line.add("column.resolved_first", group.first_contacts.first);
    line.add("column.passed_on", group.first_contacts.passed_on);
    line.add("column.came_back", group.first_contacts.came_back);
    line.add("column.without_number", group.first_contacts.without_number);
    line.add("column.not_yet_known", group.first_contacts.not_yet_known);
    for (const measure::Rate& rate : group.rates) line.add(rate.formula, rate.percent);
}

// What a line is of.
struct Scope {
    const char* name;
    const char* kind;
    calendar::LocalDay from;
    calendar::LocalDay until;
    std::string time;  // empty: of the whole
};

struct Rows {
    const measure::Report& report;
    const why::Words& words;
    Sheet sheet;

    Line begun(const measure::Section& section, const Scope& scope) const {
        Line line;
        line.add("column.scope", words.say(std::string{"scope."} + scope.name));
        line.add("column.day", calendar::text_of(scope.from));
        line.add("column.until", calendar::text_of(scope.until));
        line.add("column.time", scope.time);
        line.add("column.queue", section.queue.value);
        line.add("column.title",
                 section.queue.value.empty()
                     ? words.say("all")
                     : title_in(section.title, section.queue.value, words.language()));
        line.add("column.kind", words.say(std::string{"kind."} + scope.kind));
        return line;
    }

    static void add_figures(Line& line, const Interval& one) {
        add_cohort(line, one.cohort);
        for (const measure::Rate& rate : one.service_levels) line.add(rate.formula, rate.percent);
        add_load(line, one.load, one.waiting_at_end);
    }

    void add_half_hours(const measure::Section& section, const char* kind, const Group& group) {
        for (const Interval& one : group.intervals) {
            Line line =
                begun(section, {"half_hour", kind, one.day, one.day, clock_text(one.minute)});
            add_figures(line, one);
            sheet.add(std::move(line));
        }
    }
    Line whole_of(const measure::Section& section, const char* kind, const Group& group) const {
        Line line = begun(section, {"span", kind, report.from, report.until, ""});
        add_figures(line, {report.from, 0, group.cohort, group.service_levels, group.load,
                           group.waiting_at_end});
        add_first_contacts(line, group);
        return line;
    }

    void add(const measure::Section& section) {
        add_half_hours(section, "inbound", section.inbound);
        for (const measure::ToldHour& one : section.told.hours) {
            Line line = begun(section, {"hour_of_day", "inbound", report.from, report.until,
                                        clock_text(one.hour * 60)});
            add_honesty(line, one.honesty);
            sheet.add(std::move(line));
        }
        Line inbound = whole_of(section, "inbound", section.inbound);
        add_honesty(inbound, section.told.all);
        sheet.add(std::move(inbound));
        add_half_hours(section, "callback", section.callbacks);
        sheet.add(whole_of(section, "callback", section.callbacks));
    }
};

}  // namespace

std::string as_csv(const measure::Report& report, const why::Words& words) {
    Rows rows{report, words, {}};
    for (const measure::Section& section : report.sections) rows.add(section);
    return rows.sheet.text(words);
}

}  // namespace amer::report

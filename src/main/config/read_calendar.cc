#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "main/config/sections.h"

namespace amer::config {
namespace {

calendar::WeekHours read_week(TableReader& row) {
    return {row.spans("sunday"),    row.spans("monday"),   row.spans("tuesday"),
            row.spans("wednesday"), row.spans("thursday"), row.spans("friday"),
            row.spans("saturday")};
}

void demand_order(TableReader& row, calendar::LocalDay first, calendar::LocalDay last) {
    if (last >= first || first == kNoDay || last == kNoDay) return;  // or said already
    row.refuse("last_day",
               "'last_day' is before 'first_day': expected the same day or a later one");
}

// Somewhere a unit stands, or a unit; neither: for all. A row for a place that is not there would
// never count, and nobody would see it.
class ScopeReader {
public:
    explicit ScopeReader(const std::vector<centre::Unit>& units) {
        for (const centre::Unit& unit : units) {
            offices_.push_back(unit.id.value);
            const bool is_new =
                std::find(emirates_.begin(), emirates_.end(), unit.emirate) == emirates_.end();
            if (!unit.emirate.empty() && is_new) emirates_.push_back(unit.emirate);
        }
    }

    calendar::Scope read(TableReader& row) const {
        using Kind = calendar::Scope::Kind;
        const std::string emirate = row.text("emirate", "");
        const std::string office = row.text("office", "");
        if (!emirate.empty() && !office.empty()) {
            row.refuse("office",
                       "'emirate' and 'office' are both given: expected one of them, or "
                       "neither for the whole centre");
        }
        if (!office.empty()) {
            demand_known(row, "office", office, offices_, "the id of a unit");
            return {Kind::office, office};
        }
        if (emirate.empty()) return {};
        demand_known(row, "emirate", emirate, emirates_, "the 'emirate' of a unit");
        return {Kind::emirate, emirate};
    }

private:
    static void demand_known(TableReader& row, std::string_view key, const std::string& word,
                             const std::vector<std::string>& known, std::string_view what) {
        if (std::find(known.begin(), known.end(), word) != known.end()) return;
        const std::string meant = nearest(word, known);
        row.refuse(key, fmt::format("'{}' is \"{}\": expected {} in units.toml{}", key, word, what,
                                    meant.empty() ? "" : fmt::format(", such as \"{}\"", meant)));
    }

    std::vector<std::string> offices_;
    std::vector<std::string> emirates_;
};

void read_zone(TableReader& file, calendar::Calendar& calendar) {
    for (TableReader& row : file.rows("zone", "calendar.zone")) {
        calendar::ZoneRule rule;
        rule.from = Instant{std::chrono::sys_days{row.day("from")}};
        const std::string offset = row.text("offset");
        const auto minutes = offset_minutes_from(offset);
        if (minutes) rule.offset_minutes = *minutes;
        if (!minutes && !offset.empty()) {
            row.refuse("offset", fmt::format("'offset' is \"{}\": expected hours and minutes from "
                                             "UTC such as \"+04:00\"",
                                             offset));
        }
        if (!calendar.zone.empty() && rule.from <= calendar.zone.back().from) {
            row.refuse("from", "'from' is not after the zone row before: expected rising days");
        }
        row.finish();
        calendar.zone.push_back(rule);
    }
}

// Each place has its own weekly hours, and they follow each other.
void read_weekly(TableReader& file, const ScopeReader& scopes, calendar::Calendar& calendar) {
    for (TableReader& row : file.rows("weekly", "calendar.weekly")) {
        calendar::WeeklyProfile profile{row.day("from"), read_week(row), scopes.read(row)};
        const auto before = std::find_if(
            calendar.weekly.rbegin(), calendar.weekly.rend(),
            [&](const calendar::WeeklyProfile& other) { return other.scope == profile.scope; });
        const bool is_first = before == calendar.weekly.rend();
        if (!is_first && profile.effective_from <= before->effective_from) {
            row.refuse("from", "'from' is not after the weekly row before: expected rising days");
        }
        row.finish();
        calendar.weekly.push_back(std::move(profile));
    }
}

void read_holidays(TableReader& file, const ScopeReader& scopes, calendar::Calendar& calendar) {
    using Status = calendar::HolidayStatus;
    for (TableReader& row : file.rows("holiday", "calendar.holidays")) {
        calendar::Holiday holiday;
        holiday.id = row.text("id");
        const centre::TextPair name = row.text_pair("name");
        holiday.name_ar = name.ar;
        holiday.name_en = name.en;
        holiday.first_day = row.day("first_day");
        holiday.last_day = row.day("last_day");
        demand_order(row, holiday.first_day, holiday.last_day);
        holiday.status = row.choice<Status>("status",
                                            {{"predicted", Status::predicted},
                                             {"announced", Status::announced},
                                             {"confirmed", Status::confirmed},
                                             {"cancelled", Status::cancelled}},
                                            Status::predicted);
        holiday.source = row.text("source");
        holiday.scope = scopes.read(row);
        holiday.rule = row.text("rule", "");
        if (row.has("announced_on")) holiday.announced_on = row.day("announced_on");
        row.finish();
        calendar.holidays.push_back(std::move(holiday));
    }
}

void read_closures(TableReader& file, const ScopeReader& scopes, calendar::Calendar& calendar) {
    for (TableReader& row : file.rows("closure", "calendar.closures")) {
        calendar::Closure closure;
        closure.id = row.text("id");
        const centre::TextPair name = row.text_pair("name");
        closure.name_ar = name.ar;
        closure.name_en = name.en;
        closure.from = row.instant("from");
        closure.until = row.instant("until");
        const bool are_read = closure.from != Instant{} && closure.until != Instant{};
        if (are_read && closure.until <= closure.from) {
            row.refuse("until", "'until' is not after 'from': expected a later instant");
        }
        closure.source = row.text("source");
        closure.scope = scopes.read(row);
        row.finish();
        calendar.closures.push_back(std::move(closure));
    }
}

}  // namespace

void read_calendar(TableReader& file, const std::vector<centre::Unit>& units,
                   calendar::Calendar& calendar) {
    const ScopeReader scopes{units};
    calendar.name = file.text("name");
    calendar.version = static_cast<std::uint64_t>(file.whole("version", 1, 1, 1'000'000'000));
    read_zone(file, calendar);
    read_weekly(file, scopes, calendar);
    for (TableReader& row : file.rows("dated", "calendar.dated")) {
        calendar::DatedProfile profile{row.text("name"), row.day("first_day"), row.day("last_day"),
                                       read_week(row), scopes.read(row)};
        demand_order(row, profile.first_day, profile.last_day);
        row.finish();
        calendar.dated.push_back(std::move(profile));
    }
    read_holidays(file, scopes, calendar);
    read_closures(file, scopes, calendar);
    file.finish();
    if (calendar.zone.empty()) file.refuse("", "no [[zone]]: expected the offset from UTC");
    const bool has_hours_for_all = std::any_of(
        calendar.weekly.begin(), calendar.weekly.end(),
        [](const calendar::WeeklyProfile& row) { return row.scope == calendar::Scope{}; });
    if (!has_hours_for_all) {
        file.refuse("", "no [[weekly]] for the whole centre: expected the weekly hours");
    }
}

}  // namespace amer::config

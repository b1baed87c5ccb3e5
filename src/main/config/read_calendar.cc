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

void read_holidays(TableReader& file, calendar::Calendar& calendar) {
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
        row.finish();
        calendar.holidays.push_back(std::move(holiday));
    }
}

void read_closures(TableReader& file, calendar::Calendar& calendar) {
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
        row.finish();
        calendar.closures.push_back(std::move(closure));
    }
}

}  // namespace

void read_calendar(TableReader& file, calendar::Calendar& calendar) {
    calendar.name = file.text("name");
    calendar.version = static_cast<std::uint64_t>(file.whole("version", 1, 1, 1'000'000'000));
    read_zone(file, calendar);
    for (TableReader& row : file.rows("weekly", "calendar.weekly")) {
        calendar::WeeklyProfile profile{row.day("from"), read_week(row)};
        if (!calendar.weekly.empty() &&
            profile.effective_from <= calendar.weekly.back().effective_from) {
            row.refuse("from", "'from' is not after the weekly row before: expected rising days");
        }
        row.finish();
        calendar.weekly.push_back(std::move(profile));
    }
    for (TableReader& row : file.rows("dated", "calendar.dated")) {
        calendar::DatedProfile profile{row.text("name"), row.day("first_day"), row.day("last_day"),
                                       read_week(row)};
        demand_order(row, profile.first_day, profile.last_day);
        row.finish();
        calendar.dated.push_back(std::move(profile));
    }
    read_holidays(file, calendar);
    read_closures(file, calendar);
    file.finish();
    if (calendar.zone.empty()) file.refuse("", "no [[zone]]: expected the offset from UTC");
    if (calendar.weekly.empty()) file.refuse("", "no [[weekly]]: expected the weekly hours");
}

}  // namespace amer::config

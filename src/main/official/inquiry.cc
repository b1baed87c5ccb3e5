#include "main/official/inquiry.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/calendar/place.h"
#include "main/official/day_words.h"
#include "main/official/predict.h"

namespace amer::official {
namespace {

using calendar::Calendar;
using calendar::Holiday;
using calendar::HolidayStatus;
using calendar::LocalDay;
using std::chrono::days;
using std::chrono::sys_days;

constexpr days kLookedAt{400};
constexpr days kAnnouncedBefore{30};

class Inquiry {
public:
    Inquiry(const Calendar& whole, const std::vector<centre::Unit>& units, LocalDay today)
        : whole_{whole}, units_{units}, today_{today}, centre_{calendar::calendar_of(whole, {})} {}

    std::vector<Finding> run() {
        look_for_gap("the centre", centre_);
        for (const centre::Unit& unit : units_) {
            const Calendar its =
                calendar::calendar_of(whole_, {.emirate = unit.emirate, .office = unit.id.value});
            if (its != centre_) look_for_gap(fmt::format("unit '{}'", unit.id.value), its);
        }
        look_for_overlaps();
        look_for_unannounced();
        look_for_empty_years();
        look_for_weekends();
        look_for_ramadan();
        std::stable_sort(found_.begin(), found_.end(),
                         [](const Finding& one, const Finding& other) {
                             return one.is_wrong && !other.is_wrong;
                         });
        return std::move(found_);
    }

private:
    void is_wrong(std::string text) { found_.push_back({true, std::move(text)}); }
    void remark(std::string text) { found_.push_back({false, std::move(text)}); }

    static std::string title(const Holiday& holiday) {
        const std::string scope = scope_text(holiday.scope);
        return fmt::format("'{}' {}{}{}", holiday.id,
                           days_text(holiday.first_day, holiday.last_day),
                           scope.empty() ? "" : " of ", scope);
    }

    // The first day from which on nobody could be told when he is called back.
    void look_for_gap(const std::string& place, const Calendar& its) {
        for (days ahead{0}; ahead < kLookedAt; ++ahead) {
            const LocalDay day{sys_days{today_} + ahead};
            const Instant midnight = calendar::instant_of(its, day, 0);
            if (calendar::next_opening(its, midnight) || calendar::is_open(its, midnight)) continue;
            is_wrong(
                fmt::format("{} does not open in the 30 days after {}: calls then can be "
                            "promised nothing",
                            place, calendar::text_of(day)));
            return;
        }
    }

    // A prediction that was decided otherwise counts nowhere.
    bool counts(const Holiday& holiday) const {
        if (holiday.status == HolidayStatus::cancelled) return false;
        if (holiday.status != HolidayStatus::predicted) return true;
        Calendar alone = whole_;
        alone.holidays.clear();
        for (const Holiday& other : whole_.holidays) {
            if (other.id != holiday.id || other.scope != holiday.scope) continue;
            alone.holidays.push_back(other);
            alone.holidays.back().scope = {};
        }
        const auto left = calendar::holiday_on(alone, holiday.first_day);
        return left && left->status == HolidayStatus::predicted;
    }

    void look_for_overlaps() {
        const std::vector<Holiday>& rows = whole_.holidays;
        for (auto one = rows.begin(); one != rows.end(); ++one) {
            if (!counts(*one)) continue;
            for (auto other = one + 1; other != rows.end(); ++other) {
                const bool overlap = one->scope == other->scope &&
                                     one->first_day <= other->last_day &&
                                     other->first_day <= one->last_day;
                if (!overlap || !counts(*other)) continue;
                is_wrong(fmt::format("holidays {} and {} overlap", title(*one), title(*other)));
            }
        }
    }

    void look_for_unannounced() {
        const LocalDay until{sys_days{today_} + kAnnouncedBefore};
        for (const Holiday& holiday : whole_.holidays) {
            const bool is_near = holiday.last_day >= today_ && holiday.first_day <= until;
            if (!is_near || holiday.status != HolidayStatus::predicted || !counts(holiday))
                continue;
            is_wrong(
                fmt::format("holiday {} is only predicted, and near: no row says what was "
                            "announced",
                            title(holiday)));
        }
    }

    void look_for_empty_years() {
        std::set<int> years;
        for (const Holiday& holiday : whole_.holidays) {
            years.insert(int{holiday.first_day.year()});
            years.insert(int{holiday.last_day.year()});
        }
        const int this_year = int{today_.year()};
        for (const int year : {this_year, this_year + 1}) {
            if (years.contains(year)) continue;
            is_wrong(fmt::format("{} has no holiday: amer calendar predict --year {} proposes rows",
                                 year, year));
        }
    }

    // It gives nobody a day off; perhaps the Cabinet will move it.
    void look_for_weekends() {
        Calendar without = centre_;
        without.holidays.clear();
        for (const Holiday& holiday : whole_.holidays) {
            if (holiday.last_day < today_ || !counts(holiday)) continue;
            bool has_working_day = false;
            for (sys_days at{holiday.first_day}; at <= sys_days{holiday.last_day}; at += days{1}) {
                has_working_day |= !calendar::spans_on(without, LocalDay{at}).empty();
            }
            if (has_working_day) continue;
            remark(fmt::format("holiday {} lies on a weekend and gives no further day",
                               title(holiday)));
        }
    }

    void look_for_ramadan() {
        const auto [first, last] = next_ramadan(today_);
        if (sys_days{first} >= sys_days{today_} + kLookedAt) return;
        // Its middle: the moon may move its ends by a day.
        const LocalDay middle{sys_days{first} + days{14}};
        const bool has_hours = std::any_of(
            centre_.dated.begin(), centre_.dated.end(), [&](const calendar::DatedProfile& row) {
                return row.first_day <= middle && middle <= row.last_day;
            });
        if (has_hours) return;
        remark(
            fmt::format("Ramadan, about {}, has no hours of its own: no [[dated]] row lies there",
                        days_text(first, last)));
    }

    const Calendar& whole_;
    const std::vector<centre::Unit>& units_;
    LocalDay today_;
    Calendar centre_;
    std::vector<Finding> found_;
};

}  // namespace

std::vector<Finding> look_into(const Calendar& calendar, const std::vector<centre::Unit>& units,
                               LocalDay today) {
    return Inquiry{calendar, units, today}.run();
}

}  // namespace amer::official

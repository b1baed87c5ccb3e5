#include "core/calendar/place.h"

#include <algorithm>

namespace amer::calendar {

namespace {

template <typename Row>
std::vector<Row> rows_at(const std::vector<Row>& rows, const Place& place) {
    std::vector<Row> kept;
    for (const Row& row : rows) {
        if (!holds_at(row.scope, place)) continue;
        kept.push_back(row);
        kept.back().scope = Scope{};
    }
    return kept;
}

bool is_wider(const WeeklyProfile& one, const WeeklyProfile& other) {
    return one.scope.kind < other.scope.kind;
}

// Of the rows that hold, those that no narrower row has taken the place of by then.
std::vector<WeeklyProfile> narrowest(const std::vector<WeeklyProfile>& rows, const Place& place) {
    std::vector<WeeklyProfile> kept;
    for (const WeeklyProfile& row : rows) {
        if (!holds_at(row.scope, place)) continue;
        const bool is_replaced =
            std::any_of(rows.begin(), rows.end(), [&](const WeeklyProfile& other) {
                return holds_at(other.scope, place) && is_wider(row, other) &&
                       other.effective_from <= row.effective_from;
            });
        if (is_replaced) continue;
        kept.push_back(row);
        kept.back().scope = Scope{};
    }
    return kept;
}

}  // namespace

bool holds_at(const Scope& scope, const Place& place) {
    switch (scope.kind) {
        case Scope::Kind::federal: return true;
        case Scope::Kind::emirate: return !place.emirate.empty() && scope.where == place.emirate;
        case Scope::Kind::office: return !place.office.empty() && scope.where == place.office;
    }
    return false;
}

Calendar calendar_of(const Calendar& whole, const Place& place) {
    Calendar its = whole;
    its.weekly = narrowest(whole.weekly, place);
    its.dated = rows_at(whole.dated, place);
    its.holidays = rows_at(whole.holidays, place);
    its.closures = rows_at(whole.closures, place);
    return its;
}

}  // namespace amer::calendar

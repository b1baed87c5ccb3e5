// Which hours hold, and what a change of them does to what is owed.
#include <fmt/format.h>

#include "witness.h"

namespace amer::year {

using namespace centre;

calendar::Place Witness::place_of(const QueueId& queue) const {
    for (const Queue& row : rules_.queues) {
        if (row.id != queue) continue;
        for (const Unit& unit : rules_.units) {
            if (unit.id == row.unit) return {unit.emirate, unit.id.value};
        }
    }
    return {};
}

const PlainHours& Witness::hours_of(const QueueId& queue) const {
    const calendar::Place place = place_of(queue);
    for (const auto& [where, hours] : hours_) {
        if (where == place) return hours;
    }
    throw YearFailed{fmt::format("queue {} is in no known place", queue.value)};
}

const PlainHours& Witness::hours_before(const QueueId& queue) const {
    const calendar::Place place = place_of(queue);
    for (const auto& [where, hours] : hours_before_) {
        if (where == place) return hours;
    }
    return hours_of(queue);
}

void Witness::change_calendar(const calendar::Calendar& rows) {
    if (!has_new_calendar_) hours_before_ = std::move(hours_);
    has_new_calendar_ = true;
    hours_.clear();
    std::vector<calendar::Place> places;
    for (const Queue& row : rules_.queues) {
        const calendar::Place place = place_of(row.id);
        if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
    }
    for (const calendar::Place& place : places) hours_.emplace_back(place, PlainHours{rows, place});
}

// The rows are those of the document; what was closed by command stays closed.
void Witness::judge(const ConfigurationPublished& published, Instant) {
    rules_ = published.configuration;
    std::erase_if(rules_.calendar.closures,
                  [&](const calendar::Closure& row) { return closures_.contains(row.id); });
    for (const auto& [id, closure] : closures_) rules_.calendar.closures.push_back(closure);
    change_calendar(rules_.calendar);
}

void Witness::judge(const ClosureSet& set, Instant) {
    closures_[set.closure.id] = set.closure;
    std::vector<calendar::Closure>& rows = rules_.calendar.closures;
    std::erase_if(rows, [&](const auto& row) { return row.id == set.closure.id; });
    rows.push_back(set.closure);
    change_calendar(rules_.calendar);
}

void Witness::judge(const PromiseRedated& redated, Instant) {
    ++sum_.redated;
    Owed& owed = open_promise(redated.promise);
    expect(redated.due_before == owed.due, "it is said when it was due before", redated.promise);
    expect(redated_.emplace(redated.promise, owed.due).second, "it is dated anew once",
           redated.promise);
    to_be_told_.erase({owed.due.until, redated.promise});
    owed.due = redated.due;
    owed.is_overdue = false;
    to_be_told_.insert({owed.due.until, redated.promise});
    judge_next_try(redated.promise, redated.next_try, redated.next_try);
    letters_.expect(rules_.notifications, notification::Occasion::promise_redated, redated.promise,
                    owed.number);
}

// Nothing: as it was.
std::optional<Window> Witness::due_after_change(const Owed& owed, Instant at) const {
    const PlainHours& before = hours_before(owed.as_made.queue);
    const PlainHours& after = hours_of(owed.as_made.queue);
    const Instant made_at = owed.as_made.made_at;
    const std::optional<Window> due = after.owed_since(made_at);
    if (due != before.owed_since(made_at)) {
        return due && due->until > at ? due : after.owed_since(at);
    }
    // It was moved before, away from hours that have passed. It stays in what is left of the hours
    // it was moved to; else it is due in those that are open now, or open next.
    const bool was_moved = due && due->until <= at && owed.due.until > at;
    if (!was_moved) return std::nullopt;
    const std::optional<Window> now = after.owed_since(at);
    const bool has_begun = owed.due.from <= at;
    const bool is_in_them = now && has_begun && now->from == at && now->until == owed.due.until;
    return is_in_them || now == owed.due ? std::nullopt : now;
}

void Witness::judge_redating(Instant at) {
    for (const auto& [id, row] : state_.promises) {
        const Owed& owed = promises_.at(id);
        const auto change = redated_.find(id);
        const Window before = change == redated_.end() ? owed.due : change->second;
        if (owed.is_dialling && change == redated_.end()) continue;
        Owed as_before = owed;
        as_before.due = before;
        const std::optional<Window> due = due_after_change(as_before, at);
        expect(owed.due == due.value_or(before),
               fmt::format("promise {} is dated by the new calendar", id.value), id);
        expect(row.due == owed.due, "the state has the new date", id);
    }
    redated_.clear();
    hours_before_.clear();
    has_new_calendar_ = false;
}

}  // namespace amer::year

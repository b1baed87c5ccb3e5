#include "core/centre/rules.h"

// The centre, or an office, closes and opens again by one word: a storm, a fire alarm.
namespace amer::centre {

namespace {

using calendar::Closure;
using calendar::Scope;

constexpr std::chrono::hours kLongest{30 * 24};

std::optional<Rejection> unless_it_may_be(const World& world, const Closure& closure, Instant now) {
    if (closure.until <= closure.from) return not_now("it ends before it begins");
    if (closure.until <= now) return not_now("its end has passed");
    if (closure.until > now + kLongest) {
        return not_now("it ends in more than 30 days: write it into the calendar instead");
    }
    const std::vector<Unit>& units = world.configuration().units;
    const auto is_there = [&](const Unit& unit) { return unit.emirate == closure.scope.where; };
    switch (closure.scope.kind) {
        case Scope::Kind::federal: return std::nullopt;
        case Scope::Kind::office:
            if (world.unit_row(UnitId{closure.scope.where}) != nullptr) return std::nullopt;
            return not_now(
                fmt::format("'{}' is no department or branch of this centre", closure.scope.where));
        case Scope::Kind::emirate:
            if (std::any_of(units.begin(), units.end(), is_there)) return std::nullopt;
            return not_now(
                fmt::format("no branch stands in the emirate '{}'", closure.scope.where));
    }
    return std::nullopt;
}

void set_closure(Deciding& deciding, const Closure& closure, const std::string& by) {
    const CalendarsBefore before = calendars_before(deciding);
    deciding.add(ClosureSet{closure, before.centre.version + 1, by});
    redate_promises(deciding, before);
}

}  // namespace

std::optional<Rejection> decide_close(Deciding& deciding, const CloseCentre& command) {
    Closure closure = command.closure;
    closure.from = std::max(closure.from, deciding.now());
    for (const Closure& row : deciding.world().calendar().closures) {
        const bool is_in_force = row.from <= deciding.now() && deciding.now() < row.until;
        const bool goes_on = row.id == closure.id && closure.from == deciding.now();
        if (is_in_force && goes_on) closure.from = row.from;
    }
    if (auto rejection = unless_it_may_be(deciding.world(), closure, deciding.now())) {
        return rejection;
    }
    if (closure.id.empty()) {
        closure.id = fmt::format("closed-{}", deciding.world().calendar().version + 1);
    }
    set_closure(deciding, closure, command.by);
    return std::nullopt;
}

std::optional<Rejection> decide_reopen(Deciding& deciding, const ReopenCentre& command) {
    const Instant now = deciding.now();
    std::vector<Closure> ended;
    for (const Closure& row : deciding.world().calendar().closures) {
        const bool is_meant = command.closure.empty() ? row.from <= now && now < row.until
                                                      : row.id == command.closure;
        if (is_meant && now < row.until) ended.push_back(row);
    }
    if (ended.empty()) {
        return not_now(
            command.closure.empty()
                ? "no closure is in force"
                : fmt::format("no closure '{}' is in force or to come", command.closure));
    }
    for (Closure& closure : ended) {
        closure.until = std::max(closure.from, now);
        set_closure(deciding, closure, command.by);
    }
    return std::nullopt;
}

}  // namespace amer::centre

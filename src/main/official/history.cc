#include "main/official/history.h"

#include <algorithm>

#include <fmt/format.h>

#include "main/official/changes.h"

namespace amer::official {

using calendar::Calendar;
using calendar::Closure;

namespace {

// As the core does when it applies it: the one of its id is changed, a new one is added.
void set_closure(Calendar& calendar, const Closure& closure) {
    const auto same = std::find_if(calendar.closures.begin(), calendar.closures.end(),
                                   [&](const Closure& row) { return row.id == closure.id; });
    if (same == calendar.closures.end()) {
        calendar.closures.push_back(closure);
    } else {
        *same = closure;
    }
}

}  // namespace

void History::take(const engine::Entry& entry) {
    if (const auto* published = std::get_if<centre::ConfigurationPublished>(&entry.event)) {
        const Calendar& calendar = published->configuration.calendar;
        const bool is_new = versions_.empty() || versions_.back().number != calendar.version;
        if (!is_new) return;
        come(calendar, entry.at,
             fmt::format("configuration {} was published", published->configuration.version));
    } else if (const auto* set = std::get_if<centre::ClosureSet>(&entry.event)) {
        Calendar calendar = versions_.empty() ? Calendar{} : versions_.back().calendar;
        set_closure(calendar, set->closure);
        calendar.version = set->calendar_version;
        const bool is_ended = set->closure.until <= std::max(entry.at, set->closure.from);
        come(std::move(calendar), entry.at,
             fmt::format("{} by {}", is_ended ? "reopened" : "closed", set->by));
    } else if (const auto* moved = std::get_if<centre::PromiseRedated>(&entry.event)) {
        const auto version =
            std::find_if(versions_.rbegin(), versions_.rend(),
                         [&](const Version& one) { return one.number == moved->calendar_version; });
        if (version != versions_.rend()) ++version->promises_moved;
    }
}

void History::come(Calendar calendar, Instant since, std::string cause) {
    Version version;
    version.number = calendar.version;
    version.since = since;
    version.cause = std::move(cause);
    if (!versions_.empty()) version.changes = changes_between(versions_.back().calendar, calendar);
    version.calendar = std::move(calendar);
    versions_.push_back(std::move(version));
}

const History::Version* History::believed_on(calendar::LocalDay day) const {
    const Version* believed = nullptr;
    for (const Version& version : versions_) {
        const Instant begin = calendar::instant_of(version.calendar, day, 0);
        if (version.since < calendar::next_midnight(version.calendar, begin)) believed = &version;
    }
    return believed;
}

}  // namespace amer::official

#pragma once

#include <string>

#include "core/calendar/calendar.h"

namespace amer::calendar {

// Where an office stands.
struct Place {
    std::string emirate;  // "": in none that rows name
    std::string office;   // the id of a unit; "": none

    bool operator==(const Place&) const = default;
};

// Does a row of this scope hold there?
bool holds_at(const Scope& scope, const Place& place);

// The calendar of a place, its version that of the whole: rows that hold there, all as if they were
// federal; weekly rows of the place itself, from their first day on, instead of wider ones.
Calendar calendar_of(const Calendar& whole, const Place& place);

}  // namespace amer::calendar

#pragma once

#include <vector>

#include "core/calendar/calendar.h"

namespace amer::calendar {

// Adds the closure to those of a calendar, or puts it in the place of the one of its id.
void set_closure(std::vector<Closure>& closures, const Closure& closure);

}  // namespace amer::calendar

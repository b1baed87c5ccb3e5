#pragma once

#include <utility>
#include <vector>

#include "core/calendar/calendar.h"

namespace amer::official {

// The holidays of Cabinet Resolution 27 of 2024 that begin in that year: those of fixed days as
// announced by it, those of the moon as predicted by Umm al-Qura, which may be a day off.
std::vector<calendar::Holiday> proposed_holidays(int year);

// The first and the last day of the Ramadan that that day lies in, or of the next one.
std::pair<calendar::LocalDay, calendar::LocalDay> next_ramadan(calendar::LocalDay day);

}  // namespace amer::official

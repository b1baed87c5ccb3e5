#pragma once

#include <cstdint>
#include <optional>

#include "core/calendar/calendar.h"

// Time as targets count it (domain.md section 3): the working days and the open hours of the
// calendar, everything else stands still. Nothing instead of an instant: more than 30 days in a row
// are closed, or the calendar has ended; the caller raises an alarm.
namespace amer::calendar {

// The end of the hours of the `count`-th working day (from 1 on); the first one is the next working
// day after the local day of `from`.
std::optional<Instant> end_of_working_day(const Calendar& calendar, Instant from,
                                          std::int32_t count);

// The instant at which the centre has been open for `open` since `from`; `from` itself when that is
// zero.
std::optional<Instant> after_open_time(const Calendar& calendar, Instant from, Duration open);

// How long the centre is open in [from, until).
Duration open_time_between(const Calendar& calendar, Instant from, Instant until);

}  // namespace amer::calendar

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/calendar/calendar.h"
#include "core/calendar/place.h"

namespace amer::year {

// The official hours of a place as somebody finds them who reads the rows from the top and walks
// from minute to minute: slow, obvious, and nothing of core/calendar's arithmetic in it. Knows
// zones that never step, as Asia/Dubai.
class PlainHours {
public:
    PlainHours(calendar::Calendar rows, calendar::Place place);

    bool is_open(Instant at) const;
    // When what is owed since then is to be done: the rest of an open stretch, else the next
    // opening up to the end of that local day's hours. Nothing within 30 days.
    std::optional<Window> owed_since(Instant at) const;
    // The first instant from then on that is open and within these minutes of its local day.
    std::optional<Instant> callable_from(Instant at, std::int32_t from_minute,
                                         std::int32_t until_minute) const;
    std::int64_t day_of(Instant at) const;
    std::int32_t minute_of(Instant at) const;

private:
    bool look(Instant at) const;
    bool is_holiday(std::int64_t day) const;
    const calendar::WeekHours* week_of(std::int64_t day) const;
    Instant next_step(Instant at) const;

    calendar::Calendar rows_;
    calendar::Place place_;
    // Of whole minutes that were looked at, from some weeks before the first of them.
    enum class Known : std::uint8_t { no, open, closed };
    mutable std::vector<Known> known_;
    mutable std::int64_t first_known_ = 0;
};

}  // namespace amer::year

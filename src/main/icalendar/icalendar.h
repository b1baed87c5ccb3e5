#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/calendar/calendar.h"

// The rows of the official calendar as an iCalendar file (RFC 5545) and back. libical is seen by
// this folder only.
namespace amer::icalendar {

inline constexpr std::size_t kLargestFile = 1U << 20U;
inline constexpr std::size_t kMostEvents = 5'000;

// One VEVENT for each holiday, dated profile and closure. A UID stays the same when its row is
// moved within its year. `now` stamps them.
std::string write(const calendar::Calendar& calendar, Instant now);

struct Imported {
    struct Row {
        std::uint32_t line = 0;  // of its BEGIN:VEVENT
        calendar::Holiday holiday;
        bool has_one_name = false;  // the file has one language only
    };
    struct Passed {
        std::uint32_t line = 0;
        std::string what;  // that was understood and left out
    };

    std::vector<Row> holidays;
    std::vector<calendar::Closure> closures;
    std::vector<Passed> passed_over;
};

// All-day events are holidays, events with times in UTC closures. The whole file is refused, with
// the line and why, when anything in it is not understood: half a calendar is worse than none.
// A holiday that does not say its status is announced; with `forced` all have that one.
Result<Imported> read(std::string_view text,
                      std::optional<calendar::HolidayStatus> forced = std::nullopt);

}  // namespace amer::icalendar

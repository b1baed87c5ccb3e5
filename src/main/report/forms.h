#pragma once

#include <string>

#include "core/calendar/calendar.h"
#include "main/why/words.h"
#include "measure/report.h"

namespace amer::report {

// The same report for people and for spreadsheets; for programs it is its own canonical JSON. None
// of these adds a number that the report does not have.

why::Words words_of(Language language);

// Lines for a terminal. The calendar says which time of day the journal's last entry has.
std::string as_text(const measure::Report& report, const calendar::Calendar& calendar,
                    const why::Words& words);

// A row for each half hour and one for the whole span, of every queue and kind, and one for each
// hour of the day in which callers were told their wait. With the mark of
// UTF-8 and in Excel's own form of CSV, so that a double click opens Arabic right.
std::string as_csv(const measure::Report& report, const why::Words& words);

// Of a queue or an agent: in this language, or the id when nobody gave it a title.
std::string title_in(const centre::TextPair& title, const std::string& id, Language language);
// "0:17" or "1:02:03", rounded half up.
std::string length_text(std::int64_t us);
// "+0:17" or "-1:02:03"; nothing is "0:00".
std::string signed_length_text(std::int64_t us);
// "10:30"
std::string clock_text(std::int32_t minute);
// "2026-11-19 18:00:05" of the calendar's zone.
std::string time_text(const calendar::Calendar& calendar, Instant instant);
// A line of numbers alone has no direction of its own: a mark gives it that of its page.
std::string from_right_to_left(const std::string& text);

}  // namespace amer::report

#pragma once

#include <string>

#include "core/calendar/calendar.h"
#include "core/terms/terms.h"

// A day of the official calendar in words. The calendar is that of one place
// (core/calendar/place.h), or rows that hold elsewhere would be told.
namespace amer::official {

const char* weekday_of(calendar::LocalDay day);
std::string text_of(const calendar::Calendar& calendar, Instant instant);
std::string hours_text(const calendar::Calendar& calendar, calendar::LocalDay day);
// What makes this day another than its weekday says.
std::string reason_text(const calendar::Calendar& calendar, calendar::LocalDay day,
                        Language language);
// "2027-03-09 to 2027-03-11", or the one day.
std::string days_text(calendar::LocalDay first, calendar::LocalDay last);
// "", "emirate sharjah" or "office khorfakkan"
std::string scope_text(const calendar::Scope& scope);
// "07:30-16:30", spans with a blank between; "closed".
std::string spans_text(const std::vector<calendar::OpenSpan>& spans);

}  // namespace amer::official

#pragma once

#include <memory>

#include <libical/ical.h>

namespace amer::icalendar {

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;  // with all that is in it

// What only our own files say, so that nothing is lost on the way out and back.
inline constexpr const char* kStatus = "X-AMER-STATUS";
inline constexpr const char* kId = "X-AMER-ID";
inline constexpr const char* kNameArabic = "X-AMER-NAME-AR";
inline constexpr const char* kNameEnglish = "X-AMER-NAME-EN";
inline constexpr const char* kScope = "X-AMER-SCOPE";  // "emirate sharjah"
inline constexpr const char* kRule = "X-AMER-RULE";
inline constexpr const char* kAnnouncedOn = "X-AMER-ANNOUNCED-ON";

inline constexpr const char* kHoliday = "HOLIDAY";
inline constexpr const char* kHours = "HOURS";
inline constexpr const char* kClosure = "CLOSURE";

}  // namespace amer::icalendar

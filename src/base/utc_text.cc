#include "base/utc_text.h"

#include <chrono>

#include <fmt/format.h>

namespace amer {

std::string utc_text(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{instant - day};
    const auto fraction = std::chrono::duration_cast<std::chrono::microseconds>(time.subseconds());
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", int{date.year()},
                       unsigned{date.month()}, unsigned{date.day()}, time.hours().count(),
                       time.minutes().count(), time.seconds().count(), fraction.count());
}

}  // namespace amer

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/result.h"

namespace amer {

// RFC 3339: "2026-11-19T18:00:00+04:00", "...Z", fractions of a second to the microsecond. The
// offset must be given: an instant without one is a guess.
Result<Instant> parse_instant(std::string_view text);
// With the given offset from UTC; milliseconds only when there are any.
std::string format_instant(Instant instant, std::int32_t offset_minutes);

}  // namespace amer

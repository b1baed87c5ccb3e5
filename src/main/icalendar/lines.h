#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace amer::icalendar {

inline constexpr std::string_view kByteOrderMark{"\xEF\xBB\xBF"};  // some programs write it first

// Where each VEVENT of the file begins, in order: libical knows no lines. Also what keeps libical
// from files that it would read wrongly or too deeply: components that are not closed, nested
// without end or of kinds that say nothing about days.
Result<std::vector<std::uint32_t>> lines_of_events(std::string_view text);

}  // namespace amer::icalendar

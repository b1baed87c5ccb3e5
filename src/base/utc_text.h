#pragma once

#include <string>

#include "base/instant.h"

namespace amer {

// "2026-11-19T14:00:05.000042Z": always to the microsecond, so that texts of instants sort and are
// compared as they are.
std::string utc_text(Instant instant);

}  // namespace amer

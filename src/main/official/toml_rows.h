#pragma once

#include <string>

#include "core/calendar/calendar.h"

// Rows of the official calendar as config/calendar.toml has them.
namespace amer::official {

std::string as_toml(const calendar::Holiday& holiday);
std::string as_toml(const calendar::Closure& closure);  // instants in UTC

}  // namespace amer::official

#pragma once

#include <string>
#include <vector>

#include "core/calendar/calendar.h"

namespace amer::official {

// What is another in `after`, a sentence for each row that came, went or was changed.
std::vector<std::string> changes_between(const calendar::Calendar& before,
                                         const calendar::Calendar& after);

}  // namespace amer::official

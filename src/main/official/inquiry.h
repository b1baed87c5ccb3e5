#pragma once

#include <string>
#include <vector>

#include "core/centre/configuration.h"

namespace amer::official {

struct Finding {
    bool is_wrong = false;  // else a remark: it may be meant so
    std::string text;

    bool operator==(const Finding&) const = default;
};

// What a careful official wants to know of the calendar on that day, of the coming 400 days and of
// every place with days of its own; what is wrong first.
std::vector<Finding> look_into(const calendar::Calendar& calendar,
                               const std::vector<centre::Unit>& units, calendar::LocalDay today);

}  // namespace amer::official

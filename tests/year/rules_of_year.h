#pragma once

#include <string>
#include <vector>

#include "core/centre/command.h"

namespace amer::year {

inline constexpr const char* kAgents[] = {"amal", "basim", "carla", "dana", "eman", "faris"};
inline constexpr const char* kSharedNumber = "+97142220000";  // an exchange
inline constexpr const char* kOffice = "sharjah";
inline constexpr const char* kDutyMail = "duty@ministry.example";

// What the Cabinet, the ministry or the weather orders, and when it becomes known.
struct Order {
    Instant at;
    std::string what;
    centre::Command command;
};

// The rules of the first of January 2026, of which the year knows only what was known then: both
// Eids by calculation, no Ramadan hours yet.
centre::Configuration rules_of_new_year();
// In order of time.
std::vector<Order> orders_of_year();

}  // namespace amer::year

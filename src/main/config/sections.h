#pragma once

#include "core/centre/configuration.h"
#include "main/config/settings.h"
#include "main/config/table_reader.h"

// One function for each file of the configuration folder; each reads the whole file.
namespace amer::config {

void read_centre(TableReader& file, centre::Configuration& centre, SystemSettings& system);
// The tables [notifications], [text_gateway] and [mail] of centre.toml.
void read_notifications(TableReader& file, centre::NotificationPlan& plan,
                        NotificationSettings& settings);
void read_numbers(TableReader& file, centre::Configuration& centre);
void read_units(TableReader& file, centre::Configuration& centre);
void read_queues(TableReader& file, centre::Configuration& centre);
void read_agents(TableReader& file, centre::Configuration& centre, SystemSettings& system);
// The rows [[code]] of the same file; numbers and reasons must have been read.
inline constexpr const char* kDeskCodes = "desk_codes";
void read_desk_codes(TableReader& file, const centre::Configuration& centre,
                     std::vector<telephony::DeskCode>& codes);
std::vector<centre::Problem> check_desk_words(const std::vector<telephony::DeskCode>& codes,
                                              const centre::KnownPrompts& known);
void read_trunks(TableReader& file, centre::Configuration& centre);
// The units must have been read: rows may be for one of them.
void read_calendar(TableReader& file, const std::vector<centre::Unit>& units,
                   calendar::Calendar& calendar);
// A file of flows/; the file's path() must be what core calls the flow: "flows.u-main".
flow::Flow read_flow(TableReader& file);

}  // namespace amer::config

#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "core/centre/configuration.h"
#include "main/config/problem.h"
#include "outbox/wording.h"

namespace amer::config {

// The texts that come with the program (texts/notifications.*.toml).
std::map<Language, outbox::Texts> delivered_notification_texts();

// Is this file the ministry's own wording, notifications.ar.toml or notifications.en.toml?
bool is_notification_texts(const std::string& file_name);

// The texts that come with the program, the ministry's own beside its configuration in their place,
// each tried. Where nobody is told anything and there is no wording of their own, what is wrong
// (the ministry's name is too long for a short message) stops nobody: nothing comes back.
std::optional<outbox::Wording> read_notification_texts(const std::filesystem::path& folder,
                                                       const centre::Configuration& centre,
                                                       Findings& findings);

}  // namespace amer::config

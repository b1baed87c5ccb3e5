#pragma once

#include <string_view>

namespace amer::notifications {

// texts/notifications.ar.toml and texts/notifications.en.toml; cmake/AmerEmbed.cmake makes the
// values.
extern const std::string_view kArabic;
extern const std::string_view kEnglish;

}  // namespace amer::notifications

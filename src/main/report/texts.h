#pragma once

#include <string_view>

namespace amer::report {

// texts/report.ar.toml and texts/report.en.toml; cmake/AmerEmbed.cmake makes the values.
extern const std::string_view kArabic;
extern const std::string_view kEnglish;

}  // namespace amer::report

#pragma once

#include <string_view>

namespace amer::whatif {

// texts/whatif.ar.toml and texts/whatif.en.toml; cmake/AmerEmbed.cmake makes the values.
extern const std::string_view kArabic;
extern const std::string_view kEnglish;

}  // namespace amer::whatif

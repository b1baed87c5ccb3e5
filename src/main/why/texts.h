#pragma once

#include <string_view>

namespace amer::why {

// texts/why.ar.toml and texts/why.en.toml; cmake/AmerEmbed.cmake makes the values.
extern const std::string_view kArabic;
extern const std::string_view kEnglish;

}  // namespace amer::why

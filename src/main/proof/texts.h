#pragma once

#include <string_view>

namespace amer::proof {

// texts/proof.ar.toml and texts/proof.en.toml; cmake/AmerEmbed.cmake makes the values.
extern const std::string_view kArabic;
extern const std::string_view kEnglish;

}  // namespace amer::proof

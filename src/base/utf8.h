#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace amer {

// Length in bytes (1 to 4) of the well-formed UTF-8 sequence that `text` begins with, or 0
// (Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF).
std::size_t utf8_sequence(std::string_view text);

// The text with every byte that belongs to no well-formed sequence replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

}  // namespace amer

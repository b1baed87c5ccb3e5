#pragma once

#include <string_view>

namespace amer::notification {

// Does this look like an address that a mail can be sent to? ASCII, one '@', something on both
// sides, nothing that would end a line or a header.
bool is_address(std::string_view text);

}  // namespace amer::notification

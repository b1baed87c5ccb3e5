#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sip/wire/message.h"

namespace amer::sip {

// The session description in a body: bare, or one part of a multipart (RFC 5621 section 3). "" when
// there is none; nothing when the body is of a kind we do not take (415).
std::optional<std::string> session_in(const Message& message);

// Whether the type before its parameters is this one, without case.
bool is_content_type(std::string_view content_type, std::string_view wanted);

// The key pressed, out of an INFO with application/dtmf-relay ("Signal=5") or application/dtmf
// ("5"); '0'-'9', '*', '#', 'A'-'D'. Nothing when the body names none.
std::optional<char> digit_in(const Message& info);

}  // namespace amer::sip

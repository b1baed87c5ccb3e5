#pragma once

#include <optional>
#include <string_view>

#include "sip/wire/message.h"

namespace amer::sip {

inline constexpr std::string_view kAllowed =
    "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, REGISTER";
inline constexpr std::string_view kAccepted =
    "application/sdp, application/dtmf-relay, application/dtmf";

// The refusal that RFC 3261 section 8.2 demands before anybody looks at what the request wants:
// method (405, unheard of: 501), request URI (416), Require (420), content (415), Accept (406).
// Nothing when the request may go on.
std::optional<Message> inspect(const Message& request, std::string_view to_tag);

}  // namespace amer::sip

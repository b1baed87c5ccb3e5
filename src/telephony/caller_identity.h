#pragma once

#include <string>
#include <string_view>

#include "core/terms/terms.h"
#include "sip/wire/message.h"

namespace amer::telephony {

// Who seems to call: P-Asserted-Identity, else Remote-Party-ID, else From (RFC 3325; domain.md
// section 4). "Privacy: id", an anonymous user part or an empty one make him hidden, and then no
// number is kept even if the network sent one: he asked for that.
CallerIdentity identify_caller(const sip::Message& invite, std::string_view country);

// The number of ours that was dialled, as sent: the user part of the request URI, else of To.
std::string dialled_by(const sip::Message& invite);

}  // namespace amer::telephony

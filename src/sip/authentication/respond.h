#pragma once

#include <optional>

#include "sip/authentication/credentials.h"
#include "sip/token/token_source.h"
#include "sip/wire/message.h"

namespace amer::sip {

// The same request with an answer to the challenges of a 401 or 407 (RFC 3261 section 22.2);
// CSeq and Via are the caller's business. Nothing when no challenge can be answered, or when our
// answer was refused and the nonce was not merely stale.
std::optional<Message> with_credentials(const Message& request, const Message& challenge,
                                        const Credentials& credentials, TokenSource& tokens);

}  // namespace amer::sip

#pragma once

#include <optional>
#include <string>
#include <variant>

#include "sip/authentication/nonces.h"

namespace amer::sip {

// Digest, the server's side (RFC 3261 section 22, RFC 7616, RFC 8760).
class Authenticator {
public:
    Authenticator(Surroundings& surroundings, AccessPolicy& policy)
        : around_{surroundings}, policy_{policy}, nonces_{surroundings} {}

    // The user's name, or the challenge to send (401 for REGISTER, 407 for the rest). Unknown
    // users, wrong passwords and no credentials get the very same challenge.
    std::variant<std::string, Message> authenticate(const Message& request,
                                                    std::string_view to_tag);

private:
    enum class Finding : std::uint8_t { genuine, stale, wrong };

    Finding judge(const Message& request, const DigestCredentials& credentials);
    Message challenge(const Message& request, std::string_view to_tag, bool is_stale);

    Surroundings& around_;
    AccessPolicy& policy_;
    Nonces nonces_;
};

}  // namespace amer::sip

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace amer::sip {

// RFC 7616 / RFC 8760. MD5 stays because every desk phone sold can do nothing else.
enum class DigestAlgorithm : std::uint8_t { md5, sha256 };

std::string_view text_of(DigestAlgorithm algorithm);  // "MD5", "SHA-256"

// The parameters of WWW-Authenticate / Proxy-Authenticate.
struct DigestChallenge {
    std::string realm;
    std::string nonce;
    std::string opaque;
    DigestAlgorithm algorithm = DigestAlgorithm::md5;
    bool stale = false;
    bool has_qop_auth = true;

    std::string text() const;  // "Digest realm=..., ..."
};

// The parameters of Authorization / Proxy-Authorization.
struct DigestCredentials {
    std::string username;
    std::string realm;
    std::string nonce;
    std::string uri;
    std::string response;  // lower-case hex
    std::string cnonce;
    std::string opaque;
    std::string qop;                // "auth" or ""
    std::uint32_t nonce_count = 0;  // "nc"
    DigestAlgorithm algorithm = DigestAlgorithm::md5;

    std::string text() const;
};

Result<DigestChallenge> parse_challenge(std::string_view header_value);
Result<DigestCredentials> parse_credentials(std::string_view header_value);

// H(username:realm:password) as lower-case hex; what a registrar stores instead of the password.
std::string digest_ha1(DigestAlgorithm algorithm, std::string_view username, std::string_view realm,
                       std::string_view password);
// The `response` value that these credentials must carry for this method.
std::string digest_response(const DigestCredentials& credentials, std::string_view ha1,
                            std::string_view method);

}  // namespace amer::sip

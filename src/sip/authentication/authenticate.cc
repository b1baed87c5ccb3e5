#include "sip/authentication/authenticate.h"

namespace amer::sip {
namespace {

// What an unknown user's answer is measured against, so that it takes as long as a known one's.
constexpr std::string_view kNobodysSecret =
    "0000000000000000000000000000000000000000000000000000000000000000";

std::optional<DigestCredentials> credentials_of(const Message& request, std::string_view header,
                                                const std::string& realm) {
    for (const Header& candidate : request.headers) {
        if (candidate.name != header) continue;
        auto credentials = parse_credentials(candidate.value);
        if (credentials && credentials->realm == realm) return std::move(*credentials);
    }
    return {};
}

bool is_about(const DigestCredentials& credentials, const Uri& request_uri) {
    if (credentials.uri == request_uri.text()) return true;
    const auto uri = parse_uri(credentials.uri);
    return uri && is_equivalent(*uri, request_uri);
}

}  // namespace

std::variant<std::string, Message> Authenticator::authenticate(const Message& request,
                                                               std::string_view to_tag) {
    const bool is_registrar = request.method == Method::register_;
    const auto credentials = credentials_of(
        request, is_registrar ? "Authorization" : "Proxy-Authorization", around_.options.realm);
    if (!credentials) return challenge(request, to_tag, false);
    const Finding finding = judge(request, *credentials);
    if (finding == Finding::genuine) return credentials->username;
    return challenge(request, to_tag, finding == Finding::stale);
}

Authenticator::Finding Authenticator::judge(const Message& request,
                                            const DigestCredentials& credentials) {
    const auto& offered = around_.options.digests;
    const bool is_offered =
        std::find(offered.begin(), offered.end(), credentials.algorithm) != offered.end();
    const auto secret = policy_.secret_of(credentials.username, credentials.algorithm);
    const std::string expected = digest_response(
        credentials, secret ? std::string_view{*secret} : kNobodysSecret, request.method_text);
    const bool knows_password = is_same_secret(expected, credentials.response);
    if (!is_offered || !secret || !knows_password || !is_about(credentials, request.request_uri)) {
        return Finding::wrong;
    }
    // Only who knows the password learns that a nonce is worn out or was used before.
    if (nonces_.state_of(credentials.nonce) == NonceState::stale) return Finding::stale;
    // Without qop there is no count (RFC 2069): such a nonce serves once.
    const std::uint32_t count = credentials.qop.empty() ? 1 : credentials.nonce_count;
    return nonces_.take_count(credentials.nonce, count) ? Finding::genuine : Finding::stale;
}

Message Authenticator::challenge(const Message& request, std::string_view to_tag, bool is_stale) {
    const bool is_registrar = request.method == Method::register_;
    Message response = make_response(request, is_registrar ? 401 : 407, to_tag);
    DigestChallenge offer;
    offer.realm = around_.options.realm;
    offer.nonce = nonces_.make();
    offer.stale = is_stale;
    // The first one the client can do is the one it should take (RFC 8760 section 2.3).
    for (const DigestAlgorithm algorithm : around_.options.digests) {
        offer.algorithm = algorithm;
        response.add_header(is_registrar ? "WWW-Authenticate" : "Proxy-Authenticate", offer.text());
    }
    return response;
}

}  // namespace amer::sip

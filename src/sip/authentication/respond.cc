#include "sip/authentication/respond.h"

#include "sip/wire/digest.h"

namespace amer::sip {
namespace {

// RFC 8760 section 2.4: the topmost challenge that can be answered.
std::optional<DigestChallenge> answerable(const Message& challenge, std::string_view header) {
    for (const Header& candidate : challenge.headers) {
        if (candidate.name != header) continue;
        if (auto parsed = parse_challenge(candidate.value)) return std::move(*parsed);
    }
    return {};
}

}  // namespace

std::optional<Message> with_credentials(const Message& request, const Message& challenge,
                                        const Credentials& credentials, TokenSource& tokens) {
    if (credentials.username.empty()) return {};
    const bool is_proxy = challenge.status == 407;
    const auto asked = answerable(challenge, is_proxy ? "Proxy-Authenticate" : "WWW-Authenticate");
    if (!asked) return {};
    const std::string header = is_proxy ? "Proxy-Authorization" : "Authorization";
    if (request.header(header) && !asked->stale) return {};

    DigestCredentials answer;
    answer.username = credentials.username;
    answer.realm = asked->realm;
    answer.nonce = asked->nonce;
    answer.opaque = asked->opaque;
    answer.algorithm = asked->algorithm;
    answer.uri = request.request_uri.text();
    if (asked->has_qop_auth) {
        answer.qop = "auth";
        answer.cnonce = tokens.hex(8);
        answer.nonce_count = 1;
    }
    const std::string ha1 =
        digest_ha1(asked->algorithm, credentials.username, asked->realm, credentials.password);
    answer.response = digest_response(answer, ha1, request.method_text);

    Message again = request;
    std::erase_if(again.headers, [&](const Header& kept) { return kept.name == header; });
    again.add_header(header, answer.text());
    return again;
}

}  // namespace amer::sip

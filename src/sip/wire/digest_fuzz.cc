// Challenges and credentials from strangers: what is accepted is written so that it is read back
// the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "sip/wire/digest.h"

namespace amer::sip {
namespace {

void check_challenge(std::string_view text) {
    const auto challenge = parse_challenge(text);
    if (!challenge) return;
    const auto again = parse_challenge(challenge->text());
    AMER_CHECK(again.has_value());
    AMER_CHECK(again->text() == challenge->text());
    AMER_CHECK(again->realm == challenge->realm && again->nonce == challenge->nonce);
}

void check_credentials(std::string_view text) {
    const auto credentials = parse_credentials(text);
    if (!credentials) return;
    const auto again = parse_credentials(credentials->text());
    AMER_CHECK(again.has_value());
    AMER_CHECK(again->text() == credentials->text());
    AMER_CHECK(again->username == credentials->username && again->uri == credentials->uri);
    AMER_CHECK(digest_response(*again, "", "INVITE") ==
               digest_response(*credentials, "", "INVITE"));
}

}  // namespace
}  // namespace amer::sip

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(bytes), size};
    amer::sip::check_challenge(text);
    amer::sip::check_credentials(text);
    return 0;
}

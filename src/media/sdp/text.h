#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The smallest pieces of a session description's text. Nothing here allocates more than its
// answer; every function is one pass over what it is given.
namespace amer::media::sdp {

// A token-char sequence (RFC 8866 section 9).
bool is_token(std::string_view text);
// token *("/" token)
bool is_protocol(std::string_view text);

bool equals_ignoring_case(std::string_view left, std::string_view right);
std::string_view trimmed(std::string_view text);

// The words between blanks and tabs, at most `most` of them; nothing when there are more.
std::optional<std::vector<std::string_view>> words(std::string_view text, std::size_t most);

// Decimal digits only, at most `largest`.
std::optional<std::uint64_t> number(std::string_view text, std::uint64_t largest);
// As number(), but what is too large becomes the largest: session ids of some phones.
std::optional<std::uint64_t> saturated_number(std::string_view text);

enum class AddressKind : std::uint8_t {
    ipv4,
    ipv6,
    unspecified,  // 0.0.0.0 or ::, the hold of RFC 2543
    unusable      // a name, multicast, broadcast, or no address at all
};
AddressKind kind_of_address(std::string_view text);

}  // namespace amer::media::sdp

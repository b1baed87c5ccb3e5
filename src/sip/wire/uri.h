#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sip/wire/parameters.h"

namespace amer::sip {

constexpr std::uint16_t kDefaultPort = 5060;  // of UDP and TCP, RFC 3261 section 19.1.2

// A SIP, SIPS or TEL URI (RFC 3261 section 19.1, RFC 3966); any other scheme is kept whole in
// `opaque`. Percent escapes of `user` and `password` are decoded, those of parameters and headers
// are kept; host is lower case, IPv6 without brackets. text() of what parse_uri() gave is read back
// as the same Uri.
struct Uri {
    std::string scheme;  // lower case: "sip", "sips", "tel", ...
    std::string user;
    std::optional<std::string> password;
    std::string host;
    std::uint16_t port = 0;  // 0: none given
    Parameters parameters;
    std::string headers;  // what stood behind '?', undecoded
    std::string opaque;   // tel: the number; unknown schemes: everything behind the colon

    bool is_sip() const { return scheme == "sip" || scheme == "sips"; }
    std::string text() const;
    bool operator==(const Uri&) const = default;
};

Result<Uri> parse_uri(std::string_view text);

// RFC 3261 section 19.1.4: are these the same address?
bool is_equivalent(const Uri& left, const Uri& right);

// "Display" <uri>;parameters, as in From, To, Contact, Route (RFC 3261 section 20.10).
struct NameAddress {
    std::string display_name;  // decoded
    Uri uri;
    Parameters parameters;  // header parameters, not URI parameters

    std::string_view tag() const { return parameters.find("tag").value_or(""); }
    std::string text() const;
    bool operator==(const NameAddress&) const = default;
};

Result<NameAddress> parse_name_address(std::string_view text);

}  // namespace amer::sip

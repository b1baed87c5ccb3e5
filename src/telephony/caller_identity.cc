#include "telephony/caller_identity.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "telephony/numbering.h"

namespace amer::telephony {

namespace {

constexpr std::size_t kLongestDisplayName = 128;

std::string lower(std::string_view text) {
    std::string result{text};
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

// Several forms of "we may not tell you" seen from networks and phones.
bool is_anonymous(const sip::NameAddress& address) {
    constexpr std::array<std::string_view, 5> kWords{"anonymous", "restricted", "unavailable",
                                                     "unknown", "private"};
    const std::string user =
        lower(address.uri.scheme == "tel" ? address.uri.opaque : address.uri.user);
    const bool no_user = user.empty();
    const bool word = std::find(kWords.begin(), kWords.end(), user) != kWords.end();
    return no_user || word || lower(address.uri.host) == "anonymous.invalid";
}

std::string user_of(const sip::NameAddress& address) {
    const std::string& whole = address.uri.scheme == "tel" ? address.uri.opaque : address.uri.user;
    return whole.substr(0, whole.find(';'));  // tel parameters inside a sip user part
}

std::optional<sip::NameAddress> first_address(const sip::Message& invite, std::string_view name) {
    for (const std::string_view element : invite.list(name)) {
        if (auto address = sip::parse_name_address(element)) return *address;
    }
    return std::nullopt;
}

bool asks_privacy(const sip::Message& invite) {
    const auto privacy = invite.header("Privacy");
    if (!privacy) return false;
    const std::string values = lower(*privacy);
    return values.find("id") != std::string::npos || values.find("user") != std::string::npos;
}

sip::NameAddress asserted_or_claimed(const sip::Message& invite) {
    if (auto asserted = first_address(invite, "P-Asserted-Identity")) return *asserted;
    if (auto remote_party = first_address(invite, "Remote-Party-ID")) return *remote_party;
    return invite.from;
}

}  // namespace

CallerIdentity identify_caller(const sip::Message& invite, std::string_view country) {
    const sip::NameAddress address = asserted_or_claimed(invite);
    const bool remote_party_hides =
        lower(address.parameters.find("privacy").value_or("")) == "full";
    CallerIdentity caller;
    caller.raw = address.uri.text();
    caller.is_hidden = asks_privacy(invite) || remote_party_hides || is_anonymous(address) ||
                       is_anonymous(invite.from);
    if (caller.is_hidden) return caller;

    caller.display_name = address.display_name.substr(0, kLongestDisplayName);
    const auto number = normalise(user_of(address), country);
    if (number && is_callable(*number)) caller.number = *number;
    return caller;
}

std::string dialled_by(const sip::Message& invite) {
    sip::NameAddress target;
    target.uri = invite.request_uri;
    const std::string user = user_of(target);
    return user.empty() ? user_of(invite.to) : user;
}

}  // namespace amer::telephony

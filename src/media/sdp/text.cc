#include "media/sdp/text.h"

#include <arpa/inet.h>

#include <algorithm>
#include <limits>

namespace amer::media::sdp {
namespace {

bool is_token_char(char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7f) return false;
    return std::string_view{"\"(),/:;<=>?@[\\]"}.find(c) == std::string_view::npos;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

AddressKind kind_of_ipv4(const unsigned char* bytes) {
    if (bytes[0] == 0)
        return (bytes[1] | bytes[2] | bytes[3]) == 0 ? AddressKind::unspecified
                                                     : AddressKind::unusable;
    // 224/4 is multicast, 240/4 reserved, and the last of it is broadcast (RFC 6890).
    return bytes[0] >= 224 ? AddressKind::unusable : AddressKind::ipv4;
}

AddressKind kind_of_ipv6(const in6_addr& address) {
    if (IN6_IS_ADDR_UNSPECIFIED(&address)) return AddressKind::unspecified;
    if (IN6_IS_ADDR_MULTICAST(&address)) return AddressKind::unusable;
    if (IN6_IS_ADDR_V4MAPPED(&address) || IN6_IS_ADDR_V4COMPAT(&address)) {
        // ::1 counts as "v4 compatible"; the loopback address is an honest one.
        if (IN6_IS_ADDR_LOOPBACK(&address)) return AddressKind::ipv6;
        return AddressKind::unusable;
    }
    return AddressKind::ipv6;
}

}  // namespace

bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

bool is_protocol(std::string_view text) {
    while (true) {
        const std::size_t slash = text.find('/');
        if (!is_token(text.substr(0, slash))) return false;
        if (slash == std::string_view::npos) return true;
        text.remove_prefix(slash + 1);
    }
}

bool equals_ignoring_case(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char one, char other) { return lower(one) == lower(other); });
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_blank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::optional<std::vector<std::string_view>> words(std::string_view text, std::size_t most) {
    std::vector<std::string_view> found;
    for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
        if (found.size() == most) return std::nullopt;
        const auto end = std::find_if(text.begin(), text.end(), is_blank);
        const auto length = static_cast<std::size_t>(end - text.begin());
        found.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return found;
}

std::optional<std::uint64_t> number(std::string_view text, std::uint64_t largest) {
    if (text.empty()) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        const auto digit = static_cast<std::uint64_t>(c - '0');
        if (value > (largest - std::min(digit, largest)) / 10) return std::nullopt;
        value = value * 10 + digit;
    }
    return value <= largest ? std::optional{value} : std::nullopt;
}

std::optional<std::uint64_t> saturated_number(std::string_view text) {
    constexpr auto kLargest = std::numeric_limits<std::uint64_t>::max();
    if (const auto value = number(text, kLargest)) return value;
    const bool all_digits =
        !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    return all_digits ? std::optional{kLargest} : std::nullopt;
}

AddressKind kind_of_address(std::string_view text) {
    if (text.empty() || text.size() >= INET6_ADDRSTRLEN) return AddressKind::unusable;
    const std::string terminated{text};
    in_addr four{};
    if (inet_pton(AF_INET, terminated.c_str(), &four) == 1) {
        return kind_of_ipv4(reinterpret_cast<const unsigned char*>(&four.s_addr));
    }
    in6_addr six{};
    if (inet_pton(AF_INET6, terminated.c_str(), &six) == 1) return kind_of_ipv6(six);
    return AddressKind::unusable;
}

}  // namespace amer::media::sdp

#include "outbox/url.h"

#include <algorithm>
#include <memory>

#include <curl/curl.h>

namespace amer::outbox {
namespace {

constexpr unsigned kHighestPort = 65'535;

std::string part_of(CURLU* url, CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(url, which, &text, 0) != CURLUE_OK) return "";
    std::string part{text};
    curl_free(text);
    return part;
}

bool is_host(const std::string& host) {
    const auto may_stand = [](char letter) {
        const bool is_small = letter >= 'a' && letter <= 'z';
        const bool is_capital = letter >= 'A' && letter <= 'Z';
        const bool is_digit = letter >= '0' && letter <= '9';
        return is_small || is_capital || is_digit || letter == '-' || letter == '.' ||
               letter == ':';
    };
    return !host.empty() && std::all_of(host.begin(), host.end(), may_stand);
}

}  // namespace

bool is_loopback(const std::string& host) {
    if (host == "localhost" || host == "::1" || host == "[::1]") return true;
    const bool is_literal = host.find_first_not_of("0123456789.") == std::string::npos &&
                            std::count(host.begin(), host.end(), '.') == 3;
    return is_literal && host.starts_with("127.");
}

std::optional<std::string> complaint_of_url(const std::string& url, bool allow_insecure) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parsed{curl_url(), curl_url_cleanup};
    if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) {
        return R"(expected an address such as "https://gateway.example/send")";
    }
    const std::string scheme = part_of(parsed.get(), CURLUPART_SCHEME);
    if (scheme != "https" && scheme != "http") return "expected an address of https or http";
    if (!part_of(parsed.get(), CURLUPART_USER).empty()) {
        return "expected an address without a user; put the secret into a file ('secret_file')";
    }
    const bool is_safe = scheme == "https" || is_loopback(part_of(parsed.get(), CURLUPART_HOST));
    if (!is_safe && !allow_insecure) {
        return "numbers and names would leave this machine unencrypted: expected https, or "
               "allow_insecure = true";
    }
    return std::nullopt;
}

std::optional<HostAndPort> host_and_port(const std::string& text) {
    HostAndPort parts;
    std::string port;
    const std::size_t bracket = text.find(']');
    if (text.starts_with('[') && bracket != std::string::npos) {
        parts.host = text.substr(1, bracket - 1);
        port = text.substr(bracket + 1);
    } else {
        const std::size_t colon = std::min(text.find(':'), text.size());
        parts.host = text.substr(0, colon);
        port = text.substr(colon);
    }
    if (!is_host(parts.host)) return std::nullopt;
    if (port.empty()) return parts;
    const bool is_number = port.size() > 1 && port.size() <= 6 && port[0] == ':' &&
                           port.find_first_not_of("0123456789", 1) == std::string::npos;
    if (!is_number) return std::nullopt;
    parts.port = static_cast<unsigned>(std::stoul(port.substr(1)));
    if (parts.port == 0 || parts.port > kHighestPort) return std::nullopt;
    return parts;
}

}  // namespace amer::outbox

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "sip/wire/characters.h"
#include "sip/wire/uri.h"

namespace amer::sip {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// Escapes and case count for nothing in parameters and headers (RFC 3261 section 19.1.4).
std::string folded(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); i++) {
        char c = text[i];
        if (c == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
            hex_value(text[i + 2]) >= 0) {
            c = static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        }
        result.push_back(lower(c));
    }
    return result;
}

Pairs sorted_parameters(const Parameters& parameters) {
    Pairs pairs;
    for (const Parameter& parameter : parameters.all()) {
        pairs.emplace_back(folded(parameter.name), folded(parameter.value.value_or("")));
    }
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    return pairs;
}

Pairs sorted_headers(std::string_view headers) {
    Pairs pairs;
    while (!headers.empty()) {
        const std::size_t end = headers.find('&');
        const std::string_view one = headers.substr(0, end);
        const std::size_t equals = one.find('=');
        const bool has_value = equals != std::string_view::npos;
        pairs.emplace_back(folded(one.substr(0, equals)),
                           folded(has_value ? one.substr(equals + 1) : std::string_view{}));
        headers = end == std::string_view::npos ? std::string_view{} : headers.substr(end + 1);
    }
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

// These change where a request goes or what it is, so one of them on one side only never matches.
bool matters_alone(std::string_view name) {
    return name == "user" || name == "ttl" || name == "method" || name == "maddr" ||
           name == "transport";
}

bool match(const Parameters& left, const Parameters& right) {
    const Pairs a = sorted_parameters(left);
    const Pairs b = sorted_parameters(right);
    auto i = a.begin();
    auto j = b.begin();
    while (i != a.end() || j != b.end()) {
        const bool only_left = j == b.end() || (i != a.end() && i->first < j->first);
        const bool only_right = i == a.end() || (j != b.end() && j->first < i->first);
        if (only_left || only_right) {
            const auto& alone = only_left ? i : j;
            if (matters_alone(alone->first)) return false;
            only_left ? ++i : ++j;
            continue;
        }
        if (i->second != j->second) return false;
        ++i;
        ++j;
    }
    return true;
}

// RFC 3966 section 4: visual separators count for nothing.
std::string digits_of(std::string_view number) {
    std::string result;
    for (const char c : number) {
        if (c != '-' && c != '.' && c != '(' && c != ')') result.push_back(lower(c));
    }
    return result;
}

}  // namespace

bool is_equivalent(const Uri& left, const Uri& right) {
    if (left.scheme != right.scheme) return false;
    if (left.scheme == "tel") {
        return digits_of(left.opaque) == digits_of(right.opaque) &&
               sorted_parameters(left.parameters) == sorted_parameters(right.parameters);
    }
    if (!left.is_sip()) return left.opaque == right.opaque;
    return left.user == right.user && left.password == right.password &&
           equals_ignoring_case(left.host, right.host) && left.port == right.port &&
           match(left.parameters, right.parameters) &&
           sorted_headers(left.headers) == sorted_headers(right.headers);
}

}  // namespace amer::sip

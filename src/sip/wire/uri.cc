#include "sip/wire/uri.h"

#include <arpa/inet.h>

#include <algorithm>

#include "sip/wire/grammar.h"

namespace amer::sip {
namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

void append_escaped(std::string& out, std::string_view text, std::uint8_t plain) {
    for (const char c : text) {
        if (is_of(c, plain)) {
            out.push_back(c);
            continue;
        }
        const auto octet = static_cast<unsigned char>(c);
        out.push_back('%');
        out.push_back(kHexDigits[octet >> 4U]);
        out.push_back(kHexDigits[octet & 15U]);
    }
}

// A '%' that starts no escape stands for itself; refusing it would refuse real phones.
std::string unescape(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); i++) {
        if (text[i] == '%' && i + 2 < text.size()) {
            const int high = hex_value(text[i + 1]);
            const int low = hex_value(text[i + 2]);
            if (high >= 0 && low >= 0) {
                result.push_back(static_cast<char>(high * 16 + low));
                i += 2;
                continue;
            }
        }
        result.push_back(text[i]);
    }
    return result;
}

// RFC 3261's grammar wrongly allowed ":::" before an embedded IPv4 address; RFC 5118 section 4.10
// asks to understand it and never to send it.
std::optional<std::string> read_ipv6(std::string_view text) {
    if (text.size() > 45) return std::nullopt;
    std::string address = lower_case(text);
    if (const auto at = address.find(":::"); at != std::string::npos) {
        if (address.find('.') == std::string::npos) return std::nullopt;
        address.erase(at, 1);
    }
    in6_addr binary{};
    if (inet_pton(AF_INET6, address.c_str(), &binary) != 1) return std::nullopt;
    return address;
}

bool read_port(Cursor& cursor, std::uint16_t& port) {
    const std::size_t start = cursor.at;
    unsigned value = 0;
    while (!cursor.is_done() && is_digit(cursor.text[cursor.at])) {
        value = value * 10 + static_cast<unsigned>(cursor.text[cursor.at] - '0');
        if (value > 65'535) return false;
        cursor.at++;
    }
    if (cursor.at == start || value == 0) return false;
    port = static_cast<std::uint16_t>(value);
    return true;
}

bool is_clean_opaque(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return is_of(c, kVisible | kPlainValue) && c != '<' && c != '>' && c != '"';
    });
}

bool read_uri_parameters(std::string_view text, Parameters& parameters) {
    Cursor cursor{text};
    while (!cursor.is_done()) {
        if (!cursor.is_at(';')) return false;
        cursor.at++;
        const std::string_view piece = cursor.take_while(kUriParameter);
        const std::size_t equals = piece.find('=');
        const std::string_view name = piece.substr(0, equals);
        if (name.empty()) return false;
        std::optional<std::string> value;
        if (equals != std::string_view::npos) value = std::string{piece.substr(equals + 1)};
        parameters.add(Parameter{std::string{name}, std::move(value)});
    }
    return true;
}

void append_uri_parameters(std::string& out, const Parameters& parameters) {
    for (const Parameter& parameter : parameters.all()) {
        out.push_back(';');
        append_escaped(out, parameter.name, kUriParameter);
        if (!parameter.value) continue;
        out.push_back('=');
        append_escaped(out, *parameter.value, kUriParameter);
    }
}

Result<Uri> parse_sip(Uri uri, std::string_view rest) {
    if (const std::size_t at = rest.find('@'); at != std::string_view::npos) {
        const std::string_view user_info = rest.substr(0, at);
        rest.remove_prefix(at + 1);
        const std::size_t colon = user_info.find(':');
        const std::string_view user = user_info.substr(0, colon);
        if (user.empty()) return failure("empty user part in a URI");
        if (!is_clean_opaque(user_info)) return failure("forbidden character in a URI's user part");
        uri.user = unescape(user);
        if (colon != std::string_view::npos) uri.password = unescape(user_info.substr(colon + 1));
    }
    if (const std::size_t mark = rest.find('?'); mark != std::string_view::npos) {
        const std::string_view headers = rest.substr(mark + 1);
        if (!all_of(headers, kVisible) || !is_clean_opaque(headers)) {
            return failure("forbidden character behind '?' in a URI");
        }
        uri.headers = std::string{headers};
        rest = rest.substr(0, mark);
    }
    const std::size_t semicolon = rest.find(';');
    Cursor host{rest.substr(0, semicolon)};
    if (!read_host_port(host, uri.host, uri.port) || !host.is_done()) {
        return failure("malformed host or port in a URI");
    }
    if (semicolon != std::string_view::npos &&
        !read_uri_parameters(rest.substr(semicolon), uri.parameters)) {
        return failure("malformed URI parameters");
    }
    return uri;
}

Result<Uri> parse_tel(Uri uri, std::string_view rest) {
    const std::size_t semicolon = rest.find(';');
    const std::string_view number = rest.substr(0, semicolon);
    if (number.empty() || !all_of(number, kVisible) || !is_clean_opaque(number)) {
        return failure("malformed telephone number in a URI");
    }
    uri.opaque = std::string{number};
    if (semicolon != std::string_view::npos &&
        !read_uri_parameters(rest.substr(semicolon), uri.parameters)) {
        return failure("malformed URI parameters");
    }
    return uri;
}

}  // namespace

bool read_host_port(Cursor& cursor, std::string& host, std::uint16_t& port) {
    if (cursor.is_at('[')) {
        const std::size_t close = cursor.text.find(']', cursor.at);
        if (close == std::string_view::npos) return false;
        auto address = read_ipv6(cursor.text.substr(cursor.at + 1, close - cursor.at - 1));
        if (!address) return false;
        host = std::move(*address);
        cursor.at = close + 1;
    } else {
        const std::string_view name = cursor.take_while(kHostName);
        if (name.empty()) return false;
        host = lower_case(name);
    }
    const std::size_t end = cursor.at;
    if (!cursor.take(':')) {
        cursor.at = end;
        return true;
    }
    cursor.skip_space();
    return read_port(cursor, port);
}

Result<Uri> parse_uri(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0) return failure("a URI without a scheme");
    Uri uri;
    uri.scheme = lower_case(text.substr(0, colon));
    const bool is_scheme =
        uri.scheme[0] >= 'a' && uri.scheme[0] <= 'z' &&
        std::all_of(uri.scheme.begin(), uri.scheme.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || is_digit(c) || c == '+' || c == '-' || c == '.';
        });
    if (!is_scheme) return failure("malformed URI scheme");
    const std::string_view rest = text.substr(colon + 1);
    if (uri.is_sip()) return parse_sip(std::move(uri), rest);
    if (uri.scheme == "tel") return parse_tel(std::move(uri), rest);
    if (rest.empty() || !is_clean_opaque(rest)) return failure("forbidden character in a URI");
    uri.opaque = std::string{rest};
    return uri;
}

void append_host_port(std::string& out, std::string_view host, std::uint16_t port) {
    const bool is_ipv6 = host.find(':') != std::string_view::npos;
    if (is_ipv6) out.push_back('[');
    out.append(host);
    if (is_ipv6) out.push_back(']');
    if (port == 0) return;
    out.push_back(':');
    out.append(std::to_string(port));
}

void append_uri(std::string& out, const Uri& uri) {
    out.append(uri.scheme);
    out.push_back(':');
    if (!uri.is_sip()) {
        out.append(uri.opaque);
        append_uri_parameters(out, uri.parameters);
        return;
    }
    if (!uri.user.empty()) {
        append_escaped(out, uri.user, kUser);
        if (uri.password) {
            out.push_back(':');
            append_escaped(out, *uri.password, kPassword);
        }
        out.push_back('@');
    }
    append_host_port(out, uri.host, uri.port);
    append_uri_parameters(out, uri.parameters);
    if (uri.headers.empty()) return;
    out.push_back('?');
    out.append(uri.headers);
}

std::string Uri::text() const {
    std::string out;
    append_uri(out, *this);
    return out;
}

}  // namespace amer::sip

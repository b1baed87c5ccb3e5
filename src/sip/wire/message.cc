#include "sip/wire/message.h"

#include <array>
#include <utility>

#include "sip/wire/characters.h"
#include "sip/wire/header_name.h"

namespace amer::sip {
namespace {

constexpr std::array<std::string_view, 14> kMethods = {
    "INVITE", "ACK",   "BYE",   "CANCEL", "OPTIONS",   "REGISTER", "INFO",
    "UPDATE", "PRACK", "REFER", "NOTIFY", "SUBSCRIBE", "MESSAGE",  "PUBLISH"};
static_assert(static_cast<std::size_t>(Method::other) == kMethods.size());

// The element of a comma-separated value that starts at `at`; commas inside quotes and angle
// brackets do not count. `at` moves behind the comma.
std::string_view next_element(std::string_view value, std::size_t& at) {
    const std::size_t start = at;
    bool is_quoted = false;
    bool is_bracketed = false;
    for (; at < value.size(); at++) {
        const char c = value[at];
        if (is_quoted) {
            if (c == '\\') at++;
            if (c == '"') is_quoted = false;
        } else if (c == '"') {
            is_quoted = true;
        } else if (c == '<' || c == '>') {
            is_bracketed = c == '<';
        } else if (c == ',' && !is_bracketed) {
            break;
        }
    }
    const std::size_t end = std::min(at, value.size());
    at = end + 1;
    return trim(value.substr(start, end - start));
}

// Methods whose 101..299 responses make a dialog and so carry the route set (RFC 3261 section
// 12.1.1, RFC 6665 section 4.2.1, RFC 3515).
bool makes_dialog(Method method) {
    return method == Method::invite || method == Method::subscribe || method == Method::refer ||
           method == Method::notify;
}

}  // namespace

Method method_from(std::string_view text) {
    for (std::size_t i = 0; i < kMethods.size(); i++) {
        if (text == kMethods[i]) return static_cast<Method>(i);
    }
    return Method::other;
}

std::string_view text_of(Method method) {
    if (method == Method::other) return "";
    return kMethods[static_cast<std::size_t>(method)];
}

std::optional<std::string_view> Message::header(std::string_view name) const {
    for (const Header& header : headers) {
        if (equals_ignoring_case(header.name, name)) return header.value;
    }
    return std::nullopt;
}

void Message::add_header(std::string_view name, std::string value) {
    const HeaderName* const known = find_header_name(name);
    headers.push_back(Header{std::string{known ? known->canonical : name}, std::move(value)});
}

std::vector<std::string_view> Message::list(std::string_view name) const {
    std::vector<std::string_view> elements;
    for (const Header& header : headers) {
        if (!equals_ignoring_case(header.name, name)) continue;
        for (std::size_t at = 0; at < header.value.size();) {
            const std::string_view element = next_element(header.value, at);
            if (!element.empty()) elements.push_back(element);
        }
    }
    return elements;
}

Message make_response(const Message& request, int status, std::string_view to_tag,
                      std::string_view reason) {
    Message response;
    response.is_request = false;
    response.status = status;
    response.reason = std::string{reason.empty() ? default_reason(status) : reason};
    response.via = request.via;
    response.from = request.from;
    response.to = request.to;
    if (!to_tag.empty() && response.to.tag().empty()) {
        response.to.parameters.set("tag", std::string{to_tag});
    }
    response.call_id = request.call_id;
    response.cseq = request.cseq;
    response.cseq_method = request.cseq_method;
    response.cseq_method_text = request.cseq_method_text;
    if (status > 100 && status < 300 && makes_dialog(request.cseq_method)) {
        response.record_route = request.record_route;
    }
    if (status == 100) {
        if (const auto timestamp = request.header("Timestamp")) {
            response.add_header("Timestamp", std::string{*timestamp});
        }
    }
    return response;
}

}  // namespace amer::sip

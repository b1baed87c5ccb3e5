#include "sip/content/inspect.h"

#include <cctype>

#include "sip/content/content.h"

namespace amer::sip {
namespace {

bool is_served(Method method) {
    switch (method) {
        case Method::invite:
        case Method::ack:
        case Method::bye:
        case Method::cancel:
        case Method::options:
        case Method::register_:
        case Method::info:
        case Method::update: return true;
        default: return false;
    }
}

bool is_known_scheme(const Uri& uri) { return uri.is_sip() || uri.scheme == "tel"; }

std::string unsupported_options(const Message& request) {
    std::string list;
    for (const std::string_view option : request.list("Require")) {
        if (!list.empty()) list += ", ";
        list += option;
    }
    return list;
}

bool accepts_session(const Message& request) {
    if (!request.header("Accept")) return true;
    for (const std::string_view range : request.list("Accept")) {
        for (const std::string_view good : {"application/sdp", "application/*", "*/*"}) {
            if (is_content_type(range, good)) return true;
        }
    }
    return false;
}

bool carries_session(Method method) { return method == Method::invite || method == Method::update; }

bool is_understood(const Message& request) {
    if (carries_session(request.method)) return session_in(request).has_value();
    if (request.method != Method::info || request.body.empty()) return true;
    return is_content_type(request.content_type, "application/dtmf-relay") ||
           is_content_type(request.content_type, "application/dtmf");
}

}  // namespace

std::optional<Message> inspect(const Message& request, std::string_view to_tag) {
    if (!is_served(request.method)) {
        const int status = request.method == Method::other ? 501 : 405;
        Message refusal = make_response(request, status, to_tag);
        refusal.add_header("Allow", std::string{kAllowed});
        return refusal;
    }
    if (!is_known_scheme(request.request_uri)) return make_response(request, 416, to_tag);
    if (const std::string options = unsupported_options(request); !options.empty()) {
        Message refusal = make_response(request, 420, to_tag);
        refusal.add_header("Unsupported", options);
        return refusal;
    }
    if (!is_understood(request)) {
        Message refusal = make_response(request, 415, to_tag);
        refusal.add_header("Accept", std::string{kAccepted});
        refusal.add_header("Accept-Encoding", "identity");
        return refusal;
    }
    if (carries_session(request.method) && !accepts_session(request)) {
        return make_response(request, 406, to_tag);
    }
    return {};
}

}  // namespace amer::sip

#include "sip/wire/grammar.h"

namespace amer::sip {
namespace {

constexpr std::string_view kEnd = "\r\n";

// Text that came from elsewhere (a configuration, a web page) must not be able to add headers.
void append_clean(std::string& out, std::string_view text) {
    for (const char c : text) out.push_back(c == '\r' || c == '\n' || c == '\0' ? ' ' : c);
}

void append_line(std::string& out, std::string_view name, std::string_view value) {
    append_clean(out, name);
    out.append(": ");
    append_clean(out, value);
    out.append(kEnd);
}

void append_addresses(std::string& out, std::string_view name,
                      const std::vector<NameAddress>& addresses) {
    for (const NameAddress& address : addresses) {
        out.append(name);
        append_name_address(out, address);
        out.append(kEnd);
    }
}

void append_start_line(std::string& out, const Message& message) {
    if (message.is_request) {
        append_clean(out, message.method_text.empty() ? text_of(message.method)
                                                      : std::string_view{message.method_text});
        out.push_back(' ');
        append_uri(out, message.request_uri);
        out.append(" SIP/2.0\r\n");
        return;
    }
    out.append("SIP/2.0 ");
    out.append(std::to_string(message.status));
    out.push_back(' ');
    append_clean(out, message.reason);
    out.append(kEnd);
}

void append_core(std::string& out, const Message& message) {
    for (const Via& via : message.via) {
        out.append("Via: ");
        append_via(out, via);
        out.append(kEnd);
    }
    append_addresses(out, "Route: ", message.route);
    append_addresses(out, "Record-Route: ", message.record_route);
    if (message.max_forwards) {
        append_line(out, "Max-Forwards", std::to_string(unsigned{*message.max_forwards}));
    }
    out.append("From: ");
    append_name_address(out, message.from);
    out.append("\r\nTo: ");
    append_name_address(out, message.to);
    out.append("\r\nCall-ID: ");
    append_clean(out, message.call_id);
    out.append("\r\nCSeq: ");
    out.append(std::to_string(message.cseq));
    out.push_back(' ');
    append_clean(out, message.cseq_method_text.empty()
                          ? text_of(message.cseq_method)
                          : std::string_view{message.cseq_method_text});
    out.append(kEnd);
    if (message.contact_is_star) out.append("Contact: *\r\n");
    append_addresses(out, "Contact: ", message.contacts);
}

}  // namespace

std::string serialise(const Message& message) {
    std::string out;
    out.reserve(768 + message.body.size() + 48 * message.headers.size());
    append_start_line(out, message);
    append_core(out, message);
    for (const Header& header : message.headers) append_line(out, header.name, header.value);
    if (!message.content_type.empty()) append_line(out, "Content-Type", message.content_type);
    out.append("Content-Length: ");
    out.append(std::to_string(message.body.size()));
    out.append("\r\n\r\n");
    out.append(message.body);
    return out;
}

}  // namespace amer::sip

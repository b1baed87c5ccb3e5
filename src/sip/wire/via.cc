#include "sip/wire/grammar.h"

namespace amer::sip {

bool read_via(Cursor& cursor, Via& via, bool version_matters) {
    cursor.skip_space();
    const std::string_view protocol = cursor.take_while(kToken);
    if (!equals_ignoring_case(protocol, "SIP") || !cursor.take('/')) return false;
    cursor.skip_space();
    const std::string_view version = cursor.take_while(kToken);
    if (version.empty() || !cursor.take('/')) return false;
    cursor.skip_space();
    const std::string_view transport = cursor.take_while(kToken);
    if (transport.empty() || cursor.is_done() || !is_space(cursor.text[cursor.at])) return false;
    cursor.skip_space();
    if (!read_host_port(cursor, via.host, via.port)) {
        via.host.clear();
        return false;
    }
    via.transport.resize(transport.size());
    std::transform(transport.begin(), transport.end(), via.transport.begin(), upper);
    if (!read_parameters(cursor, via.parameters)) return false;
    return !version_matters || version == "2.0";
}

void append_via(std::string& out, const Via& via) {
    out.append("SIP/2.0/");
    out.append(via.transport);
    out.push_back(' ');
    append_host_port(out, via.host, via.port);
    append_parameters(out, via.parameters);
}

std::string Via::text() const {
    std::string out;
    append_via(out, *this);
    return out;
}

}  // namespace amer::sip

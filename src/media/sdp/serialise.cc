#include <fmt/format.h>

#include <iterator>

#include "media/sdp/session.h"

namespace amer::media {
namespace {

std::string_view name_of(Direction direction) {
    switch (direction) {
        case Direction::sendrecv: return "sendrecv";
        case Direction::sendonly: return "sendonly";
        case Direction::recvonly: return "recvonly";
        case Direction::inactive: return "inactive";
    }
    return "inactive";
}

std::string_view version_of(std::string_view address) {
    return address.find(':') == std::string_view::npos ? "IP4" : "IP6";
}

void write_payload(std::back_insert_iterator<std::string> out, const PayloadMap& map) {
    fmt::format_to(out, "a=rtpmap:{} {}/{}", map.type, map.encoding, map.clock_hz);
    if (map.channels != 1) fmt::format_to(out, "/{}", map.channels);
    fmt::format_to(out, "\r\n");
    if (!map.format_parameters.empty()) {
        fmt::format_to(out, "a=fmtp:{} {}\r\n", map.type, map.format_parameters);
    }
}

void write_section(std::back_insert_iterator<std::string> out, const MediaSection& media,
                   std::string_view session_address) {
    fmt::format_to(out, "m={} {} {}", media.kind, media.port, media.protocol);
    for (const std::string& format : media.formats) {
        fmt::format_to(out, " {}", format);
    }
    fmt::format_to(out, "\r\n");
    if (!media.address.empty() && media.address != session_address) {
        fmt::format_to(out, "c=IN {} {}\r\n", version_of(media.address), media.address);
    }
    for (const PayloadMap& map : media.payloads) {
        write_payload(out, map);
    }
    const bool is_refused = media.port == 0;
    const bool says_packet_time = media.kind == "audio" && !is_refused;
    if (says_packet_time || media.packet_ms != 20) {
        fmt::format_to(out, "a=ptime:{}\r\n", media.packet_ms);
    }
    if (media.rtcp_port) fmt::format_to(out, "a=rtcp:{}\r\n", *media.rtcp_port);
    if (!is_refused || media.direction != Direction::sendrecv) {
        fmt::format_to(out, "a={}\r\n", name_of(media.direction));
    }
}

}  // namespace

std::string serialise(const SessionDescription& session) {
    std::string text;
    const auto out = std::back_inserter(text);
    fmt::format_to(out, "v=0\r\no={} {} {} IN {} {}\r\ns=-\r\n", session.origin_user,
                   session.session_id, session.session_version, version_of(session.origin_address),
                   session.origin_address);
    if (!session.address.empty()) {
        fmt::format_to(out, "c=IN {} {}\r\n", version_of(session.address), session.address);
    }
    fmt::format_to(out, "t=0 0\r\n");
    for (const MediaSection& media : session.media) {
        write_section(out, media, session.address);
    }
    return text;
}

}  // namespace amer::media

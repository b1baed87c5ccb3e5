#include <algorithm>
#include <array>

#include "media/sdp/session.h"
#include "media/sdp/text.h"

namespace amer::media {
namespace {

using sdp::equals_ignoring_case;
using sdp::number;
using sdp::trimmed;
using sdp::words;

constexpr std::size_t kLongestText = 32 * 1024;
constexpr std::size_t kMostSections = 16;
constexpr std::size_t kMostFormats = 64;
constexpr std::size_t kLongestWord = 64;  // of an m= line
constexpr std::size_t kLongestAddress = 255;
constexpr std::uint32_t kShortestPacketMs = 5;
constexpr std::uint32_t kLongestPacketMs = 240;

struct StaticPayload {
    std::uint8_t type;
    std::string_view encoding;
};

// RFC 3551 table 4, those that a telephone may still speak; all are 8000 Hz on the wire.
constexpr std::array<StaticPayload, 6> kStaticPayloads{
    {{0, "PCMU"}, {3, "GSM"}, {4, "G723"}, {8, "PCMA"}, {9, "G722"}, {18, "G729"}}};

std::optional<Direction> direction_named(std::string_view name) {
    if (equals_ignoring_case(name, "sendrecv")) return Direction::sendrecv;
    if (equals_ignoring_case(name, "sendonly")) return Direction::sendonly;
    if (equals_ignoring_case(name, "recvonly")) return Direction::recvonly;
    if (equals_ignoring_case(name, "inactive")) return Direction::inactive;
    return std::nullopt;
}

std::pair<std::string_view, std::string_view> split_at(std::string_view text, char separator) {
    const std::size_t place = text.find(separator);
    if (place == std::string_view::npos) return {text, {}};
    return {text.substr(0, place), text.substr(place + 1)};
}

bool has_control_character(std::string_view line) {
    return std::any_of(line.begin(), line.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7f;
    });
}

// Reads one description line by line; every line either adds its fact or ends the parse.
class Parser {
public:
    Result<SessionDescription> parse(std::string_view text);

private:
    std::optional<std::string> read_line(std::string_view line);
    std::optional<std::string> read_origin(std::string_view value);
    std::optional<std::string> read_connection(std::string_view value);
    std::optional<std::string> read_media(std::string_view value);
    void read_attribute(std::string_view value);
    void read_payload_map(std::string_view value);
    void read_format_parameters(std::string_view value);
    void read_packet_time(std::string_view value, bool is_limit);
    PayloadMap* payload_of(std::string_view type);
    void close_section();

    MediaSection* section() { return session_.media.empty() ? nullptr : &session_.media.back(); }

    SessionDescription session_;
    Direction session_direction_ = Direction::sendrecv;
    bool has_version_ = false;
    bool has_origin_ = false;
    std::uint32_t longest_packet_ms_ = kLongestPacketMs;
};

Result<SessionDescription> Parser::parse(std::string_view text) {
    if (text.size() > kLongestText) return failure("SDP longer than 32 KiB");

    while (!text.empty()) {
        auto [line, rest] = split_at(text, '\n');
        text = rest;
        while (!line.empty() && line.back() == '\r') {
            line.remove_suffix(1);
        }
        if (trimmed(line).empty()) continue;
        if (has_control_character(line)) return failure("SDP with a control character");
        if (auto complaint = read_line(line)) return failure(std::move(*complaint));
    }
    close_section();
    if (!has_version_) return failure("SDP without v=");
    if (!has_origin_) return failure("SDP without o=");
    return std::move(session_);
}

std::optional<std::string> Parser::read_line(std::string_view line) {
    if (line.size() < 2 || line[1] != '=') return "SDP line without a type";
    const std::string_view value = line.substr(2);
    if (!has_version_) {
        if (line[0] != 'v' || trimmed(value) != "0") return "SDP does not begin with v=0";
        has_version_ = true;
        return std::nullopt;
    }
    switch (line[0]) {
        case 'v': return "SDP with a second v=";
        case 'o': return read_origin(value);
        case 'c': return read_connection(value);
        case 'm': return read_media(value);
        case 'a': read_attribute(value); return std::nullopt;
        default: return std::nullopt;  // s=, t=, b=, k= and the rest say nothing we act on
    }
}

std::optional<std::string> Parser::read_origin(std::string_view value) {
    if (has_origin_ || section() != nullptr) return "SDP with o= twice or out of place";
    const auto fields = words(value, 16);
    // User names with blanks are illegal but seen, so the fields are counted from the end.
    if (!fields || fields->size() < 6) return "SDP with a malformed o=";
    const std::size_t count = fields->size();
    const auto id = sdp::saturated_number((*fields)[count - 5]);
    const auto version = sdp::saturated_number((*fields)[count - 4]);
    if (!id || !version || (*fields)[count - 1].size() > kLongestAddress) {
        return "SDP with a malformed o=";
    }
    session_.origin_user = std::string{fields->front()};
    session_.session_id = *id;
    session_.session_version = *version;
    session_.origin_address = std::string{fields->back()};
    has_origin_ = true;
    return std::nullopt;
}

std::optional<std::string> Parser::read_connection(std::string_view value) {
    const auto fields = words(value, 3);
    if (!fields || fields->size() != 3) return "SDP with a malformed c=";
    const bool is_internet =
        equals_ignoring_case((*fields)[0], "IN") &&
        (equals_ignoring_case((*fields)[1], "IP4") || equals_ignoring_case((*fields)[1], "IP6"));
    const std::string_view address = split_at((*fields)[2], '/').first;  // multicast: /TTL/count
    if (!is_internet || address.empty() || address.size() > kLongestAddress) {
        return "SDP with a c= that is no internet address";
    }
    (section() != nullptr ? section()->address : session_.address) = std::string{address};
    return std::nullopt;
}

std::optional<std::string> Parser::read_media(std::string_view value) {
    close_section();
    if (session_.media.size() == kMostSections) return "SDP with more than 16 m= sections";
    const auto fields = words(value, 3 + kMostFormats);
    if (!fields) return "SDP with more than 64 formats in one m=";
    if (fields->size() < 3) return "SDP with a malformed m=";
    for (const std::string_view word : *fields) {
        if (word.size() > kLongestWord) return "SDP with an overlong word in m=";
    }

    const auto port = number(split_at((*fields)[1], '/').first, 65535);
    MediaSection media;
    for (std::size_t i = 3; i < fields->size(); i++) {
        if (!sdp::is_token((*fields)[i])) return "SDP with an illegal format in m=";
        media.formats.emplace_back((*fields)[i]);
    }
    if (!sdp::is_token((*fields)[0])) return "SDP with an illegal media type in m=";
    if (!port) return "SDP with an illegal port in m=";
    if (!sdp::is_protocol((*fields)[2])) return "SDP with an illegal protocol in m=";
    // Some phones refuse a section by naming nothing at all.
    if (media.formats.empty() && *port != 0) return "SDP with an m= without formats";

    media.kind = std::string{(*fields)[0]};
    media.port = static_cast<std::uint16_t>(*port);
    media.protocol = std::string{(*fields)[2]};
    media.direction = session_direction_;
    session_.media.push_back(std::move(media));
    longest_packet_ms_ = kLongestPacketMs;
    return std::nullopt;
}

void Parser::read_attribute(std::string_view value) {
    const auto [name, argument] = split_at(value, ':');
    if (const auto direction = direction_named(trimmed(name))) {
        (section() != nullptr ? section()->direction : session_direction_) = *direction;
        return;
    }
    if (section() == nullptr) return;
    if (equals_ignoring_case(name, "rtpmap")) return read_payload_map(argument);
    if (equals_ignoring_case(name, "fmtp")) return read_format_parameters(argument);
    if (equals_ignoring_case(name, "ptime")) return read_packet_time(argument, false);
    if (equals_ignoring_case(name, "maxptime")) return read_packet_time(argument, true);
    if (equals_ignoring_case(name, "rtcp")) {  // RFC 3605: port, perhaps an address
        const auto port = number(split_at(trimmed(argument), ' ').first, 65535);
        if (port && *port != 0) section()->rtcp_port = static_cast<std::uint16_t>(*port);
    }
}

// The map of a payload type that the section lists, made on first mention; nothing otherwise.
PayloadMap* Parser::payload_of(std::string_view text) {
    const auto type = number(text, 127);
    const bool has_leading_zero = text.size() > 1 && text.front() == '0';
    if (!type || has_leading_zero) return nullptr;
    auto& known = section()->payloads;
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const PayloadMap& map) { return map.type == *type; });
    if (found != known.end()) return &*found;
    const auto& formats = section()->formats;
    if (std::find(formats.begin(), formats.end(), text) == formats.end()) return nullptr;
    PayloadMap map;
    map.type = static_cast<std::uint8_t>(*type);
    return &known.emplace_back(std::move(map));
}

// "8 PCMA/8000" or "111 opus/48000/2"; what cannot be read is as if absent.
void Parser::read_payload_map(std::string_view value) {
    const auto fields = words(value, 2);
    if (!fields || fields->size() != 2) return;
    const auto [encoding, rates] = split_at((*fields)[1], '/');
    const auto [clock, channels] = split_at(rates, '/');
    const auto clock_hz = number(clock, 1'000'000);
    const auto channel_count =
        channels.empty() ? std::optional<std::uint64_t>{1} : number(channels, 255);
    if (!sdp::is_token(encoding) || !clock_hz || !channel_count) return;
    PayloadMap* map = payload_of((*fields)[0]);
    if (map == nullptr || !map->encoding.empty()) return;  // the first mention counts
    map->encoding = std::string{encoding};
    map->clock_hz = static_cast<std::uint32_t>(*clock_hz);
    map->channels = static_cast<std::uint8_t>(*channel_count);
}

void Parser::read_format_parameters(std::string_view value) {
    const auto [type, parameters] = split_at(trimmed(value), ' ');
    if (trimmed(parameters).empty()) return;
    PayloadMap* map = payload_of(type);
    if (map != nullptr && map->format_parameters.empty()) {
        map->format_parameters = std::string{trimmed(parameters)};
    }
}

void Parser::read_packet_time(std::string_view value, bool is_limit) {
    const auto milliseconds = number(trimmed(value), kLongestPacketMs);
    if (!milliseconds || *milliseconds < kShortestPacketMs) return;
    (is_limit ? longest_packet_ms_ : section()->packet_ms) =
        static_cast<std::uint32_t>(*milliseconds);
}

// What only the end of a section can settle: inherited address, static payloads, their order.
void Parser::close_section() {
    MediaSection* media = section();
    if (media == nullptr) return;
    if (media->address.empty()) media->address = session_.address;
    media->packet_ms = std::min(media->packet_ms, longest_packet_ms_);

    std::vector<PayloadMap> in_order;
    for (const std::string& format : media->formats) {
        PayloadMap* map = payload_of(format);
        if (map == nullptr) continue;
        for (const StaticPayload& fixed : kStaticPayloads) {
            if (fixed.type == map->type && map->encoding.empty()) {
                map->encoding = std::string{fixed.encoding};
            }
        }
        const bool is_repeated =
            std::any_of(in_order.begin(), in_order.end(),
                        [&](const PayloadMap& earlier) { return earlier.type == map->type; });
        if (!map->encoding.empty() && !is_repeated) in_order.push_back(*map);
    }
    media->payloads = std::move(in_order);
}

}  // namespace

Result<SessionDescription> parse_session(std::string_view text) { return Parser{}.parse(text); }

}  // namespace amer::media

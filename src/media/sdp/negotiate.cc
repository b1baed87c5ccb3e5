#include <algorithm>
#include <array>
#include <limits>

#include "base/check.h"
#include "media/sdp/session.h"
#include "media/sdp/text.h"

namespace amer::media {
namespace {

using sdp::AddressKind;
using sdp::equals_ignoring_case;
using sdp::kind_of_address;

constexpr std::uint8_t kOurDigitType = 101;
constexpr std::string_view kDigits = "telephone-event";
constexpr std::string_view kDigitRange = "0-16";  // 0-9 * # A-D and flash (RFC 4733 section 3.2)
constexpr std::uint32_t kUsualPacketMs = 20;

struct CodecName {
    Codec codec;
    std::uint8_t type;
    std::string_view encoding;
};
constexpr std::array<CodecName, 2> kCodecs{{{Codec::pcmu, 0, "PCMU"}, {Codec::pcma, 8, "PCMA"}}};

bool is_telephone_audio(const PayloadMap& map) { return map.clock_hz == 8000 && map.channels == 1; }

std::optional<Codec> codec_of(const PayloadMap& map, const std::vector<Codec>& ours) {
    for (const CodecName& known : kCodecs) {
        const bool is_ours = std::find(ours.begin(), ours.end(), known.codec) != ours.end();
        if (is_ours && is_telephone_audio(map) &&
            equals_ignoring_case(map.encoding, known.encoding)) {
            return known.codec;
        }
    }
    return std::nullopt;
}

std::optional<std::uint8_t> digit_type_of(const MediaSection& media) {
    for (const PayloadMap& map : media.payloads) {
        if (is_telephone_audio(map) && equals_ignoring_case(map.encoding, kDigits)) return map.type;
    }
    return std::nullopt;
}

bool sends(Direction direction) {
    return direction == Direction::sendrecv || direction == Direction::sendonly;
}
bool receives(Direction direction) {
    return direction == Direction::sendrecv || direction == Direction::recvonly;
}

// Our side of the stream: we send what both want sent, and hear what both want heard
// (RFC 3264 section 6.1). An unspecified address is the old way to say "do not send to me".
Direction agreed_direction(Direction ours, const MediaSection& theirs) {
    const bool can_hear_us = kind_of_address(theirs.address) != AddressKind::unspecified;
    const bool we_send = sends(ours) && receives(theirs.direction) && can_hear_us;
    const bool we_receive = receives(ours) && sends(theirs.direction);
    if (we_send && we_receive) return Direction::sendrecv;
    if (we_send) return Direction::sendonly;
    return we_receive ? Direction::recvonly : Direction::inactive;
}

// The plane speaks whole tens of milliseconds; a wish beyond that is only a wish (RFC 8866: ptime).
std::uint32_t usable_packet_ms(std::uint32_t wished) {
    return wished >= 10 && wished <= 60 && wished % 10 == 0 ? wished : kUsualPacketMs;
}

std::uint16_t rtcp_port_of(const MediaSection& media) {
    if (media.rtcp_port) return *media.rtcp_port;
    return media.port == std::numeric_limits<std::uint16_t>::max()
               ? std::uint16_t{0}
               : static_cast<std::uint16_t>(media.port + 1);
}

bool can_be_reached(const std::string& from, const std::string& to) {
    const AddressKind theirs = kind_of_address(to);
    if (theirs == AddressKind::unspecified) return true;
    if (theirs == AddressKind::unusable) return false;
    const AddressKind ours = kind_of_address(from);
    const bool is_bound_to_one_version = ours == AddressKind::ipv4 || ours == AddressKind::ipv6;
    return !is_bound_to_one_version || ours == theirs;
}

// What this section of theirs means for us, or why it cannot be used.
Result<AudioAgreement> agree(const LocalAudio& local, const MediaSection& theirs) {
    if (theirs.kind != "audio") return failure("not an audio section");
    if (theirs.port == 0) return failure("audio refused with port 0");
    if (!equals_ignoring_case(theirs.protocol, "RTP/AVP")) return failure("not RTP/AVP");
    if (!can_be_reached(local.address, theirs.address)) {
        return failure("audio at an address that we cannot send to");
    }
    for (const PayloadMap& map : theirs.payloads) {
        const auto codec = codec_of(map, local.codecs);
        if (!codec) continue;
        AudioAgreement audio;
        audio.codec = *codec;
        audio.payload_type = map.type;
        audio.digit_payload_type = digit_type_of(theirs);
        audio.remote_address = theirs.address;
        audio.remote_port = theirs.port;
        audio.remote_rtcp_port = rtcp_port_of(theirs);
        audio.local_direction = agreed_direction(local.direction, theirs);
        audio.packet_ms = usable_packet_ms(theirs.packet_ms);
        return audio;
    }
    return failure("no audio codec of ours");
}

PayloadMap payload_map(std::uint8_t type, std::string_view encoding) {
    PayloadMap map;
    map.type = type;
    map.encoding = std::string{encoding};
    return map;
}

void add_payload(MediaSection& media, PayloadMap map) {
    media.formats.push_back(std::to_string(map.type));
    media.payloads.push_back(std::move(map));
}

void add_digits(MediaSection& media, std::uint8_t type) {
    PayloadMap digits = payload_map(type, kDigits);
    digits.format_parameters = std::string{kDigitRange};
    add_payload(media, std::move(digits));
}

MediaSection our_section(const LocalAudio& local) {
    MediaSection media;
    media.kind = "audio";
    media.port = local.port;
    media.protocol = "RTP/AVP";
    media.address = local.address;
    media.direction = local.direction;
    return media;
}

// A refused section keeps its place with port 0; one format must stand there and is not looked at
// (RFC 3264 section 6).
MediaSection refused(const MediaSection& offered, const std::string& address) {
    MediaSection media;
    media.kind = offered.kind;
    media.protocol = offered.protocol;
    media.formats.push_back(offered.formats.empty() ? "0" : offered.formats.front());
    media.address = address;
    return media;
}

SessionDescription our_session(const LocalAudio& local) {
    SessionDescription session;
    session.origin_address = local.address;
    session.address = local.address;
    session.session_id = local.session_id;
    session.session_version = local.session_version;
    return session;
}

// Same text, same version; other text, next version (RFC 3264 section 8).
std::string sent_as(LocalAudio& local, std::vector<MediaSection> sections) {
    SessionDescription session = our_session(local);
    session.media = std::move(sections);
    std::string text = serialise(session);
    if (text != local.last_sent) {
        const bool is_first = local.last_sent.empty() && local.session_version != 0;
        if (!is_first) local.session_version++;
        session.session_version = local.session_version;
        text = serialise(session);
    }
    local.last_sent = text;
    return text;
}

std::vector<MediaSection> sections_sent_before(const LocalAudio& local) {
    if (local.last_sent.empty()) return {};
    auto before = parse_session(local.last_sent);
    AMER_CHECK(before.has_value());
    return std::move(before->media);
}

std::size_t place_of_audio(const std::vector<MediaSection>& sections) {
    const auto found = std::find_if(
        sections.begin(), sections.end(),
        [](const MediaSection& media) { return media.kind == "audio" && media.port != 0; });
    return static_cast<std::size_t>(found - sections.begin());
}

// Sloppy phones answer our telephone-event number without saying again what it is.
void recall_our_digit_type(MediaSection& theirs, const std::optional<std::uint8_t>& offered) {
    if (!offered || digit_type_of(theirs)) return;
    const std::string format = std::to_string(*offered);
    const bool is_listed =
        std::find(theirs.formats.begin(), theirs.formats.end(), format) != theirs.formats.end();
    const bool is_something_else =
        std::any_of(theirs.payloads.begin(), theirs.payloads.end(),
                    [&](const PayloadMap& map) { return map.type == *offered; });
    if (is_listed && !is_something_else) theirs.payloads.push_back(payload_map(*offered, kDigits));
}

}  // namespace

Result<Negotiated> answer_offer(LocalAudio& local, std::string_view offer) {
    const auto theirs = parse_session(offer);
    if (!theirs) return tl::unexpected(theirs.error());

    std::string complaint = "no audio section";
    std::optional<AudioAgreement> audio;
    std::vector<MediaSection> answers;
    for (const MediaSection& offered : theirs->media) {
        const auto agreed = agree(local, offered);
        if (audio || !agreed) {
            if (!agreed && offered.kind == "audio") complaint = agreed.error().what;
            answers.push_back(refused(offered, local.address));
            continue;
        }
        audio = *agreed;
        MediaSection ours = our_section(local);
        const std::string_view encoding = audio->codec == Codec::pcma ? "PCMA" : "PCMU";
        add_payload(ours, payload_map(audio->payload_type, encoding));
        if (audio->digit_payload_type) add_digits(ours, *audio->digit_payload_type);
        ours.direction = audio->local_direction;
        ours.packet_ms = audio->packet_ms;
        answers.push_back(std::move(ours));
    }
    if (!audio) return failure("offer not acceptable: " + complaint);
    return Negotiated{sent_as(local, std::move(answers)), *audio};
}

std::string make_offer(LocalAudio& local) {
    std::vector<MediaSection> sections = sections_sent_before(local);
    const std::size_t place = place_of_audio(sections);
    const auto digits_before =
        place < sections.size() ? digit_type_of(sections[place]) : std::nullopt;

    MediaSection ours = our_section(local);
    for (const Codec codec : local.codecs) {
        for (const CodecName& known : kCodecs) {
            if (known.codec == codec) add_payload(ours, payload_map(known.type, known.encoding));
        }
    }
    add_digits(ours, digits_before.value_or(kOurDigitType));
    if (place < sections.size()) {
        sections[place] = std::move(ours);
    } else {
        sections.push_back(std::move(ours));
    }
    return sent_as(local, std::move(sections));
}

Result<AudioAgreement> accept_answer(const LocalAudio& local, std::string_view answer) {
    auto theirs = parse_session(answer);
    if (!theirs) return tl::unexpected(theirs.error());

    const std::vector<MediaSection> offered = sections_sent_before(local);
    const std::size_t place = place_of_audio(offered);
    const bool has_offer = place < offered.size();
    if (has_offer && place >= theirs->media.size())
        return failure("answer lacks our audio section");

    MediaSection* audio = has_offer ? &theirs->media[place] : nullptr;
    for (std::size_t i = 0; audio == nullptr && i < theirs->media.size(); i++) {
        if (theirs->media[i].kind == "audio") audio = &theirs->media[i];
    }
    if (audio == nullptr) return failure("answer without an audio section");
    recall_our_digit_type(*audio, has_offer ? digit_type_of(offered[place])
                                            : std::optional<std::uint8_t>{kOurDigitType});
    return agree(local, *audio);
}

}  // namespace amer::media

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace amer::media {

enum class Direction : std::uint8_t { sendrecv, sendonly, recvonly, inactive };

enum class Codec : std::uint8_t { pcmu, pcma };  // RFC 3551 static types 0 and 8

struct PayloadMap {  // a=rtpmap and a=fmtp of one payload type
    std::uint8_t type = 0;
    std::string encoding;  // "PCMA", "telephone-event"; as sent
    std::uint32_t clock_hz = 8000;
    std::string format_parameters;
    std::uint8_t channels = 1;

    bool operator==(const PayloadMap&) const = default;
};

struct MediaSection {        // one m= line (RFC 8866 section 5.14)
    std::string kind;        // "audio", "video", ...
    std::uint16_t port = 0;  // 0: refused
    std::string protocol;    // "RTP/AVP"
    std::vector<std::string> formats;
    std::vector<PayloadMap> payloads;  // those of `formats` that are known, static ones filled in
    std::string address;               // own c= or the session's
    std::optional<std::uint16_t> rtcp_port;
    Direction direction = Direction::sendrecv;
    std::uint32_t packet_ms = 20;

    bool operator==(const MediaSection&) const = default;
};

// A session description as plain data (RFC 8866). Limits: 32 KiB, 16 sections, 64 formats each.
// Addresses are kept as written; whether one can be sent to is judged when it is needed.
struct SessionDescription {
    std::string origin_user = "-";
    std::uint64_t session_id = 0;
    std::uint64_t session_version = 0;
    std::string origin_address;
    std::string address;  // session-level c=
    std::vector<MediaSection> media;

    bool operator==(const SessionDescription&) const = default;
};

// Lenient where phones are sloppy (bare LF, no s= or t=, extra blanks, unknown or broken
// attributes), strict in v=, o=, c=, m= and the limits. Time and memory are linear in the text.
Result<SessionDescription> parse_session(std::string_view text);
std::string serialise(const SessionDescription& session);

// What two sides agreed for one audio stream: everything the media plane needs to send and to
// understand what comes.
struct AudioAgreement {
    Codec codec = Codec::pcma;
    std::uint8_t payload_type = 8;
    std::optional<std::uint8_t> digit_payload_type;  // RFC 4733 telephone-event, if agreed
    std::string remote_address;
    std::uint16_t remote_port = 0;
    std::uint16_t remote_rtcp_port = 0;
    Direction local_direction = Direction::sendrecv;  // as seen from us
    std::uint32_t packet_ms = 20;

    bool operator==(const AudioAgreement&) const = default;
};

// Our side of an audio stream and its memory across re-offers (RFC 3264): the session id stays,
// the version grows with every change. Plain data.
struct LocalAudio {
    std::string address;
    std::uint16_t port = 0;
    std::uint64_t session_id = 0;
    std::uint64_t session_version = 0;
    std::vector<Codec> codecs = {Codec::pcma, Codec::pcmu};  // by preference
    Direction direction = Direction::sendrecv;               // what we want
    // The description sent last, empty before the first: a re-offer keeps its sections and payload
    // numbers (RFC 3264 section 8), and the version grows only when the text would differ.
    std::string last_sent;

    bool operator==(const LocalAudio&) const = default;
};

struct Negotiated {
    std::string answer;  // SDP to send back; every m= section answered, refused ones with port 0
    AudioAgreement audio;
};

// Offer from the other side -> our answer. Fails (488 is the fit answer) when no audio section
// offers a codec of ours over RTP/AVP at a unicast address of our IP version. Takes the offerer's
// codec order, mirrors hold (also the old one: address 0.0.0.0). A failure leaves `local` as it
// was.
Result<Negotiated> answer_offer(LocalAudio& local, std::string_view offer);
// Our offer. Lists telephone-event/8000 as payload type 101, in a re-offer under the number the
// session already uses.
std::string make_offer(LocalAudio& local);
// Their answer to make_offer(local). Fails when audio was refused, no codec of ours is in it or its
// address cannot be sent to. Digits may come under our number as well as theirs.
Result<AudioAgreement> accept_answer(const LocalAudio& local, std::string_view answer);

}  // namespace amer::media

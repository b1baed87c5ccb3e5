#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "sip/wire/parameters.h"
#include "sip/wire/uri.h"

namespace amer::sip {

// Hard limits on what a stranger may send; whatever is larger is refused, never stored.
struct Limits {
    std::size_t message_bytes = 65'535;
    std::size_t header_bytes = 8'192;  // one header's value
    std::size_t headers = 128;
    std::size_t start_line_bytes = 8'192;
    std::size_t body_bytes = 32'768;
};

enum class Method : std::uint8_t {
    invite,
    ack,
    bye,
    cancel,
    options,
    register_,
    info,
    update,
    prack,
    refer,
    notify,
    subscribe,
    message,
    publish,
    other
};

Method method_from(std::string_view text);  // case matters (RFC 3261 section 7.1)
std::string_view text_of(Method method);    // "" for other

// One hop of the way back (RFC 3261 section 20.42, rport of RFC 3581).
struct Via {
    std::string transport;   // upper case: "UDP", "TCP", "TLS", "WS", "WSS", or what was sent
    std::string host;        // IPv6 without brackets
    std::uint16_t port = 0;  // 0: none given
    Parameters parameters;

    std::string_view branch() const { return parameters.find("branch").value_or(""); }
    std::string text() const;
    bool operator==(const Via&) const = default;
};

// Name is in its long, canonical spelling ("Call-ID") when known, else as it came.
struct Header {
    std::string name;
    std::string value;  // unfolded, trimmed

    bool operator==(const Header&) const = default;
};

// A SIP message as plain data. The fields that every layer needs are parsed; the rest stays text
// in `headers`, in order. Via, From, To, Call-ID, CSeq, Max-Forwards, Contact, Route, Record-Route,
// Content-Length and Content-Type live in their own fields and are NOT repeated in `headers`.
struct Message {
    bool is_request = true;
    // Requests
    Method method = Method::other;
    std::string method_text;
    Uri request_uri;
    // Responses
    int status = 0;
    std::string reason;

    std::vector<Via> via;  // top first; never empty in a parsed message
    NameAddress from;
    NameAddress to;
    std::string call_id;
    std::uint32_t cseq = 0;
    Method cseq_method = Method::other;
    std::string cseq_method_text;
    std::optional<std::uint8_t> max_forwards;
    std::vector<NameAddress> contacts;
    bool contact_is_star = false;  // "Contact: *"
    std::vector<NameAddress> route;
    std::vector<NameAddress> record_route;
    std::string content_type;  // "" when there is no body
    std::vector<Header> headers;
    std::string body;

    // First value of a header by name without case, or nothing. Only for what stays in `headers`.
    std::optional<std::string_view> header(std::string_view name) const;
    void add_header(std::string_view name, std::string value);
    // Every comma-separated element of every header of this name (Require, Supported, Allow, ...).
    std::vector<std::string_view> list(std::string_view name) const;

    bool operator==(const Message&) const = default;
};

// What was wrong, and what may be said about it. When `answer` is set the message was a request
// whose Via, From, To, Call-ID and CSeq could be read and whose fault RFC 3261 or 4475 lets us
// answer: send `status` back with those fields (make_response). It is never set for a response or
// an ACK. `answer` holds what could be read, so nothing but those fields may be relied on: of a
// broken From or To the bracketed URI and the tag, of a CSeq number out of range 2^32 - 1.
// Otherwise: count it and drop it.
struct Malformed {
    int status = 400;
    std::string reason;  // English, short, safe as a reason phrase
    std::optional<Message> answer;
};

template <typename T>
using Parsed = tl::expected<T, Malformed>;

// A datagram: one message; octets after the body are ignored, a body shorter than Content-Length
// is malformed, a missing Content-Length means "to the end" (RFC 3261 section 18.3). Empty lines in
// front are skipped, bare line feeds end lines, the last empty line may be missing.
Parsed<Message> parse_datagram(std::string_view bytes, const Limits& limits = {});

// Cuts messages out of a stream by Content-Length (RFC 3261 section 18.3); keep-alive CRLFs are
// skipped and reported so that a pong can be sent (RFC 5626 section 3.5.1). Feeding it never
// allocates more than Limits::message_bytes plus one read, if next() is called until it gives
// nothing after each feed(). When is_broken(), the end of the last message cannot be known: the
// stream is unusable and must be closed. A malformed message with a sound Content-Length does not
// break the stream: it may be answered and the next one read, or the stream closed.
class StreamParser {
public:
    explicit StreamParser(Limits limits = {}) : limits_{limits} {}

    void feed(std::string_view bytes);
    // The next whole message; nothing when more bytes are needed or the stream is broken.
    std::optional<Parsed<Message>> next();
    bool is_broken() const { return is_broken_; }
    // Whether a message has begun that is not whole yet.
    bool has_partial() const { return start_ < buffer_.size(); }
    // Double CRLFs seen since the last call.
    std::size_t take_pings();

private:
    void skip_blank_lines();
    Parsed<Message> give_up(Parsed<Message> last);

    Limits limits_;
    std::string buffer_;
    std::size_t start_ = 0;          // of the message being read, in buffer_
    std::size_t scanned_ = 0;        // how far the search for its empty line got
    std::size_t head_bytes_ = 0;     // 0: not found yet
    std::size_t message_bytes_ = 0;  // 0: not known yet
    std::size_t blank_lines_ = 0;    // since the last message or ping
    std::size_t pings_ = 0;
    bool is_broken_ = false;
};

// The wire form with a right Content-Length; headers in the order RFC 3261 section 7.3.1 advises.
std::string serialise(const Message& message);

// A response to `request` with Via, From, To (tag added when given and missing), Call-ID and CSeq
// copied as RFC 3261 section 8.2.6.2 demands; Record-Route too for dialog-making responses.
Message make_response(const Message& request, int status, std::string_view to_tag = "",
                      std::string_view reason = "");

std::string_view default_reason(int status);

}  // namespace amer::sip

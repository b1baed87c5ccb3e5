// A stranger's octets as a datagram and as a stream in pieces. Whatever is accepted must be written
// so that it is read back the same, an answer must be readable by its receiver, and a stream must
// give the same messages however it is cut.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "sip/wire/message.h"

namespace amer::sip {
namespace {

// Canonical text may be longer than what came (escapes, quotes, a line for each list element).
Limits wide() {
    Limits limits;
    limits.message_bytes = limits.header_bytes = limits.headers = 10'000'000;
    limits.start_line_bytes = limits.body_bytes = 10'000'000;
    return limits;
}

void check_read_back(const Message& message) {
    const std::string text = serialise(message);
    const auto again = parse_datagram(text, wide());
    AMER_CHECK(again.has_value());
    AMER_CHECK(*again == message);
    AMER_CHECK(serialise(*again) == text);
}

void check_datagram(std::string_view bytes) {
    const auto parsed = parse_datagram(bytes);
    if (parsed) {
        check_read_back(*parsed);
        if (parsed->is_request) check_read_back(make_response(*parsed, 180, "tag"));
        for (const Header& header : parsed->headers)
            AMER_CHECK(parsed->list(header.name).size() < bytes.size());
        return;
    }
    const Malformed& malformed = parsed.error();
    AMER_CHECK(!malformed.reason.empty());
    if (!malformed.answer) return;
    AMER_CHECK(malformed.answer->is_request && malformed.answer->method != Method::ack);
    Message answer = make_response(*malformed.answer, malformed.status, "tag", malformed.reason);
    if (answer.cseq == 0xffff'ffffU) answer.cseq = 1;  // stands for a number that has no place
    check_read_back(answer);
}

struct Told {
    std::vector<Parsed<Message>> messages;
    std::size_t pings = 0;
    bool is_broken = false;
};

Told read_in_pieces(std::string_view bytes, std::size_t piece) {
    Told told;
    StreamParser parser;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        parser.feed(bytes.substr(at, piece));
        while (auto message = parser.next()) told.messages.push_back(std::move(*message));
    }
    told.pings = parser.take_pings();
    told.is_broken = parser.is_broken();
    return told;
}

void check_stream(std::string_view bytes) {
    const Told whole = read_in_pieces(bytes, bytes.size());
    for (const std::size_t piece : {std::size_t{1}, 1 + bytes.size() % 13}) {
        const Told cut = read_in_pieces(bytes, piece);
        AMER_CHECK(cut.is_broken == whole.is_broken);
        AMER_CHECK(cut.pings == whole.pings);
        AMER_CHECK(cut.messages.size() == whole.messages.size());
        for (std::size_t i = 0; i < cut.messages.size(); i++) {
            const auto& a = cut.messages[i];
            const auto& b = whole.messages[i];
            AMER_CHECK(a.has_value() == b.has_value());
            if (a) AMER_CHECK(*a == *b);
            if (!a) AMER_CHECK(a.error().reason == b.error().reason);
        }
    }
    for (const auto& message : whole.messages) {
        if (message) check_read_back(*message);
    }
}

}  // namespace
}  // namespace amer::sip

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text{reinterpret_cast<const char*>(bytes), size};
    amer::sip::check_datagram(text);
    amer::sip::check_stream(text);
    return 0;
}

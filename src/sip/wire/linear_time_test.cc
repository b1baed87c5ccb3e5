// Hostile messages of 64 KiB are read a few hundred times. A reader that looks at each octet a few
// times needs about a second for this file; one with a quadratic corner needs hours, and the
// test's time-out says so.
#include <doctest/doctest.h>

#include "sip/wire/digest.h"
#include "sip/wire/message.h"

namespace amer::sip {
namespace {

constexpr std::size_t kBytes = 64'000;
constexpr int kTimes = 200;

std::string repeated(std::string_view piece) {
    std::string text;
    while (text.size() < kBytes) text.append(piece);
    return text;
}

std::string request(std::string_view more) {
    return "OPTIONS sip:a@acd.test SIP/2.0\r\nVia: SIP/2.0/TCP 192.0.2.7\r\n"
           "From: <sip:b@acd.test>;tag=1\r\nTo: <sip:a@acd.test>\r\nCall-ID: x\r\n"
           "CSeq: 1 OPTIONS\r\n" +
           std::string{more} + "\r\n\r\n";
}

// The widest limits, so that every reader behind them is reached.
Limits wide() {
    Limits limits;
    limits.message_bytes = limits.header_bytes = limits.headers = 1'000'000;
    limits.start_line_bytes = limits.body_bytes = 1'000'000;
    return limits;
}

const std::vector<std::string> kPieces = {",",
                                          ";",
                                          "\"",
                                          "<",
                                          ">",
                                          "[",
                                          "@",
                                          ":",
                                          "\\",
                                          "%",
                                          "a",
                                          " ",
                                          "a,",
                                          "a;",
                                          ";a",
                                          ";a=",
                                          ";a=\"\"",
                                          "\"a\"",
                                          "<a>",
                                          "\r\n ",
                                          "\r\n a",
                                          "<sip:a>,",
                                          "sip:a,",
                                          "<sip:a>;",
                                          "\"\" <sip:a>,",
                                          "SIP/2.0/UDP a,",
                                          "SIP/2.0/UDP [::1];a,",
                                          "sip:[",
                                          "Digest a=b,",
                                          "\\\"",
                                          "a=\"b\","};

TEST_CASE("64 KiB of separators, quotes, brackets and folds are read in linear time") {
    for (const std::string name : {"Via", "Contact", "Route", "From", "To", "CSeq", "Call-ID",
                                   "Content-Length", "Max-Forwards", "Supported", "Note"}) {
        for (const std::string& piece : kPieces) {
            const std::string bytes = request(name + ": " + repeated(piece));
            for (int i = 0; i < kTimes / 20; i++) {
                const auto parsed = parse_datagram(bytes, wide());
                if (parsed) CHECK(parsed->list(name).size() <= kBytes);
            }
            const bool is_blank = piece == " " || piece == "\r\n ";
            const bool is_text = name == "Note" || name == "Supported";
            CHECK(parse_datagram(bytes).has_value() == (is_blank && is_text));
        }
    }
}

TEST_CASE("so are thousands of short header lines") {
    for (const std::string line : {"Note:\r\n", "a\r\n", ":\r\n", "Via: SIP/2.0/UDP a\r\n", "\r\n ",
                                   "Contact: <sip:a>\r\n", "To: a\r\n", "l:1\r\n"}) {
        const std::string bytes = request(repeated(line));
        for (int i = 0; i < kTimes; i++) {
            const auto parsed = parse_datagram(bytes, wide());
            if (parsed) CHECK((parsed->via.size() + parsed->headers.size()) > 0);
        }
    }
}

TEST_CASE("so are URIs, addresses and credentials") {
    for (const std::string& piece : kPieces) {
        for (const std::string start : {"sip:", "sip:a@", "sip:a@b;", "sip:a?", "tel:", "x:", ""}) {
            const std::string text = start + repeated(piece);
            for (int i = 0; i < kTimes / 20; i++) {
                const auto uri = parse_uri(text);
                if (uri) CHECK(is_equivalent(*uri, *uri));
                const auto address = parse_name_address(text);
                if (address) CHECK(address->text().size() >= 3);
            }
        }
        const std::string credentials = "Digest " + repeated(piece);
        for (int i = 0; i < kTimes; i++) CHECK_FALSE(parse_credentials(credentials));
    }
}

TEST_CASE("so is a stream that comes octet by octet") {
    Limits limits;
    for (const std::string& more :
         {repeated("Note: y\r\n"), "l: 30000\r\n\r\n" + std::string(30'000, '\n'),
          repeated("\r\r")}) {
        const std::string bytes = request(more);
        StreamParser parser{limits};
        std::size_t given = 0;
        for (std::size_t i = 0; i < bytes.size(); i++) {
            parser.feed(std::string_view{bytes}.substr(i, 1));
            if (parser.next()) given++;
        }
        CHECK(given <= 1);
    }
}

}  // namespace
}  // namespace amer::sip

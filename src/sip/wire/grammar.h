#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sip/wire/characters.h"
#include "sip/wire/message.h"
#include "sip/wire/uri.h"

// The pieces that the parsers of this folder share; nobody outside needs them. Every reader moves
// forward only, so a message is read in time linear in its length whatever it holds.
namespace amer::sip {

// A place in an unfolded header value.
struct Cursor {
    std::string_view text;
    std::size_t at = 0;

    bool is_done() const { return at >= text.size(); }
    bool is_at(char c) const { return at < text.size() && text[at] == c; }
    void skip_space() {
        while (at < text.size() && is_space(text[at])) at++;
    }
    // Skips white space, then c; false (and no move past the space) when something else stands
    // there.
    bool take(char c) {
        skip_space();
        if (!is_at(c)) return false;
        at++;
        return true;
    }
    // The longest run of characters of the class from here; may be empty.
    std::string_view take_while(std::uint8_t classes) {
        const std::size_t start = at;
        while (at < text.size() && is_of(text[at], classes)) at++;
        return text.substr(start, at - start);
    }
};

// At an opening quote: the text without quotes and backslashes; nothing when it is never closed or
// holds a line end, which could not be written back.
std::optional<std::string> read_quoted(Cursor& cursor);
// ";name=value" repeated, up to a comma or the end. False when something else stands there; what
// was read before the fault is kept.
bool read_parameters(Cursor& cursor, Parameters& parameters);
// host [":" port]; IPv6 in brackets. False when malformed.
bool read_host_port(Cursor& cursor, std::string& host, std::uint16_t& port);

// One element of a comma-separated list; the cursor stops at the comma or the end.
Result<NameAddress> read_name_address(Cursor& cursor);

// What a broken From or To still tells: the URI in angle brackets and the tag. It is enough to
// address a 400, and for nothing else.
std::optional<NameAddress> salvage_name_address(std::string_view text);

// One element of a Via list. False when malformed; `via.host` is set when at least protocol,
// transport and sent-by could be read. `version_matters`: anything but SIP/2.0 is a fault.
bool read_via(Cursor& cursor, Via& via, bool version_matters);

void append_quoted(std::string& out, std::string_view text);
void append_parameters(std::string& out, const Parameters& parameters);  // header form
void append_host_port(std::string& out, std::string_view host, std::uint16_t port);
void append_uri(std::string& out, const Uri& uri);
void append_name_address(std::string& out, const NameAddress& address);
void append_via(std::string& out, const Via& via);

}  // namespace amer::sip

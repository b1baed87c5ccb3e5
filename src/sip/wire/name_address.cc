#include "sip/wire/grammar.h"

namespace amer::sip {
namespace {

// Up to the '<': a quoted string, or words that RFC 3261 wants to be tokens. Phones send more, so
// everything is taken but what the caller found to be structure: a comma, a semicolon, a quote.
bool read_display_name(Cursor& cursor, std::string& name) {
    if (cursor.is_at('"')) {
        auto quoted = read_quoted(cursor);
        if (!quoted) return false;
        name = std::move(*quoted);
        cursor.skip_space();
        return cursor.is_at('<');
    }
    const std::size_t start = cursor.at;
    cursor.at = cursor.text.find('<', start);
    name = std::string{trim(cursor.text.substr(start, cursor.at - start))};
    return name.find_first_of("\r\n") == std::string::npos;
}

}  // namespace

Result<NameAddress> read_name_address(Cursor& cursor) {
    cursor.skip_space();
    NameAddress address;
    std::string_view uri_text;
    const std::size_t mark = cursor.text.find_first_of("<;,\"", cursor.at);
    const bool is_bracketed =
        mark != std::string_view::npos &&
        (cursor.text[mark] == '<' || (cursor.text[mark] == '"' && mark == cursor.at));
    if (is_bracketed) {
        if (!read_display_name(cursor, address.display_name)) {
            return failure("malformed display name");
        }
        const std::size_t close = cursor.text.find('>', cursor.at);
        if (close == std::string_view::npos) return failure("'<' without '>'");
        uri_text = trim(cursor.text.substr(cursor.at + 1, close - cursor.at - 1));
        cursor.at = close + 1;
    } else {
        // Without brackets the parameters are the header's, and a '?' would be ambiguous
        // (RFC 3261 section 20.10).
        uri_text = trim(cursor.text.substr(cursor.at, mark - cursor.at));
        cursor.at = std::min(mark, cursor.text.size());
        if (uri_text.find('?') != std::string_view::npos) {
            return failure("a URI with '?' outside angle brackets");
        }
    }
    auto uri = parse_uri(uri_text);
    if (!uri) return tl::unexpected<Error>{std::move(uri.error())};
    address.uri = std::move(*uri);
    if (!read_parameters(cursor, address.parameters)) return failure("malformed parameters");
    return address;
}

Result<NameAddress> parse_name_address(std::string_view text) {
    Cursor cursor{text};
    auto address = read_name_address(cursor);
    if (address && !cursor.is_done()) return failure("more than one address");
    return address;
}

std::optional<NameAddress> salvage_name_address(std::string_view text) {
    const std::size_t open = text.rfind('<');
    if (open == std::string_view::npos) return std::nullopt;
    Cursor cursor{text, open};
    const std::size_t close = text.find('>', open);
    if (close == std::string_view::npos) return std::nullopt;
    auto uri = parse_uri(trim(text.substr(open + 1, close - open - 1)));
    if (!uri) return std::nullopt;
    NameAddress address;
    address.uri = std::move(*uri);
    cursor.at = close + 1;
    read_parameters(cursor, address.parameters);
    return address;
}

void append_name_address(std::string& out, const NameAddress& address) {
    if (!address.display_name.empty()) {
        append_quoted(out, address.display_name);
        out.push_back(' ');
    }
    out.push_back('<');
    append_uri(out, address.uri);
    out.push_back('>');
    append_parameters(out, address.parameters);
}

std::string NameAddress::text() const {
    std::string out;
    append_name_address(out, *this);
    return out;
}

}  // namespace amer::sip

#include "base/canonical_json.h"

namespace amer::canonical {

namespace {

bool needs_no_escape(unsigned char byte) {
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

void append_escaped(std::string& out, char character) {
    switch (character) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        default:
            constexpr std::string_view kDigits = "0123456789abcdef";
            out += "\\u00";
            out += kDigits[static_cast<unsigned char>(character) >> 4U];
            out += kDigits[static_cast<unsigned char>(character) & 0xfU];
    }
}

void append_padded(std::string& out, unsigned value, unsigned width) {
    char digits[8];
    for (unsigned place = width; place > 0; --place) {
        digits[place - 1] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
    out.append(digits, width);
}

}  // namespace

void append_text(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        std::size_t plain = 0;
        while (plain < text.size() && needs_no_escape(static_cast<unsigned char>(text[plain]))) {
            ++plain;
        }
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty()) break;

        const std::size_t length = utf8_sequence(text);
        if (length > 1) {
            out += text.substr(0, length);
        } else if (length == 1) {
            append_escaped(out, text.front());
        } else {
            out += "\xef\xbf\xbd";
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    out += '"';
}

void append_day(std::string& out, std::chrono::year_month_day day) {
    const int year = static_cast<int>(day.year());
    out += '"';
    if (year < 0) out += '-';
    append_padded(out, static_cast<unsigned>(year < 0 ? -year : year),
                  4 + (year > 9999 || year < -9999));
    out += '-';
    append_padded(out, static_cast<unsigned>(day.month()), 2);
    out += '-';
    append_padded(out, static_cast<unsigned>(day.day()), 2);
    out += '"';
}

}  // namespace amer::canonical

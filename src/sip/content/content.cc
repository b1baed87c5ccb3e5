#include "sip/content/content.h"

#include <cctype>

namespace amer::sip {
namespace {

constexpr std::size_t kMostParts = 16;

std::string lower(std::string_view text) {
    std::string result{text};
    for (char& letter : result) {
        letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    }
    return result;
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string_view boundary_of(std::string_view content_type) {
    const std::size_t at = lower(content_type).find("boundary=");
    if (at == std::string_view::npos) return {};
    std::string_view value = content_type.substr(at + 9);
    if (value.starts_with('"')) {
        value.remove_prefix(1);
        return value.substr(0, value.find('"'));
    }
    return trim(value.substr(0, value.find(';')));
}

// "application/sdp" of a part's own header lines; RFC 2046 makes text/plain the silent default.
std::string_view part_type(std::string_view head) {
    while (!head.empty()) {
        const std::size_t end = head.find('\n');
        const std::string_view line = head.substr(0, end);
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos) {
            const std::string name = lower(trim(line.substr(0, colon)));
            if (name == "content-type" || name == "c") return trim(line.substr(colon + 1));
        }
        if (end == std::string_view::npos) break;
        head.remove_prefix(end + 1);
    }
    return "text/plain";
}

std::optional<std::string> session_part(std::string_view body, std::string_view content_type) {
    const std::string_view boundary = boundary_of(content_type);
    if (boundary.empty()) return {};
    const std::string mark = "--" + std::string{boundary};
    std::size_t at = body.find(mark);
    for (std::size_t part = 0; part < kMostParts && at != std::string_view::npos; ++part) {
        const std::size_t start = body.find('\n', at);
        if (start == std::string_view::npos) return {};
        const std::size_t end = body.find(mark, start);
        if (end == std::string_view::npos) return {};
        const std::string_view text = body.substr(start + 1, end - start - 1);
        std::size_t gap = text.find("\r\n\r\n");
        std::size_t gap_length = 4;
        if (gap == std::string_view::npos) {
            gap = text.find("\n\n");
            gap_length = 2;
        }
        if (gap != std::string_view::npos &&
            is_content_type(part_type(text.substr(0, gap)), "application/sdp")) {
            std::string_view session = text.substr(gap + gap_length);
            if (session.ends_with("\r\n\r\n")) session.remove_suffix(2);
            return std::string{session};
        }
        at = end;
    }
    return {};
}

bool is_optional(const Message& message) {
    const auto disposition = message.header("Content-Disposition");
    return disposition && lower(*disposition).find("handling=optional") != std::string::npos;
}

std::optional<char> digit_from(std::string_view word) {
    word = trim(word);
    if (word == "10") return '*';
    if (word == "11") return '#';
    if (word.size() != 1) return {};
    const char letter = static_cast<char>(std::toupper(static_cast<unsigned char>(word.front())));
    constexpr std::string_view digits = "0123456789*#ABCD";
    if (digits.find(letter) == std::string_view::npos) return {};
    return letter;
}

}  // namespace

bool is_content_type(std::string_view content_type, std::string_view wanted) {
    return lower(trim(content_type.substr(0, content_type.find(';')))) == wanted;
}

std::optional<std::string> session_in(const Message& message) {
    if (message.body.empty()) return std::string{};
    const auto encoding = message.header("Content-Encoding");
    const bool is_plain = !encoding || lower(trim(*encoding)) == "identity";
    if (is_plain) {
        if (is_content_type(message.content_type, "application/sdp")) return message.body;
        if (lower(message.content_type).starts_with("multipart/")) {
            if (auto session = session_part(message.body, message.content_type)) return session;
        }
    }
    if (is_optional(message)) return std::string{};
    return {};
}

std::optional<char> digit_in(const Message& info) {
    std::string_view body = info.body;
    if (is_content_type(info.content_type, "application/dtmf")) return digit_from(body);
    while (!body.empty()) {
        const std::size_t end = body.find('\n');
        const std::string_view line = body.substr(0, end);
        const std::size_t equals = line.find('=');
        if (equals != std::string_view::npos && lower(trim(line.substr(0, equals))) == "signal") {
            return digit_from(line.substr(equals + 1));
        }
        if (end == std::string_view::npos) break;
        body.remove_prefix(end + 1);
    }
    return {};
}

}  // namespace amer::sip

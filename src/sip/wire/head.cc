#include "sip/wire/head.h"

#include "sip/wire/characters.h"

namespace amer::sip {
namespace {

// Control characters stand only behind a backslash (quoted-pair); a lone CR nowhere.
bool is_clean(std::string_view value) {
    char before = 0;
    for (const char c : value) {
        if (is_of(c, kControl) && (before != '\\' || c == '\r')) return false;
        before = c;
    }
    return true;
}

}  // namespace

std::size_t find_body(std::string_view bytes, std::size_t from) {
    for (std::size_t at = bytes.find('\n', from); at != std::string_view::npos;
         at = bytes.find('\n', at + 1)) {
        std::size_t next = at + 1;
        if (next < bytes.size() && bytes[next] == '\r') next++;
        if (next < bytes.size() && bytes[next] == '\n') return next + 1;
    }
    return std::string_view::npos;
}

HeadReader::HeadReader(std::string_view head) : rest_{head}, head_bytes_{head.size()} {
    start_line_ = take_line();
}

std::string_view HeadReader::take_line() {
    const std::size_t end = rest_.find('\n');
    std::string_view line = rest_.substr(0, end);
    rest_ = end == std::string_view::npos ? std::string_view{} : rest_.substr(end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
}

std::string_view HeadReader::unfold(std::string_view first) {
    if (unfolded_.capacity() < head_bytes_) unfolded_.reserve(head_bytes_);
    const std::size_t start = unfolded_.size();
    unfolded_.append(trim(first));
    while (is_at_fold()) {
        const std::string_view piece = trim(take_line());
        if (piece.empty()) continue;
        if (unfolded_.size() > start) unfolded_.push_back(' ');
        unfolded_.append(piece);
    }
    return std::string_view{unfolded_}.substr(start);
}

HeadReader::Step HeadReader::next(HeaderLine& line) {
    if (rest_.empty()) return Step::end;
    const std::string_view text = take_line();
    if (text.empty()) return Step::end;
    const std::size_t colon = text.find(':');
    const bool has_colon = colon != std::string_view::npos;
    const std::string_view value = has_colon ? text.substr(colon + 1) : std::string_view{};
    line.value = is_at_fold() ? unfold(value) : trim(value);
    line.name = text.substr(0, has_colon ? colon : 0);
    while (!line.name.empty() && is_space(line.name.back())) line.name.remove_suffix(1);
    if (!is_token(line.name) || !is_clean(line.value)) return Step::broken_line;
    line.known = find_header_name(line.name);
    return Step::line;
}

}  // namespace amer::sip

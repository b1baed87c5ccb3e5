#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sip/wire/header_name.h"

namespace amer::sip {

struct HeaderLine {
    const HeaderName* known = nullptr;  // nullptr: not one of ours
    std::string_view name;              // as it came
    std::string_view value;             // unfolded, trimmed
};

// Where a message's body begins: behind the first empty line at or after `from`; npos when there is
// none yet. Lines end with CRLF; a bare LF is taken too, since it cannot mean anything else.
std::size_t find_body(std::string_view bytes, std::size_t from = 0);

// Walks once over the start line and the header lines of a message. The bytes must outlive the
// reader, and the reader the lines it gives.
class HeadReader {
public:
    // `head`: from the start line up to, at most, the empty line.
    explicit HeadReader(std::string_view head);

    std::string_view start_line() const { return start_line_; }

    enum class Step { line, broken_line, end };
    // broken_line: no name, no colon, or a control character; reading may go on.
    Step next(HeaderLine& line);

private:
    std::string_view take_line();
    std::string_view unfold(std::string_view first);
    bool is_at_fold() const { return !rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\t'); }

    std::string_view rest_;
    std::string_view start_line_;
    std::size_t head_bytes_;
    std::string unfolded_;  // grows to head_bytes_ at most, reserved at once: views stay good
};

}  // namespace amer::sip

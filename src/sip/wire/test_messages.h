#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace amer::sip {

// Lines joined as a message is: CRLF behind each, an empty line, then the body as it stands.
inline std::string message_of(std::initializer_list<std::string_view> lines,
                              std::string_view body = "") {
    std::string text;
    for (const std::string_view line : lines) text.append(line).append("\r\n");
    return text.append("\r\n").append(body);
}

}  // namespace amer::sip

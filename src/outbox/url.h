#pragma once

#include <optional>
#include <string>

namespace amer::outbox {

// Is this host this machine itself, as far as its name tells: localhost, 127.0.0.0/8, ::1?
bool is_loopback(const std::string& host);

// What is wrong with the address of a gateway, as the end of a sentence; nothing: it will do.
// Unencrypted addresses only lead to this machine, unless that is allowed aloud.
std::optional<std::string> complaint_of_url(const std::string& url, bool allow_insecure);

// "host", "host:25" or "[::1]:25" in its parts; port 0: none was named. Nothing: not of that form.
struct HostAndPort {
    std::string host;  // without brackets
    unsigned port = 0;
};
std::optional<HostAndPort> host_and_port(const std::string& text);

}  // namespace amer::outbox

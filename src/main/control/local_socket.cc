#include "main/control/local_socket.h"

#include <cstring>

#include <fmt/format.h>
#include <sys/socket.h>

namespace amer::control {

Result<sockaddr_un> address_of(const std::filesystem::path& socket) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = socket.string();
    if (path.size() >= sizeof address.sun_path) {
        return failure(
            fmt::format("{}: the path is too long for a socket; put the data folder "
                        "nearer to the root",
                        path));
    }
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

Descriptor connect_to(const sockaddr_un& address) {
    Descriptor connection{socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    if (!connection) return connection;
    const auto* generic = reinterpret_cast<const sockaddr*>(&address);
    if (connect(connection.number(), generic, sizeof address) != 0) return Descriptor{};
    return connection;
}

}  // namespace amer::control

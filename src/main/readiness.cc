#include "main/readiness.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

namespace amer {
namespace {

// A path, or an abstract socket when it begins with '@' (sd_notify(3)).
void notify_supervisor(std::string_view text) {
    const char* name = std::getenv("NOTIFY_SOCKET");
    if (name == nullptr) return;
    const std::string_view path{name};
    sockaddr_un address{};
    if (path.empty() || path.size() >= sizeof(address.sun_path)) return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    if (path.front() == '@') address.sun_path[0] = '\0';

    const int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return;
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
    // A supervisor that does not listen is no reason not to serve.
    static_cast<void>(sendto(descriptor, text.data(), text.size(), MSG_NOSIGNAL,
                             reinterpret_cast<const sockaddr*>(&address), length));
    close(descriptor);
}

}  // namespace

Readiness::Readiness(std::filesystem::path data) : file_{std::move(data) / "ready"} {
    std::error_code ignored;  // left behind by a crash, or not there
    std::filesystem::remove(file_, ignored);
}

Readiness::~Readiness() {
    notify_supervisor("STOPPING=1");
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
}

void Readiness::announce() {
    std::ofstream{file_} << getpid() << '\n';
    notify_supervisor("READY=1");
}

}  // namespace amer

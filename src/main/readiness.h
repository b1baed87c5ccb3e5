#pragma once

#include <filesystem>

namespace amer {

// Says that calls are taken: a file <data>/ready with our process number, for scripts, and the
// systemd notification protocol (sd_notify(3), READY=1) when NOTIFY_SOCKET names a socket.
class Readiness {
public:
    explicit Readiness(std::filesystem::path data);
    ~Readiness();  // not ready any more
    Readiness(const Readiness&) = delete;
    Readiness& operator=(const Readiness&) = delete;

    void announce();

private:
    std::filesystem::path file_;
};

}  // namespace amer

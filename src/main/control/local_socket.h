#pragma once

#include <filesystem>
#include <utility>

#include <sys/un.h>
#include <unistd.h>

#include "base/result.h"

namespace amer::control {

// A file descriptor with an owner.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_{number} {}
    Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() {
        if (number_ >= 0) close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int number() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

private:
    int number_ = -1;
};

// Fails when the path does not fit a socket address (107 bytes on Linux).
Result<sockaddr_un> address_of(const std::filesystem::path& socket);
// A connection, or nothing there (errno says why).
Descriptor connect_to(const sockaddr_un& address);

}  // namespace amer::control

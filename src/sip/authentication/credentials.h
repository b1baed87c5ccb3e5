#pragma once

#include <string>

namespace amer::sip {

// What we answer another side's digest challenges with; an empty name: we have nothing.
struct Credentials {
    std::string username;
    std::string password;

    bool operator==(const Credentials&) const = default;
};

}  // namespace amer::sip

#pragma once

#include <functional>
#include <string>
#include <vector>

namespace amer::sip {

// Turns a host name into literal addresses (A and AAAA). The answer comes on the signalling
// thread, at once or later, exactly once; an empty list means that the name leads nowhere.
class Resolver {
public:
    using Done = std::function<void(std::vector<std::string> addresses)>;

    virtual ~Resolver() = default;
    virtual void resolve(const std::string& host, Done done) = 0;
};

}  // namespace amer::sip

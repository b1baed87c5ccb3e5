#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/result.h"

namespace amer {

// An E.164 number with its plus sign: "+971600500500" (ITU-T E.164, 2 to 15 digits). Turning what
// people dial or networks send into one is telephony/numbering's work; this only holds it.
class PhoneNumber {
public:
    PhoneNumber() = default;

    static Result<PhoneNumber> parse(std::string_view e164);

    const std::string& e164() const { return e164_; }
    explicit operator bool() const { return !e164_.empty(); }
    auto operator<=>(const PhoneNumber&) const = default;

private:
    std::string e164_;
};

}  // namespace amer

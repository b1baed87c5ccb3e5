#include "base/phone_number.h"

#include <algorithm>

namespace amer {

Result<PhoneNumber> PhoneNumber::parse(std::string_view e164) {
    const bool has_plus = !e164.empty() && e164.front() == '+';
    const std::string_view digits = has_plus ? e164.substr(1) : e164;
    const bool all_digits =
        std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!has_plus || !all_digits || digits.size() < 2 || digits.size() > 15) {
        return failure("not an E.164 number (a plus sign and 2 to 15 digits): " +
                       std::string{e164.substr(0, 32)});
    }
    PhoneNumber number;
    number.e164_ = std::string{e164};
    return number;
}

}  // namespace amer

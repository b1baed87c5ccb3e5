#include "telephony/numbering.h"

#include <string>

#include <phonenumbers/phonenumberutil.h>

namespace amer::telephony {

using i18n::phonenumbers::PhoneNumberUtil;
using ParsedNumber = i18n::phonenumbers::PhoneNumber;

// Longer input is no number but an attack on the parser (E.164 has 15 digits).
constexpr std::size_t kLongestInput = 40;

Result<PhoneNumber> normalise(std::string_view raw, std::string_view country) {
    if (raw.empty() || raw.size() > kLongestInput) return failure("not a telephone number");
    const PhoneNumberUtil& numbers = *PhoneNumberUtil::GetInstance();
    ParsedNumber parsed;
    if (numbers.Parse(std::string{raw}, std::string{country}, &parsed) !=
        PhoneNumberUtil::NO_PARSING_ERROR) {
        return failure("not a telephone number: " + std::string{raw});
    }
    if (!numbers.IsValidNumber(parsed)) {
        return failure("no such number in the numbering plan: " + std::string{raw});
    }
    std::string e164;
    numbers.Format(parsed, PhoneNumberUtil::E164, &e164);
    return PhoneNumber::parse(e164);
}

bool is_callable(const PhoneNumber& number) {
    const PhoneNumberUtil& numbers = *PhoneNumberUtil::GetInstance();
    ParsedNumber parsed;
    if (numbers.Parse(number.e164(), "ZZ", &parsed) != PhoneNumberUtil::NO_PARSING_ERROR) {
        return false;
    }
    const auto type = numbers.GetNumberType(parsed);
    return type != PhoneNumberUtil::PREMIUM_RATE && type != PhoneNumberUtil::SHARED_COST;
}

}  // namespace amer::telephony

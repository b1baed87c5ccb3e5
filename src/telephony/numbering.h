#pragma once

#include <string_view>

#include "base/phone_number.h"
#include "base/result.h"

namespace amer::telephony {

// What people dial and networks send -> E.164, by the public numbering metadata of libphonenumber.
// `country` is the ISO 3166 code that a number without a country code belongs to ("AE"). Fails for
// what is not a valid number there: short codes, bare local numbers, words. Any thread.
Result<PhoneNumber> normalise(std::string_view raw, std::string_view country);

// May this number be rung back at all? Premium and shared-cost numbers may not: a caller could make
// the ministry pay for his own service.
bool is_callable(const PhoneNumber& number);

}  // namespace amer::telephony

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/phone_number.h"

namespace amer::callback {

// May a promise be made to this number? Emergency and premium numbers are never called back
// (domain.md section 4). The centre's own numbers are the caller's business to exclude.
bool may_be_called(const PhoneNumber& number);

// Can it show a short message? Mobile numbers of the country; of others nobody here can tell.
bool may_be_written_to(const PhoneNumber& number, std::string_view country);

// What a caller keyed in, as a number: "0501234567", "501234567", "971501234567", "00968…".
// Nothing when it cannot be one. Knows only the shapes of `country` "AE"; elsewhere the
// international form is needed.
std::optional<PhoneNumber> number_from_keys(std::string_view keys, std::string_view country);

// The digits as people of `country` say them: "0501234567", from elsewhere "00968…".
std::string spoken_digits(const PhoneNumber& number, std::string_view country);

}  // namespace amer::callback

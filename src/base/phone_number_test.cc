#include "base/phone_number.h"

#include <doctest/doctest.h>

using amer::PhoneNumber;

TEST_CASE("a phone number is a plus sign and two to fifteen digits") {
    const auto number = PhoneNumber::parse("+971600500500");
    REQUIRE(number);
    CHECK(number->e164() == "+971600500500");

    CHECK_FALSE(PhoneNumber::parse("600500500"));
    CHECK_FALSE(PhoneNumber::parse("+"));
    CHECK_FALSE(PhoneNumber::parse("+1"));
    CHECK_FALSE(PhoneNumber::parse("+97150123456789012"));
    CHECK_FALSE(PhoneNumber::parse("+971 50"));
}

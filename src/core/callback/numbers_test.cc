#include "core/callback/numbers.h"

#include <doctest/doctest.h>

namespace amer::callback {

namespace {

PhoneNumber phone(const char* e164) {
    const auto number = PhoneNumber::parse(e164);
    REQUIRE(number);
    return *number;
}

}  // namespace

TEST_CASE("emergency and premium numbers are never called back") {
    for (const char* number :
         {"+999", "+971999", "+971998", "+971997", "+971996", "+971991", "+971901", "+971112"}) {
        CAPTURE(number);
        CHECK_FALSE(may_be_called(phone(number)));
    }
    CHECK_FALSE(may_be_called(phone("+971900012345")));
    CHECK_FALSE(may_be_called(phone("+971900212345")));
    CHECK_FALSE(may_be_called(PhoneNumber{}));
}

TEST_CASE("ordinary numbers that merely contain those digits are called") {
    for (const char* number : {"+971501234999", "+97142345999", "+96824999999", "+971509990001"}) {
        CAPTURE(number);
        CHECK(may_be_called(phone(number)));
    }
}

TEST_CASE("what a caller keys in becomes a number, or is refused") {
    struct Case {
        const char* keys;
        const char* e164;  // "" : none
    };
    for (const Case& each : {Case{"0501234567", "+971501234567"},
                             {"501234567", "+971501234567"},
                             {"971501234567", "+971501234567"},
                             {"00971501234567", "+971501234567"},
                             {"009710501234567", "+971501234567"},
                             {"009710900212345", ""},
                             {"042345678", "+97142345678"},
                             {"0096824123456", "+96824123456"},
                             {"2345678", ""},
                             {"081234567", ""},
                             {"999", ""},
                             {"171", ""},
                             {"", ""},
                             {"00", ""},
                             {"05012345678", ""},
                             {"00971999", ""}}) {
        CAPTURE(each.keys);
        const auto number = number_from_keys(each.keys, "AE");
        CHECK((number ? number->e164() : std::string{}) == each.e164);
    }
    CHECK_FALSE(number_from_keys("0501234567", "OM"));
    CHECK(number_from_keys("0096824123456", "OM"));
}

TEST_CASE("a number is spoken as people here dial it") {
    CHECK(spoken_digits(phone("+971501234567"), "AE") == "0501234567");
    CHECK(spoken_digits(phone("+96824123456"), "AE") == "0096824123456");
}

}  // namespace amer::callback

#include "telephony/numbering.h"

#include <doctest/doctest.h>

using amer::telephony::is_callable;
using amer::telephony::normalise;

namespace {

std::string in_emirates(std::string_view raw) {
    const auto number = normalise(raw, "AE");
    return number ? number->e164() : "";
}

}  // namespace

TEST_CASE("every spelling of one mobile number is one number") {
    for (const char* spelling : {"0501234567", "00971501234567", "971501234567", "501234567",
                                 "+971 (0)50 123 4567", "+971501234567"}) {
        CAPTURE(spelling);
        CHECK(in_emirates(spelling) == "+971501234567");
    }
}

TEST_CASE("fixed, universal and toll-free numbers of the country are understood") {
    CHECK(in_emirates("042345678") == "+97142345678");
    CHECK(in_emirates("600500500") == "+971600500500");
    CHECK(in_emirates("8006679") == "+9718006679");
    CHECK(in_emirates("80088889") == "+97180088889");
}

TEST_CASE("a foreign number stays foreign") {
    CHECK(in_emirates("+96892345678") == "+96892345678");
}

TEST_CASE("what is no number is refused, not guessed") {
    for (const char* raw : {"", "2345678", "999", "171", "0571234567", "anonymous", "Restricted",
                            "+", "00", "0501234567890123456789012345678901234567890"}) {
        CAPTURE(raw);
        CHECK_FALSE(normalise(raw, "AE"));
    }
}

TEST_CASE("premium and shared-cost numbers are not rung back") {
    CHECK(is_callable(*normalise("0501234567", "AE")));
    CHECK(is_callable(*normalise("+96892345678", "AE")));
    CHECK_FALSE(is_callable(*normalise("900212345", "AE")));
    CHECK_FALSE(is_callable(*normalise("700012345", "AE")));
}

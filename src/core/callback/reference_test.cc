#include "core/callback/reference.h"

#include <doctest/doctest.h>

namespace amer::callback {

TEST_CASE("the known check digit of Damm's own example") {
    CHECK(is_reference("5724"));
    CHECK_FALSE(is_reference("5727"));
    CHECK_FALSE(is_reference(""));
    CHECK_FALSE(is_reference("57a4"));
}

TEST_CASE("a mistyped digit or two swapped ones never make another reference") {
    for (const std::uint64_t value : {1U, 2U, 99U, 4711U, 123'456U}) {
        const std::string reference = reference_of(PromiseId{value});
        CHECK(reference.size() >= 6);
        CHECK(is_reference(reference));
        for (std::size_t at = 0; at < reference.size(); ++at) {
            for (char digit = '0'; digit <= '9'; ++digit) {
                std::string wrong = reference;
                wrong[at] = digit;
                CHECK(is_reference(wrong) == (wrong == reference));
            }
            if (at + 1 == reference.size() || reference[at] == reference[at + 1]) continue;
            std::string swapped = reference;
            std::swap(swapped[at], swapped[at + 1]);
            CHECK_FALSE(is_reference(swapped));
        }
    }
}

}  // namespace amer::callback

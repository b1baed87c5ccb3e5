#include "core/queue/passed_over.h"

#include <doctest/doctest.h>

namespace amer::queue {

TEST_CASE("neighbours are written as a range, and read back") {
    NumberRanges ranges;
    CHECK(ranges.is_empty());
    for (const std::uint32_t number : {1U, 2U, 3U, 7U, 9U, 10U}) ranges.add(number);
    CHECK(ranges.text() == "1-3 7 9-10");
    CHECK(numbers_in("1-3 7 9-10") == std::vector<std::uint32_t>{1, 2, 3, 7, 9, 10});
    CHECK(numbers_in("").empty());
    CHECK(numbers_in("4 x 5") == std::vector<std::uint32_t>{4});
}

}  // namespace amer::queue

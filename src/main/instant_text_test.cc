#include "main/instant_text.h"

#include <doctest/doctest.h>

using namespace amer;
using namespace std::chrono_literals;

TEST_CASE("an instant is read with its offset and written with the centre's") {
    const auto evening = parse_instant("2026-11-19T18:00:00+04:00");
    REQUIRE(evening);
    CHECK(*evening == parse_instant("2026-11-19T14:00:00Z").value());
    CHECK(*evening == parse_instant("2026-11-19 09:00:00-05:00").value());
    CHECK(format_instant(*evening, 240) == "2026-11-19T18:00:00+04:00");
    CHECK(format_instant(*evening, 0) == "2026-11-19T14:00:00Z");
    CHECK(format_instant(*evening, -210) == "2026-11-19T10:30:00-03:30");
    CHECK(format_instant(*evening + 1500ms, 240) == "2026-11-19T18:00:01.500+04:00");
}

TEST_CASE("fractions count to the microsecond") {
    const auto base = parse_instant("2026-11-19T18:00:00Z");
    CHECK(*parse_instant("2026-11-19T18:00:00.25Z") - *base == 250ms);
    CHECK(*parse_instant("2026-11-19T18:00:00.0000019Z") - *base == 1us);
}

TEST_CASE("what is no instant is refused with an example") {
    for (const char* text :
         {"", "2026-11-19", "2026-11-19T18:00:00", "2026-02-30T18:00:00Z", "2026-11-19T24:00:00Z",
          "2026-11-19T18:60:00Z", "tomorrow", "2026-11-19T18:00:00+4:00", "2026-11-19T18:00:00Zx",
          "2026-11-19T18:00:00.Z"}) {
        CAPTURE(text);
        const auto instant = parse_instant(text);
        REQUIRE_FALSE(instant);
        CHECK(instant.error().what.find("2026-11-19T18:00:00+04:00") != std::string::npos);
    }
}

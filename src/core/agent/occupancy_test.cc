#include "core/agent/occupancy.h"

#include <doctest/doctest.h>

namespace amer::agent {

using namespace std::chrono_literals;
using Spent = Occupancy::Spent;

namespace {
const Instant kStart{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};
}

TEST_CASE("nobody who has done nothing is busy") {
    CHECK(Occupancy{}.share(kStart, kStart) == 0);
    CHECK(Occupancy{}.share(kStart + 10min, kStart) == 0);
}

TEST_CASE("a quarter of the time talked is a quarter, over slot borders") {
    Occupancy occupancy;
    occupancy.add(kStart + 4min, kStart + 7min, Spent::busy);
    CHECK(occupancy.share(kStart + 16min, kStart + 7min) == 2'500);
    occupancy.add(kStart + 7min, kStart + 16min, Spent::ready);
    CHECK(occupancy.share(kStart + 16min, kStart + 16min) == 2'500);
}

TEST_CASE("what was before the last six slots no longer counts, added late or early") {
    Occupancy occupancy;
    occupancy.add(kStart, kStart + 5min, Spent::busy);
    CHECK(occupancy.share(kStart + 29min, kStart + 5min) > 0);
    CHECK(occupancy.share(kStart + 30min, kStart + 5min) == 0);
    Occupancy late;
    late.add(kStart - 24h, kStart + 1min, Spent::busy);
    CHECK(late.slots.size() == 6);
    CHECK(late.slots.back().busy_us == std::chrono::microseconds{1min}.count());
}

}  // namespace amer::agent

#include "engine/system_clock.h"

#include <doctest/doctest.h>

namespace amer::engine {
namespace {

using namespace std::chrono_literals;

constexpr Instant kNoon{1'000'000s};
constexpr MonotonicInstant kBoot{500s};

TEST_CASE("a clock that is in order shows the machine's time") {
    Drift drift{.shown = kNoon, .at = kBoot};
    CHECK(drift.show(kNoon + 3s, kBoot + 3s) == kNoon + 3s);
    CHECK(drift.show(kNoon + 4s, kBoot + 4s) == kNoon + 4s);
}

TEST_CASE("a rehearsal's clock keeps its distance") {
    Drift drift{.shown = kNoon - 24h, .at = kBoot, .offset = -24h};
    CHECK(drift.show(kNoon + 5s, kBoot + 5s) == kNoon - 24h + 5s);
}

TEST_CASE("a machine's clock set forward is followed at once") {
    Drift drift{.shown = kNoon, .at = kBoot};
    CHECK(drift.show(kNoon + 1h, kBoot + 1s) == kNoon + 1h);
}

TEST_CASE(
    "case 30: a machine's clock set back: time goes on at half speed until it has caught up") {
    Drift drift{.shown = kNoon, .at = kBoot};
    CHECK(drift.show(kNoon - 60s, kBoot + 10s) == kNoon + 5s);
    CHECK(drift.show(kNoon + 10s, kBoot + 80s) == kNoon + 40s);
    CHECK(drift.show(kNoon + 70s, kBoot + 140s) == kNoon + 70s);
    CHECK(drift.show(kNoon + 80s, kBoot + 150s) == kNoon + 80s);
}

TEST_CASE("who asks very often does not stop a clock that catches up") {
    Drift drift{.shown = kNoon, .at = kBoot};
    for (int microsecond = 1; microsecond <= 1'000; ++microsecond) {
        drift.show(kNoon - 1h, kBoot + std::chrono::microseconds{microsecond});
    }
    CHECK(drift.shown == kNoon + 500us);
}

TEST_CASE("the journal's last instant is never undercut") {
    Drift drift{.shown = kNoon, .at = kBoot};
    drift.not_before(kNoon + 1h);
    CHECK(drift.show(kNoon + 2s, kBoot + 2s) == kNoon + 1h + 1s);
    CHECK(drift.show(kNoon + 2h, kBoot + 2h) == kNoon + 2h);
}

TEST_CASE("the real clock starts where it is told and never waits longer than a second") {
    SystemClock clock{Instant{24h}};
    const Instant first = clock.now();
    CHECK(first >= Instant{24h});
    CHECK(first < Instant{25h});
    CHECK(clock.now() >= first);

    const auto before = std::chrono::steady_clock::now();
    const auto until = clock.sleep_until(Instant{1000h});
    REQUIRE(until);
    CHECK(*until >= before);
    CHECK(*until <= std::chrono::steady_clock::now() + 1s);
    const auto long_past = clock.sleep_until(Instant{1h});
    REQUIRE(long_past);
    CHECK(*long_past <= std::chrono::steady_clock::now());
}

}  // namespace
}  // namespace amer::engine

#include "core/queue/expected_wait.h"

#include <doctest/doctest.h>

namespace amer::queue {

namespace {

// `handled` contacts of three minutes each.
Recent::Slot hour_of(std::int64_t handled, std::int64_t abandoned = 0,
                     std::int64_t waited_s = 3'600) {
    return {0, handled, handled * 180'000, abandoned, waited_s * 1'000};
}

}  // namespace

TEST_CASE("the expected wait: one departure for each caller ahead and one for him") {
    const auto next = expected_wait(0, 1, hour_of(20), 5);
    REQUIRE(next);
    CHECK(next->expected_ms == 180'000);
    CHECK(expected_wait(0, 6, hour_of(20), 5)->expected_ms == 30'000);
    CHECK(expected_wait(11, 6, hour_of(20), 5)->expected_ms == 360'000);
}

TEST_CASE("the expected wait is shorter where callers give up") {
    // Two agents of three minutes free themselves every 90 s. Each caller gives up once in ten
    // minutes: with two ahead the first departure is at 1/(1/90 + 2/600) s, and so on.
    const auto patient = expected_wait(2, 2, hour_of(20), 5);
    const auto impatient = expected_wait(2, 2, hour_of(20, 6, 3'600), 5);
    CHECK(patient->expected_ms == 270'000);
    CHECK(impatient->expected_ms == 69'230 + 78'260 + 90'000);
}

TEST_CASE("half of the waits are within the range: wider for one departure than for many") {
    const auto one = expected_wait(0, 1, hour_of(20), 5);
    CHECK(one->low_ms == 180'000 - 121'410);
    CHECK(one->high_ms == 180'000 + 121'410);
    const auto many = expected_wait(15, 1, hour_of(20), 5);
    CHECK(many->expected_ms == 16 * 180'000);
    CHECK(many->high_ms - many->expected_ms == 4 * 121'410);
}

TEST_CASE("no wait is told without an agent, or when the hour knows too little") {
    CHECK_FALSE(expected_wait(0, 0, hour_of(20), 5));
    CHECK_FALSE(expected_wait(0, 3, hour_of(4), 5));
    CHECK(expected_wait(0, 3, hour_of(5), 5));
    CHECK_FALSE(expected_wait(0, 3, Recent::Slot{}, 0));
}

TEST_CASE("an estimate ends at four hours, however many wait") {
    CHECK(expected_wait(100'000, 1, hour_of(20), 5)->expected_ms == kLongestEstimateMs);
}

TEST_CASE("minutes are told rounded up, and coarser the more they are") {
    CHECK(told_minutes(0) == 0);
    CHECK(told_minutes(59'999) == 0);
    CHECK(told_minutes(60'000) == 1);
    CHECK(told_minutes(60'001) == 2);
    CHECK(told_minutes(9 * 60'000) == 9);
    CHECK(told_minutes(11 * 60'000) == 15);
    CHECK(told_minutes(29 * 60'000) == 30);
    CHECK(told_minutes(31 * 60'000) == 40);
}

TEST_CASE("what was told rises by more than one step or not at all, and falls at once") {
    CHECK(told_after(4, 5) == 4);
    CHECK(told_after(4, 6) == 6);
    CHECK(told_after(10, 15) == 10);
    CHECK(told_after(10, 20) == 20);
    CHECK(told_after(4, 3) == 3);
}

TEST_CASE("only the last hour counts") {
    Recent recent;
    const Instant nine = Instant{std::chrono::hours{9}};
    recent.add_handled(nine, std::chrono::minutes{3});
    recent.add_left(nine, std::chrono::minutes{2}, true);
    recent.add_left(nine + std::chrono::minutes{50}, std::chrono::minutes{1}, false);
    const Recent::Slot before = recent.sum(nine + std::chrono::minutes{59});
    CHECK(before.handled == 1);
    CHECK(before.handled_ms == 180'000);
    CHECK(before.abandoned == 1);
    CHECK(before.waited_ms == 180'000);
    const Recent::Slot after = recent.sum(nine + std::chrono::minutes{60});
    CHECK(after.handled == 0);
    CHECK(after.abandoned == 0);
    CHECK(after.waited_ms == 60'000);
    recent.add_handled(nine + std::chrono::minutes{60}, std::chrono::minutes{1});
    CHECK(recent.slots.size() == 2);
}

}  // namespace amer::queue

#include "sip/transaction/timer_wheel.h"

#include <doctest/doctest.h>

#include "base/rng.h"

using namespace amer;
using namespace amer::sip;
using namespace std::chrono_literals;

namespace {

constexpr MonotonicInstant kStart{5000s};

std::vector<std::uint64_t> due(TimerWheel& wheel, MonotonicInstant now) {
    std::vector<std::uint64_t> subjects;
    while (const auto alarm = wheel.take_due(now)) subjects.push_back(alarm->subject);
    return subjects;
}

TimerId set(TimerWheel& wheel, MonotonicInstant now, Duration after, std::uint64_t subject) {
    return wheel.set(now, now + after, Alarm{AlarmKind::client_again, subject});
}

}  // namespace

TEST_CASE("a timer goes off in its time, never early, at most a slot late") {
    TimerWheel wheel;
    set(wheel, kStart, 500ms, 1);
    CHECK(due(wheel, kStart + 499ms).empty());
    CHECK(due(wheel, kStart + 500ms) == std::vector<std::uint64_t>{1});
    set(wheel, kStart + 500ms, 3ms, 2);
    CHECK(due(wheel, kStart + 502ms).empty());
    CHECK(due(wheel, kStart + 510ms) == std::vector<std::uint64_t>{2});
    CHECK(wheel.size() == 0);
}

TEST_CASE("a short timer set after a long one is not kept waiting by it") {
    TimerWheel wheel;
    set(wheel, kStart, 32s, 1);
    set(wheel, kStart, 500ms, 2);
    CHECK(wheel.next() == kStart + 500ms);
    CHECK(due(wheel, kStart + 500ms) == std::vector<std::uint64_t>{2});
    CHECK(due(wheel, kStart + 32s) == std::vector<std::uint64_t>{1});
}

TEST_CASE("cancelling stops a timer, twice does no harm, and a stale name hits nobody") {
    TimerWheel wheel;
    TimerId first = set(wheel, kStart, 1s, 1);
    const TimerId copy = first;
    wheel.cancel(first);
    CHECK_FALSE(first);
    wheel.cancel(first);
    set(wheel, kStart, 1s, 2);  // takes the same node
    TimerId stale = copy;
    wheel.cancel(stale);
    CHECK(due(wheel, kStart + 1s) == std::vector<std::uint64_t>{2});
}

TEST_CASE("a timer further away than one turn of the wheel waits its turns") {
    TimerWheel wheel;
    set(wheel, kStart, 2h, 1);
    for (MonotonicInstant now = kStart; now < kStart + 2h; now += 7s) {
        REQUIRE(due(wheel, now).empty());
    }
    CHECK(due(wheel, kStart + 2h) == std::vector<std::uint64_t>{1});
}

TEST_CASE("one late look finds everything in the order of time") {
    TimerWheel wheel;
    set(wheel, kStart, 90s, 3);
    set(wheel, kStart, 1s, 1);
    set(wheel, kStart, 50s, 2);
    CHECK(due(wheel, kStart + 1h) == std::vector<std::uint64_t>{1, 2, 3});
    CHECK_FALSE(wheel.next());
}

TEST_CASE("ten thousand timers behave as a sorted list would") {
    TimerWheel wheel;
    Rng rng{7};
    std::multimap<MonotonicInstant, std::uint64_t> expected;
    MonotonicInstant now = kStart;
    std::uint64_t fired = 0;
    for (std::uint64_t subject = 1; subject <= 10'000; ++subject) {
        const Duration after = std::chrono::milliseconds{10 * rng.below(6000)};
        TimerId timer = set(wheel, now, after, subject);
        if (rng.below(4) == 0) {
            wheel.cancel(timer);
        } else {
            expected.emplace(std::max(now + after, now + 10ms), subject);
        }
        now += std::chrono::milliseconds{10 * rng.below(5)};
        for (const std::uint64_t gone : due(wheel, now)) {
            ++fired;
            const auto it = std::find_if(expected.begin(), expected.end(),
                                         [&](const auto& entry) { return entry.second == gone; });
            REQUIRE(it != expected.end());
            REQUIRE(it->first <= now);
            expected.erase(it);
        }
        if (!expected.empty()) REQUIRE(expected.begin()->first > now);
        REQUIRE(wheel.size() == expected.size());
    }
    CHECK(fired > 1000);
}

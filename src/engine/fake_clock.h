#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <utility>

#include "base/guarded.h"
#include "base/instant.h"
#include "engine/clock.h"

namespace amer::engine {

// A clock that stands still until it is moved: for tests and simulations. Any thread.
class FakeClock final : public Clock {
public:
    explicit FakeClock(Instant start) : now_{start} {}

    Instant now() override {
        return now_.with([](const Instant& now) { return now; });
    }
    void not_before(Instant floor) override {
        now_.with([floor](Instant& now) { now = std::max(now, floor); });
    }
    std::optional<std::chrono::steady_clock::time_point> sleep_until(Instant) override {
        return std::nullopt;
    }
    void on_move(std::function<void()> wake) override {
        wake_.with([&](std::function<void()>& held) { held = std::move(wake); });
    }

    // Wakes whoever waits for a deadline.
    void advance(Duration by) { move_to(now() + by); }
    void move_to(Instant instant) {
        not_before(instant);
        wake_.with([](const std::function<void()>& wake) {
            if (wake) wake();
        });
    }

private:
    Guarded<Instant> now_;
    Guarded<std::function<void()>> wake_;
};

}  // namespace amer::engine

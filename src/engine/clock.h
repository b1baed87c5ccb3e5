#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "base/instant.h"

namespace amer::engine {

// The only source of wall-clock time. Every command's `now` comes from here; never goes back.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() = 0;

    // What was written down already happened: now() must not be earlier than this.
    virtual void not_before(Instant) {}

    // Who waits for `instant` sleeps until this point and then asks now() again; it may come
    // early. Nothing: the clock moves by hand and calls the function given to on_move() when it
    // does.
    virtual std::optional<std::chrono::steady_clock::time_point> sleep_until(Instant instant) = 0;

    // Called from the thread that moves the clock; an empty function ends it. Clocks that run by
    // themselves never call it.
    virtual void on_move(std::function<void()>) {}
};

}  // namespace amer::engine

#pragma once

#include <chrono>
#include <optional>

#include "base/guarded.h"
#include "base/instant.h"
#include "engine/clock.h"
#include "engine/drift.h"

namespace amer::engine {

// The machine's clock, or one that shows `start` at its making and runs on from there (rehearsals:
// `--clock`). Any thread. When the machine's clock is set forward it follows at once; when it is
// set back (or stands behind what the journal holds) it runs at half speed until the machine has
// caught up: time never goes back, and yet no deadline stands still.
class SystemClock final : public Clock {
public:
    explicit SystemClock(std::optional<Instant> start = {});

    Instant now() override;
    void not_before(Instant floor) override;
    std::optional<std::chrono::steady_clock::time_point> sleep_until(Instant instant) override;

private:
    Guarded<Drift> drift_;
};

}  // namespace amer::engine

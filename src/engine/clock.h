#pragma once

#include "base/instant.h"

namespace amer::engine {

// The only source of wall-clock time. Every command's `now` comes from here; never goes back.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() = 0;
};

}  // namespace amer::engine

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/guarded.h"
#include "engine/engine.h"

namespace amer::control {

// What was said aloud since the process began, by kind: alarms of the core, promises that are
// overdue or broken, notifications that were given up. The engine's thread tells it, the control
// thread asks.
class Alarms {
public:
    struct Kind {
        std::uint64_t times = 0;
        Instant first;
        Instant last;
        ContactId contact;  // of the last, where it is about one
        PromiseId promise;  // likewise

        AMER_FIELDS(Kind, times, first, last, contact, promise)
    };
    using Kinds = std::map<std::string, Kind>;

    void take(const std::vector<engine::Entry>& entries);
    Kinds since_start() const {
        return kinds_.with([](const Kinds& kinds) { return kinds; });
    }

private:
    Guarded<Kinds> kinds_;  // two threads, and a question is rare
};

}  // namespace amer::control

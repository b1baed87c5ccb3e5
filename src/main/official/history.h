#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/calendar/calendar.h"
#include "engine/journal.h"

namespace amer::official {

// Every version the official calendar had, told from the journal's entries in their order.
class History {
public:
    struct Version {
        std::uint64_t number = 0;
        Instant since;
        std::string cause;                 // "configuration 3 was published", "closed by hamad"
        std::vector<std::string> changes;  // none of the first one
        std::uint64_t promises_moved = 0;
        calendar::Calendar calendar;
    };

    void take(const engine::Entry& entry);

    const std::vector<Version>& versions() const { return versions_; }
    // The one in force at the end of that local day: what was believed then. nullptr: none yet.
    const Version* believed_on(calendar::LocalDay day) const;

private:
    void come(calendar::Calendar calendar, Instant since, std::string cause);

    std::vector<Version> versions_;
};

}  // namespace amer::official

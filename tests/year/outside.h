#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "core/terms/terms.h"

namespace amer::year {

// What people outside know of us, whatever our journal says: whose telephone rang, who talked with
// one of our agents.
struct Outside {
    std::map<PromiseId, std::uint64_t> conversations;  // on a call of ours for that promise
    std::map<PhoneNumber, Instant> talked_at;          // on a call of his own, the last
    std::uint64_t rang = 0;
    std::uint64_t picked_up = 0;
    std::uint64_t heard_nothing = 0;  // rang us while the process was dead, or dying
    std::uint64_t cut_off = 0;        // was on the line when it died
};

}  // namespace amer::year

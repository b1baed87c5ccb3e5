#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/fields.h"

namespace amer::measure {

// What became of the contacts offered to a queue (acd.md section 2).
struct Counts {
    std::int64_t answered = 0;             // A
    std::int64_t answered_in_target = 0;   // At
    std::int64_t abandoned = 0;            // B
    std::int64_t abandoned_in_target = 0;  // Bt
    std::int64_t abandoned_short = 0;      // Bs
    std::int64_t flowed_out = 0;           // F
    std::int64_t failed = 0;
    std::int64_t waiting = 0;

    std::int64_t offered() const;  // N = A + B + F + failed + still waiting (I4)
    AMER_FIELDS(Counts, answered, answered_in_target, abandoned, abandoned_in_target,
                abandoned_short, flowed_out, failed, waiting)
};

// A formula's name always goes with its number. Exact; undefined when `of` is not above 0.
struct ServiceLevel {
    std::string formula;
    std::int64_t part = 0;
    std::int64_t of = 0;

    AMER_FIELDS(ServiceLevel, formula, part, of)
};

// Every formula of acd.md section 2, Genesys with each setting of its three switches.
std::vector<ServiceLevel> service_levels(const Counts& counts);

// "73.68", rounded half up by integers alone; "-" when undefined.
std::string percent(const ServiceLevel& level);

}  // namespace amer::measure

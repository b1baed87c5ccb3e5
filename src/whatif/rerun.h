#pragma once

#include <cstdint>
#include <vector>

#include "measure/report.h"
#include "whatif/recorded_day.h"

namespace amer::whatif {

// The rules and the people of a rerun, where they are not those of the day.
struct Circumstances {
    centre::Configuration rules;
    std::vector<Attendance> attendance;
    double handling = 1;  // talk and wrap-up last so many times as long
};

Circumstances as_it_was(const RecordedDay& day);

// What a day came to.
struct Outcome {
    std::int64_t offered = 0;
    std::int64_t answered = 0;
    std::int64_t answered_in_target = 0;
    std::int64_t abandoned = 0;
    std::int64_t flowed_out = 0;
    std::int64_t not_placed = 0;  // their queue is not in these rules
    double mean_wait_s = 0;       // of the answered
    double longest_wait_s = 0;
    double occupancy = 0;  // of the agents, 0 to 1
};

Outcome outcome_of(const measure::Report& report);

// Lives the day again in the centre's own code. What the day did not show (the patience of those
// who were answered, the talk of those who gave up) is drawn from what it showed of others; the
// same draws for the same caller and seed, whatever the rules.
Outcome rerun(const RecordedDay& day, const Circumstances& circumstances, std::uint64_t seed,
              std::chrono::milliseconds target);

}  // namespace amer::whatif

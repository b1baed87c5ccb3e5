#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "whatif/rerun.h"

namespace amer::whatif {

// "agents+2", "agents-1", "handling*0.9": what is changed against the day. An agent who is added is
// another of him who was there longest (then the next), an agent less is the one who was there
// longest.
Result<Circumstances> changed(const RecordedDay& day, Circumstances circumstances,
                              const std::string& change);

struct Comparison {
    std::string measure;  // "answered_in_target", "abandoned" ... as parts or seconds
    double real = 0;      // the day itself
    double before = 0;    // rerun as it was, mean
    double after = 0;     // rerun with the change, mean
    double difference = 0;
    double margin = 0;  // the difference is within this with 95 in 100
};

struct Compared {
    std::vector<Comparison> measures;
    std::int64_t not_placed = 0;
    int reruns = 0;
};

// Reruns both in pairs with the same draws, so that the difference is that of the change.
Compared compare(const RecordedDay& day, const Outcome& real, const Circumstances& before,
                 const Circumstances& after, int reruns, std::uint64_t seed,
                 std::chrono::milliseconds target);

}  // namespace amer::whatif

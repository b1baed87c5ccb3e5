#include "whatif/patience.h"

#include <algorithm>

namespace amer::whatif {

Patience::Patience(std::vector<Wait> waits) {
    std::sort(waits.begin(), waits.end(), [](const Wait& one, const Wait& other) {
        // Of equal waits those who gave up count among those who were there.
        return one.lasted != other.lasted ? one.lasted < other.lasted
                                          : one.has_given_up && !other.has_given_up;
    });
    double there = 1;
    for (std::size_t at = 0; at < waits.size(); ++at) {
        if (!waits[at].has_given_up) continue;
        const auto at_risk = static_cast<double>(waits.size() - at);
        there *= (at_risk - 1) / at_risk;
        if (!steps_.empty() && steps_.back().at == waits[at].lasted) {
            steps_.back().after = there;
        } else {
            steps_.push_back({waits[at].lasted, there});
        }
    }
}

double Patience::still_there(Duration after) const {
    double there = 1;
    for (const Step& step : steps_) {
        if (step.at > after) break;
        there = step.after;
    }
    return there;
}

std::optional<Duration> Patience::gives_up(Duration waited, double draw) const {
    const double wanted = still_there(waited) * draw;
    for (const Step& step : steps_) {
        if (step.at > waited && step.after <= wanted) return step.at;
    }
    return std::nullopt;
}

}  // namespace amer::whatif

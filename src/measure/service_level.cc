#include "measure/service_level.h"

#include <fmt/format.h>

namespace amer::measure {

std::int64_t Counts::offered() const {
    return answered + abandoned + flowed_out + failed + waiting;
}

std::vector<ServiceLevel> service_levels(const Counts& counts) {
    const std::int64_t in_target = counts.answered_in_target;
    const std::int64_t ended_here = counts.answered + counts.abandoned;
    std::vector<ServiceLevel> levels{
        {"sl_handled", in_target, counts.answered},
        {"sl_positive", in_target + counts.abandoned_in_target, counts.offered()},
        {"sl2", in_target + counts.abandoned_in_target, ended_here},
        {"sl_negative", in_target, counts.offered()},
        {"sl_without_abandon", in_target, counts.offered() - counts.abandoned_in_target},
    };
    for (unsigned setting = 0; setting < 8; ++setting) {
        std::string name = "sl_genesys";
        std::int64_t of = ended_here;
        if ((setting & 1U) != 0) {
            name += "_with_flow_outs";
            of += counts.flowed_out;
        }
        if ((setting & 2U) != 0) {
            name += "_less_short";
            of -= counts.abandoned_short;
        }
        if ((setting & 4U) != 0) {
            name += "_less_abandoned";
            of -= counts.abandoned;
        }
        levels.push_back({name, in_target, of});
    }
    return levels;
}

std::string percent(const ServiceLevel& level) {
    if (level.of <= 0) return "-";
    const std::int64_t hundredths = (level.part * 20'000 + level.of) / (2 * level.of);
    return fmt::format("{}.{:02}", hundredths / 100, hundredths % 100);
}

}  // namespace amer::measure

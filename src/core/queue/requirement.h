#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/fields.h"
#include "core/terms/terms.h"

namespace amer::queue {

struct SkillLevel {  // what an agent can do, and how well: 1 to 100
    SkillId skill;
    std::int32_t level = 1;

    AMER_FIELDS(SkillLevel, skill, level)
};

struct Need {  // what a contact asks for
    SkillId skill;
    std::int32_t level = 1;   // at least
    std::int32_t weight = 1;  // how much it counts where skills are compared

    AMER_FIELDS(Need, skill, level, weight)
};

// Who may be offered a contact while it has waited this long. A queue has them in order; the next
// begins when the former has lasted its time, which runs while the contact is in the queue.
struct Step {
    std::vector<Need> needs;
    std::int32_t highest_tier = 0;  // 0: every tier
    std::int32_t lasts_ms = 0;      // 0: for ever. After a last step that ends he leaves the queue

    AMER_FIELDS(Step, needs, highest_tier, lasts_ms)
};

inline std::int32_t level_of(const std::vector<SkillLevel>& skills, const SkillId& skill) {
    for (const SkillLevel& each : skills) {
        if (each.skill == skill) return each.level;
    }
    return 0;
}

inline bool meets(const std::vector<SkillLevel>& skills, const std::vector<Need>& needs) {
    return std::all_of(needs.begin(), needs.end(), [&](const Need& need) {
        return level_of(skills, need.skill) >= need.level;
    });
}

inline std::int64_t weighed_skill(const std::vector<SkillLevel>& skills,
                                  const std::vector<Need>& needs) {
    std::int64_t sum = 0;
    for (const Need& need : needs) {
        sum += std::int64_t{need.weight} * level_of(skills, need.skill);
    }
    return sum;
}

// How many steps there are to be at: without any, one that asks nothing.
inline std::int32_t number_of_steps(const std::vector<Step>& steps) {
    return std::max<std::int32_t>(1, static_cast<std::int32_t>(steps.size()));
}

// How long a contact may be in the queue until step `number` is over; nothing: for ever. Steps that
// are not there never end.
std::optional<std::int64_t> ends_after_ms(const std::vector<Step>& steps, std::int32_t number);

}  // namespace amer::queue

#include "core/queue/requirement.h"

#include <doctest/doctest.h>

namespace amer::queue {

namespace {
const SkillId kLoans{"loans"};
const SkillId kUrdu{"urdu"};
}  // namespace

TEST_CASE("every need must be met at its level") {
    const std::vector<SkillLevel> skills{{kLoans, 3}};
    CHECK(meets(skills, {}));
    CHECK(meets(skills, {{kLoans, 3, 1}}));
    CHECK_FALSE(meets(skills, {{kLoans, 4, 1}}));
    CHECK_FALSE(meets(skills, {{kLoans, 1, 1}, {kUrdu, 1, 1}}));
}

TEST_CASE("skills are weighed by what is needed, and by nothing else") {
    const std::vector<SkillLevel> skills{{kLoans, 3}, {kUrdu, 50}};
    CHECK(weighed_skill(skills, {{kLoans, 1, 4}}) == 12);
    CHECK(weighed_skill(skills, {}) == 0);
}

TEST_CASE("steps follow each other; one that lasts for ever is the last") {
    const std::vector<Step> steps{{{}, 0, 20'000}, {{}, 0, 10'000}, {{}, 0, 0}};
    CHECK(ends_after_ms(steps, 0) == 20'000);
    CHECK(ends_after_ms(steps, 1) == 30'000);
    CHECK_FALSE(ends_after_ms(steps, 2));
    CHECK_FALSE(ends_after_ms(steps, 7));
    CHECK_FALSE(ends_after_ms({}, 0));
}

}  // namespace amer::queue

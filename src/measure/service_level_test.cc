#include "measure/service_level.h"

#include <doctest/doctest.h>

#include <map>

namespace amer::measure {

TEST_CASE("the test day of acd.md section 2 has each formula's number to two decimals") {
    const Counts day{80, 60, 15, 10, 6, 5, 0, 0};
    CHECK(day.offered() == 100);
    std::map<std::string, std::string> said;
    for (const ServiceLevel& level : service_levels(day)) said[level.formula] = percent(level);
    CHECK(said.size() == 13);
    CHECK(said["sl_handled"] == "75.00");
    CHECK(said["sl_positive"] == "70.00");
    CHECK(said["sl2"] == "73.68");
    CHECK(said["sl_negative"] == "60.00");
    CHECK(said["sl_without_abandon"] == "66.67");
    CHECK(said["sl_genesys"] == "63.16");
    CHECK(said["sl_genesys_with_flow_outs"] == "60.00");
    CHECK(said["sl_genesys_less_abandoned"] == "75.00");
    CHECK(said["sl_genesys_less_short_less_abandoned"] == "81.08");
}

TEST_CASE("a day without contacts has no service level instead of a perfect one") {
    for (const ServiceLevel& level : service_levels({})) CHECK(percent(level) == "-");
}

}  // namespace amer::measure

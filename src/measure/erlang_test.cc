#include "measure/erlang.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <string>

namespace amer::measure {

using namespace std::chrono_literals;

namespace {

std::string without_patience(std::int64_t calls, std::chrono::seconds handling, int agents) {
    const Forecast said = forecast({calls, 1800s, handling, std::nullopt}, agents, 20s);
    return fmt::format("{:.4f} {:.4f} {:.2f}", said.waits, said.in_target, said.mean_wait_s);
}

std::string with_patience(std::int64_t calls, std::chrono::seconds handling, int agents,
                          std::chrono::seconds patience) {
    const Forecast said = forecast({calls, 1800s, handling, patience}, agents, 20s);
    return fmt::format("{:.4f} {:.4f} {:.4f} {:.2f}", said.waits, said.abandons, said.in_target,
                       said.mean_wait_s);
}

}  // namespace

TEST_CASE("Erlang C gives the staffing vectors of acd.md section 2") {
    CHECK(without_patience(100, 180s, 12) == "0.4494 0.6402 40.44");
    CHECK(without_patience(100, 180s, 14) == "0.1741 0.8884 7.84");
    CHECK(without_patience(60, 240s, 10) == "0.4092 0.6536 49.10");
}

TEST_CASE("Erlang A gives the staffing vectors of acd.md section 2") {
    CHECK(with_patience(100, 180s, 12, 120s) == "0.2798 0.0616 0.8256 7.39");
    CHECK(with_patience(100, 180s, 14, 120s) == "0.1270 0.0228 0.9327 2.74");
    CHECK(with_patience(60, 240s, 10, 90s) == "0.2329 0.0746 0.8389 6.71");
}

TEST_CASE("the smallest number of agents is enough, and one less is not") {
    for (const auto patience : {std::optional<std::chrono::seconds>{}, std::optional{120s}}) {
        const Demand demand{100, 1800s, 180s, patience};
        const auto agents = agents_for(demand, 20s, 0.80);
        REQUIRE(agents);
        CHECK(*agents == (patience ? 12 : 14));
        CHECK(forecast(demand, *agents, 20s).in_target >= 0.80);
        CHECK(forecast(demand, *agents - 1, 20s).in_target < 0.80);
    }
    CHECK_FALSE(agents_for({100, 1800s, 180s, std::nullopt}, 20s, 0.80, 13));
}

TEST_CASE("too few agents: without patience calls pile up, with it many leave") {
    const Demand endless{100, 1800s, 180s, std::nullopt};
    CHECK(std::isinf(forecast(endless, 10, 20s).mean_wait_s));
    CHECK(forecast(endless, 10, 20s).in_target == 0);
    const Demand patient{100, 1800s, 180s, 120s};
    // What is not served leaves: with half the agents that the load needs, about half.
    CHECK(std::abs(forecast(patient, 5, 20s).abandons - 0.5) < 0.01);
    CHECK(forecast({0, 1800s, 180s, 120s}, 1, 20s).in_target == 1);
    CHECK(agents_for({0, 1800s, 180s, std::nullopt}, 20s, 0.80) == 1);
}

TEST_CASE("a great centre is reckoned without running out of numbers") {
    const Demand great{20'000, 1800s, 300s, 600s};
    const auto agents = agents_for(great, 20s, 0.80, 4'000);
    REQUIRE(agents);
    CHECK(*agents > 3'000);
    CHECK(*agents < great.load() * 1.05);
}

}  // namespace amer::measure

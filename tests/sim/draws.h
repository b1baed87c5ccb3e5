#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

#include "base/instant.h"
#include "base/rng.h"

namespace amer::sim {

// Quantiles (i + 1/2) / 64 in thousandths of the mean or the median. Tables, because the logarithm
// of one machine is not that of another and a seed must mean the same day everywhere.
inline constexpr std::array<std::int64_t, 64> kExponential{
    8,    24,   40,   56,   73,   90,   107,  125,  143,  161,  179,  198,  217,  237,  257,  277,
    298,  319,  341,  363,  386,  409,  433,  458,  483,  508,  535,  562,  589,  618,  647,  678,
    709,  741,  774,  809,  845,  882,  920,  960,  1002, 1045, 1091, 1138, 1188, 1241, 1297, 1356,
    1418, 1485, 1556, 1633, 1717, 1808, 1908, 2019, 2144, 2287, 2454, 2655, 2906, 3243, 3753, 4852};
inline constexpr std::array<std::int64_t, 64> kLognormal{
    // sigma 0.8
    145,  204,  244,  278,  308,  335,  361,  386,  410,  434,  457,  480,  503,  526,  549,  572,
    594,  618,  641,  664,  688,  713,  737,  762,  788,  814,  841,  868,  896,  925,  954,  984,
    1016, 1048, 1082, 1116, 1152, 1190, 1229, 1269, 1312, 1356, 1403, 1453, 1505, 1560, 1619, 1682,
    1750, 1822, 1901, 1987, 2082, 2187, 2304, 2436, 2589, 2768, 2983, 3250, 3600, 4093, 4903, 6917};

// What happens by chance in a simulated day.
struct Draws {
    Rng rng;

    std::uint64_t below(std::uint64_t bound) { return rng.below(bound); }
    bool chance(std::uint64_t percent) { return rng.below(100) < percent; }
    Duration between(Duration least, Duration most) {
        const auto width = static_cast<std::uint64_t>((most - least).count()) + 1;
        return least + Duration{static_cast<std::int64_t>(rng.below(width))};
    }
    Duration exponential(Duration mean) { return drawn(kExponential, mean); }
    Duration lognormal(Duration median) { return drawn(kLognormal, median); }

private:
    // Straight lines between the quantiles, in microseconds.
    Duration drawn(const std::array<std::int64_t, 64>& table, Duration unit) {
        const std::uint64_t at = rng.below(63'000);
        const std::size_t left = at / 1'000;
        const auto share = static_cast<std::int64_t>(at % 1'000);
        const std::int64_t milles = table[left] * (1'000 - share) + table[left + 1] * share;
        return Duration{unit.count() / 1'000 * milles / 1'000};
    }
};

}  // namespace amer::sim

#pragma once

#include <cstdint>

namespace amer {

// splitmix64 (Steele, Lea, Flood 2014): small, seedable, the same everywhere. Plain data, so it
// can live in a state that is written down. Not for secrets.
struct Rng {
    std::uint64_t state = 0;

    std::uint64_t next() {
        state += 0x9e3779b97f4a7c15ULL;
        std::uint64_t mixed = state;
        mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
        return mixed ^ (mixed >> 31U);
    }

    // In [0, bound); bound above zero.
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }

    auto operator<=>(const Rng&) const = default;
};

}  // namespace amer

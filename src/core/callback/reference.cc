#include "core/callback/reference.h"

#include <array>
#include <cstddef>

namespace amer::callback {

namespace {

constexpr std::uint64_t kFirst = 10'000;  // so that the shortest has six digits

// The totally anti-symmetric quasigroup of order 10 given by Damm.
constexpr std::array<std::array<unsigned char, 10>, 10> kDamm{{
    {0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
    {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
    {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
    {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
    {6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
    {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
    {5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
    {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
    {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
    {2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
}};

unsigned char interim(const std::string& digits) {
    unsigned char row = 0;
    for (const char digit : digits) row = kDamm[row][static_cast<std::size_t>(digit - '0')];
    return row;
}

}  // namespace

std::string reference_of(PromiseId promise) {
    std::string digits = std::to_string(kFirst + promise.value);
    digits += static_cast<char>('0' + interim(digits));
    return digits;
}

bool is_reference(const std::string& digits) {
    if (digits.empty()) return false;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9') return false;
    }
    return interim(digits) == 0;
}

}  // namespace amer::callback

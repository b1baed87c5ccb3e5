#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "sip/surroundings.h"

namespace amer::sip {

enum class NonceState : std::uint8_t { fresh, stale };

// Server nonces that carry their own time and seal (RFC 7616 section 3.3), so that a challenge
// costs no memory. Only nonces that a known user has used correctly are remembered, for the five
// minutes they live, to refuse replays.
class Nonces {
public:
    explicit Nonces(Surroundings& surroundings);

    std::string make();
    // Somebody else's and worn out nonces are stale alike.
    NonceState state_of(std::string_view nonce) const;
    // Whether `count` is higher than any before; to be asked only for fresh nonces.
    bool take_count(const std::string& nonce, std::uint32_t count);

private:
    struct Used {
        std::uint32_t count = 0;
        MonotonicInstant until;
    };
    void forget_old();

    Surroundings& around_;
    std::string key_;
    std::unordered_map<std::string, Used> used_;
    MonotonicInstant next_sweep_{};
};

}  // namespace amer::sip

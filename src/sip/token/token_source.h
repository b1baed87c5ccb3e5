#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace amer::sip {

// Tags, branches, Call-IDs and nonces: the output of SHA-256 over a secret and a counter, so that
// having seen any number of them does not help to guess the next. Same seed, same sequence.
class TokenSource {
public:
    // `secret` is mixed in; production gives at least 16 octets from the operating system.
    TokenSource(std::uint64_t seed, std::string_view secret);

    std::string hex(std::size_t octets);
    std::uint64_t below(std::uint64_t bound);  // in [0, bound); bound above zero
    // A key for another purpose that does not reveal this one; 32 octets.
    std::string derive_key(std::string_view purpose) const;

private:
    std::uint8_t next_octet();

    std::string root_;
    std::array<std::uint8_t, 32> block_{};
    std::size_t used_ = 32;
    std::uint64_t counter_ = 0;
};

// HMAC-SHA-256 as lower-case hex, cut to `octets` (at most 32) octets.
std::string keyed_hash(std::string_view key, std::string_view text, std::size_t octets);

// Takes equally long whichever octet differs.
bool is_same_secret(std::string_view left, std::string_view right);

}  // namespace amer::sip

#include "sip/token/token_source.h"

#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

namespace amer::sip {
namespace {

const std::uint8_t* octets_of(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

std::string digest_of(std::string_view text) {
    std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
    SHA256(octets_of(text), text.size(), digest.data());
    return {digest.begin(), digest.end()};
}

void append_hex(std::string& text, std::uint8_t octet) {
    constexpr std::string_view digits = "0123456789abcdef";
    text += digits[octet >> 4U];
    text += digits[octet & 15U];
}

}  // namespace

TokenSource::TokenSource(std::uint64_t seed, std::string_view secret)
    : root_{digest_of("sip tokens " + std::to_string(seed) + " " + std::string{secret})} {}

std::string TokenSource::hex(std::size_t octets) {
    std::string text;
    text.reserve(octets * 2);
    for (std::size_t i = 0; i < octets; ++i) append_hex(text, next_octet());
    return text;
}

std::uint64_t TokenSource::below(std::uint64_t bound) {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value = value << 8U | next_octet();
    return value % bound;
}

std::string TokenSource::derive_key(std::string_view purpose) const {
    return digest_of(std::string{purpose} + root_);
}

std::uint8_t TokenSource::next_octet() {
    if (used_ == block_.size()) {
        std::string input = root_;
        ++counter_;
        for (unsigned shift = 0; shift < 64; shift += 8) {
            input += static_cast<char>(counter_ >> shift & 0xffU);
        }
        SHA256(octets_of(input), input.size(), block_.data());
        used_ = 0;
    }
    return block_[used_++];
}

std::string keyed_hash(std::string_view key, std::string_view text, std::size_t octets) {
    std::array<std::uint8_t, 32> digest{};
    unsigned length = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), octets_of(text), text.size(),
         digest.data(), &length);
    std::string hex;
    for (std::size_t i = 0; i < octets && i < digest.size(); ++i) append_hex(hex, digest[i]);
    return hex;
}

bool is_same_secret(std::string_view left, std::string_view right) {
    return left.size() == right.size() &&
           CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace amer::sip

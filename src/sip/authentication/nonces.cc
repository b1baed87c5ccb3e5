#include "sip/authentication/nonces.h"

#include <charconv>

namespace amer::sip {
namespace {

constexpr Duration kLifetime = std::chrono::minutes{5};
constexpr std::size_t kTimeDigits = 16;
constexpr std::size_t kBodyDigits = kTimeDigits + 16;
constexpr std::size_t kSealOctets = 16;
constexpr std::size_t kMostUsed = 200'000;

std::int64_t micros(MonotonicInstant at) { return at.time_since_epoch().count(); }

}  // namespace

Nonces::Nonces(Surroundings& surroundings)
    : around_{surroundings}, key_{surroundings.tokens.derive_key("nonce")} {}

std::string Nonces::make() {
    std::string nonce = fmt::format("{:016x}", micros(around_.now)) + around_.tokens.hex(8);
    return nonce + keyed_hash(key_, nonce, kSealOctets);
}

NonceState Nonces::state_of(std::string_view nonce) const {
    if (nonce.size() != kBodyDigits + 2 * kSealOctets) return NonceState::stale;
    const std::string_view body = nonce.substr(0, kBodyDigits);
    if (!is_same_secret(keyed_hash(key_, body, kSealOctets), nonce.substr(kBodyDigits))) {
        return NonceState::stale;
    }
    std::int64_t made_at = 0;
    std::from_chars(body.data(), body.data() + kTimeDigits, made_at, 16);
    return micros(around_.now) - made_at < kLifetime.count() ? NonceState::fresh
                                                             : NonceState::stale;
}

bool Nonces::take_count(const std::string& nonce, std::uint32_t count) {
    forget_old();
    const auto found = used_.find(nonce);
    if (found == used_.end()) {
        if (used_.size() >= kMostUsed) return false;
        used_.emplace(nonce, Used{count, around_.now + kLifetime});
        return true;
    }
    if (count <= found->second.count) return false;
    found->second.count = count;
    return true;
}

// A nonce is at most five minutes old when it is first used, so after that time it cannot be
// fresh any more and need not be remembered.
void Nonces::forget_old() {
    if (around_.now < next_sweep_) return;
    next_sweep_ = around_.now + kLifetime / 10;
    std::erase_if(used_, [this](const auto& entry) { return entry.second.until <= around_.now; });
}

}  // namespace amer::sip

#include "engine/state_hash.h"

#include <array>

#include <openssl/evp.h>

#include "base/canonical_json.h"
#include "base/check.h"

namespace amer::engine {

std::string sha256(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    AMER_CHECK(
        EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) == 1);
    std::string hexadecimal;
    for (unsigned index = 0; index < length; ++index) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        hexadecimal += kDigits[digest[index] >> 4U];
        hexadecimal += kDigits[digest[index] & 0xfU];
    }
    return hexadecimal;
}

std::string state_hash(const centre::State& state) { return sha256(to_json(state)); }

}  // namespace amer::engine

#include "base/sha256.h"

#include <array>

#include <openssl/evp.h>

#include "base/check.h"

namespace amer {

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

}  // namespace amer

#include "sip/wire/digest.h"

#include <openssl/evp.h>

#include <array>
#include <initializer_list>
#include <memory>

#include <fmt/format.h>

#include "base/check.h"

namespace amer::sip {
namespace {

struct Forget {
    void operator()(EVP_MD* algorithm) const { EVP_MD_free(algorithm); }
};
using FetchedAlgorithm = std::unique_ptr<EVP_MD, Forget>;

// Looking an algorithm up costs OpenSSL 3 more than the digest itself: done once.
const EVP_MD* fetched(DigestAlgorithm algorithm) {
    static const FetchedAlgorithm md5{EVP_MD_fetch(nullptr, "MD5", nullptr)};
    static const FetchedAlgorithm sha256{EVP_MD_fetch(nullptr, "SHA256", nullptr)};
    const EVP_MD* const result = algorithm == DigestAlgorithm::md5 ? md5.get() : sha256.get();
    AMER_CHECK(result != nullptr);
    return result;
}

// H(piece:piece:...) as lower-case hex.
std::string hash_of(DigestAlgorithm algorithm, std::initializer_list<std::string_view> pieces) {
    std::string text;
    for (const std::string_view piece : pieces) text.append(piece).push_back(':');
    text.pop_back();

    std::array<unsigned char, EVP_MAX_MD_SIZE> octets{};
    unsigned size = 0;
    const int is_done =
        EVP_Digest(text.data(), text.size(), octets.data(), &size, fetched(algorithm), nullptr);
    AMER_CHECK(is_done == 1);
    constexpr std::string_view kHexDigits = "0123456789abcdef";
    std::string hex;
    hex.reserve(std::size_t{size} * 2);
    for (unsigned i = 0; i < size; i++) {
        hex.push_back(kHexDigits[octets[i] >> 4U]);
        hex.push_back(kHexDigits[octets[i] & 15U]);
    }
    return hex;
}

}  // namespace

std::string_view text_of(DigestAlgorithm algorithm) {
    return algorithm == DigestAlgorithm::md5 ? "MD5" : "SHA-256";
}

std::string digest_ha1(DigestAlgorithm algorithm, std::string_view username, std::string_view realm,
                       std::string_view password) {
    return hash_of(algorithm, {username, realm, password});
}

std::string digest_response(const DigestCredentials& credentials, std::string_view ha1,
                            std::string_view method) {
    const DigestAlgorithm algorithm = credentials.algorithm;
    const std::string ha2 = hash_of(algorithm, {method, credentials.uri});
    if (credentials.qop.empty()) return hash_of(algorithm, {ha1, credentials.nonce, ha2});
    const std::string count = fmt::format("{:08x}", credentials.nonce_count);
    return hash_of(algorithm,
                   {ha1, credentials.nonce, count, credentials.cnonce, credentials.qop, ha2});
}

}  // namespace amer::sip

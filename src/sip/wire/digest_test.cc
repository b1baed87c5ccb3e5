#include "sip/wire/digest.h"

#include <doctest/doctest.h>

namespace amer::sip {
namespace {

DigestCredentials credentials(std::string_view text) {
    auto parsed = parse_credentials(text);
    REQUIRE_MESSAGE(parsed, (parsed ? "" : parsed.error().what));
    return std::move(*parsed);
}

// RFC 2617 section 3.5.
const std::string kMufasa =
    "Digest username=\"Mufasa\", realm=\"testrealm@host.com\", "
    "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", qop=auth, "
    "nc=00000001, cnonce=\"0a4f113b\", response=\"6629fae49393a05397450978507c4ef1\", "
    "opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";

TEST_CASE("the example of RFC 2617 comes out") {
    const DigestCredentials mufasa = credentials(kMufasa);
    CHECK(mufasa.nonce_count == 1);
    CHECK(mufasa.opaque == "5ccc069c403ebaf9f0171e9517f40e41");
    const std::string ha1 =
        digest_ha1(DigestAlgorithm::md5, "Mufasa", "testrealm@host.com", "Circle Of Life");
    CHECK(ha1 == "939e7578ed9e3c518a452acee763bce9");
    CHECK(digest_response(mufasa, ha1, "GET") == mufasa.response);
    CHECK(digest_response(mufasa, ha1, "POST") != mufasa.response);
}

TEST_CASE("the examples of RFC 7616 come out, in MD5 and in SHA-256") {
    DigestCredentials mufasa;
    mufasa.username = "Mufasa";
    mufasa.realm = "http-auth@example.org";
    mufasa.nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    mufasa.uri = "/dir/index.html";
    mufasa.cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    mufasa.qop = "auth";
    mufasa.nonce_count = 1;
    const auto response = [&mufasa](DigestAlgorithm algorithm) {
        mufasa.algorithm = algorithm;
        const std::string ha1 =
            digest_ha1(algorithm, mufasa.username, mufasa.realm, "Circle of Life");
        return digest_response(mufasa, ha1, "GET");
    };
    CHECK(response(DigestAlgorithm::md5) == "8ca523f5e9506fed4657c9700eebdbec");
    CHECK(response(DigestAlgorithm::sha256) ==
          "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
}

// Computed once by hand with md5sum: H(ha1:nonce:H(REGISTER:sip:acd.test)).
TEST_CASE("without a quality of protection the older formula holds") {
    DigestCredentials ann;
    ann.nonce = "n0";
    ann.uri = "sip:acd.test";
    const std::string ha1 = digest_ha1(DigestAlgorithm::md5, "ann", "acd", "pw");
    CHECK(digest_response(ann, ha1, "REGISTER") == "78683d1d0e312123fbd1621436b7f3ce");
}

TEST_CASE("order, case, quotes, white space and strangers do not matter") {
    const DigestCredentials ann = credentials(
        "dIGEST  Response = \"0123456789ABCDEF0123456789abcdef\" ,nc=0000000a,,auth-param=x,"
        "\tqop=\"auth\",URI=sip:acd.test, realm=\"a\\\"b, c\", algorithm=\"md5\",cnonce=\"c\","
        "nonce=\"n\", username=\"ann\",");
    CHECK(ann.response == "0123456789abcdef0123456789abcdef");
    CHECK(ann.nonce_count == 10);
    CHECK(ann.uri == "sip:acd.test");
    CHECK(ann.realm == "a\"b, c");
    CHECK(ann.qop == "auth");
    CHECK(credentials(ann.text()).realm == ann.realm);
    CHECK(credentials(ann.text()).nonce_count == 10);
}

TEST_CASE("credentials that cannot be checked are refused") {
    const auto without = [](std::string_view piece, std::string_view instead) {
        std::string text = kMufasa;
        const std::size_t at = text.find(piece);
        REQUIRE(at != std::string::npos);
        return parse_credentials(text.replace(at, piece.size(), instead));
    };
    CHECK(without("Digest", "digest"));
    CHECK_FALSE(without("Digest", "Basic"));
    CHECK_FALSE(without("username=", "user="));
    CHECK_FALSE(without("nonce=", "once="));
    CHECK_FALSE(without("nc=00000001", "nc=x"));
    CHECK_FALSE(without("nc=00000001", "nc=000000001"));
    CHECK_FALSE(without("nc=00000001, ", ""));
    CHECK_FALSE(without("cnonce=\"0a4f113b\", ", ""));
    CHECK_FALSE(without("qop=auth", "qop=auth-int"));
    CHECK_FALSE(without("qop=auth", "algorithm=MD5-sess"));
    CHECK_FALSE(without("6629fae4", ""));
    CHECK_FALSE(without("6629fae4", "6629faeg"));
    CHECK_FALSE(without("qop=auth", "nonce=\"other\""));
    CHECK_FALSE(without("\"5ccc069c403ebaf9f0171e9517f40e41\"", "\"open"));
    CHECK_FALSE(without("0a4f113b", "0a4f\r\n113b"));
    CHECK_FALSE(parse_credentials(""));
    CHECK_FALSE(parse_credentials("Digest"));
    CHECK_FALSE(parse_credentials("Digest a b"));
}

TEST_CASE("a challenge is written and read back") {
    DigestChallenge challenge;
    challenge.realm = "a\"cd";
    challenge.nonce = "n1";
    challenge.opaque = "o";
    challenge.algorithm = DigestAlgorithm::sha256;
    challenge.stale = true;
    CHECK(challenge.text() ==
          "Digest realm=\"a\\\"cd\", nonce=\"n1\", opaque=\"o\", stale=true, algorithm=SHA-256, "
          "qop=\"auth\"");
    const auto again = parse_challenge(challenge.text());
    REQUIRE(again);
    CHECK(again->realm == "a\"cd");
    CHECK(again->algorithm == DigestAlgorithm::sha256);
    CHECK(again->stale);
    CHECK(again->has_qop_auth);
}

TEST_CASE("challenges of others are understood as far as they can be answered") {
    const auto old = parse_challenge("Digest nonce=\"n\",realm=\"r\"");
    REQUIRE(old);
    CHECK(old->algorithm == DigestAlgorithm::md5);
    CHECK_FALSE(old->has_qop_auth);
    CHECK(parse_challenge("Digest realm=r, nonce=n, qop=\"auth-int, auth\"")->has_qop_auth);
    CHECK_FALSE(parse_challenge("Digest realm=r, nonce=n, qop=\"auth-int\""));
    CHECK_FALSE(parse_challenge("Digest realm=r, nonce=n, algorithm=SHA-512-256"));
    CHECK_FALSE(parse_challenge("Digest realm=r"));
}

}  // namespace
}  // namespace amer::sip

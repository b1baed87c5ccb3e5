#include "media/codec/g711.h"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace amer::media;

namespace {

constexpr Codec kLaws[] = {Codec::pcma, Codec::pcmu};

// FNV-1a over the values as little-endian 16 bit words.
std::uint32_t fingerprint(const DecodeTable& table) {
    std::uint32_t hash = 2166136261U;
    for (const std::int16_t value : table) {
        const std::uint32_t bits = static_cast<std::uint16_t>(value);
        for (const std::uint32_t byte : {bits & 0xFFU, bits >> 8U})
            hash = (hash ^ byte) * 16777619U;
    }
    return hash;
}

std::uint8_t plain(Codec law, std::uint8_t code) {
    return static_cast<std::uint8_t>(law == Codec::pcma ? code ^ 0x55 : ~code);
}

}  // namespace

TEST_CASE("each segment begins where G.711 says") {
    // ITU-T G.711 tables 1 and 2, scaled to 16 bits: the first output value of segments 0 to 7.
    constexpr std::int16_t kFirstA[] = {8, 264, 528, 1056, 2112, 4224, 8448, 16896};
    constexpr std::int16_t kFirstMu[] = {0, 132, 396, 924, 1980, 4092, 8316, 16764};
    for (std::size_t segment = 0; segment < 8; segment++) {
        const auto code = static_cast<std::uint8_t>(0x80U | (segment << 4U));
        CHECK(decode_table(Codec::pcma)[code ^ 0x55U] == kFirstA[segment]);
        CHECK(decode_table(Codec::pcmu)[code ^ 0x7FU] == kFirstMu[segment]);
    }
    CHECK(decode_table(Codec::pcma)[0xAA] == 32256);
    CHECK(decode_table(Codec::pcma)[0x2A] == -32256);
    CHECK(decode_table(Codec::pcmu)[0x80] == 32124);
    CHECK(decode_table(Codec::pcmu)[0x00] == -32124);
}

TEST_CASE("all 256 codes of both laws decode as another implementation's do") {
    // Fingerprints of the tables of Python's audioop module (alaw2lin, ulaw2lin).
    CHECK(fingerprint(decode_table(Codec::pcma)) == 0x12fb6645U);
    CHECK(fingerprint(decode_table(Codec::pcmu)) == 0x715d95a8U);
}

TEST_CASE("every code survives a round trip, and mu-law's minus nothing becomes minus nothing") {
    for (const Codec law : kLaws) {
        for (unsigned code = 0; code < 256; code++) {
            CAPTURE(code);
            const std::int16_t sample = decode_table(law)[code];
            if (law == Codec::pcmu && code == 0x7F) {
                CHECK(sample == 0);
                CHECK(encode_pcmu(-1) == 0x7F);
                continue;
            }
            CHECK(encode(law, sample) == code);
        }
    }
}

TEST_CASE("each of the 65 536 samples falls into the step around it, and louder stays louder") {
    for (const Codec law : kLaws) {
        const DecodeTable& table = decode_table(law);
        int misses = 0;
        int before = -40'000;
        for (int sample = -32768; sample <= 32767; sample++) {
            const auto code = encode(law, static_cast<std::int16_t>(sample));
            const int value = table[code];
            const int segment = (plain(law, code) >> 4U) & 7;
            // Tables 1 and 2: steps of 16 (A-law) and 8 (mu-law), doubling with the segment. Mu-law
            // sees four of our samples as one.
            const int step = law == Codec::pcma ? 16 << std::max(segment - 1, 0) : 8 << segment;
            const int slack = law == Codec::pcma ? 0 : 3;
            const bool is_clipped = std::abs(sample) > std::abs(value) && std::abs(value) > 32'000;
            if (!is_clipped && std::abs(value - sample) > step / 2 + slack) misses++;
            if (value < before) misses++;
            before = value;
        }
        CHECK(misses == 0);
    }
}

TEST_CASE("a code of one law becomes the nearest of the other, and its own law is left alone") {
    const TranscodeTable& to_mu = transcode_table(Codec::pcma, Codec::pcmu);
    const TranscodeTable& to_a = transcode_table(Codec::pcmu, Codec::pcma);
    const TranscodeTable& same = transcode_table(Codec::pcmu, Codec::pcmu);
    CHECK(to_mu[0xD5] == 0xFE);  // +8 has a mu-law value of its own: 8
    CHECK(to_a[0xFF] == 0xD5);   // silence stays silence
    CHECK(to_a[0x7F] == 0xD5);
    for (unsigned code = 0; code < 256; code++) {
        CHECK(same[code] == code);
        const int a = decode_table(Codec::pcma)[code];
        const int mu = decode_table(Codec::pcmu)[to_mu[code]];
        // No step of either law is wider than a sixteenth of the value, or 16 near nothing.
        CHECK(std::abs(a - mu) <= std::max(16, std::abs(a) / 16));
    }
}

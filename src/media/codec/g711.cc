#include "media/codec/g711.h"

#include <algorithm>
#include <bit>

namespace amer::media {
namespace {

constexpr std::uint32_t kMuBias = 33;       // G.711 table 2: segment 0 begins at 33
constexpr std::uint32_t kMuLargest = 8158;  // clipping level, 14-bit magnitude

// Ones' complement folds the sign, so that 0 and -1 are the two smallest steps beside each other.
constexpr std::uint32_t magnitude_of(std::int16_t sample) {
    return static_cast<std::uint32_t>(sample < 0 ? ~sample : sample);
}

// Segments 0 and 1 of the A-law share one step size; each later one doubles it.
constexpr std::uint8_t pcma_of(std::int16_t sample) {
    const std::uint32_t magnitude = magnitude_of(sample) >> 4U;
    std::uint32_t code = magnitude;
    if (magnitude >= 32) {
        const auto shift = static_cast<std::uint32_t>(std::bit_width(magnitude)) - 5U;
        code = ((shift + 1U) << 4U) | ((magnitude >> shift) & 15U);
    }
    const std::uint32_t sign = sample < 0 ? 0x00U : 0x80U;
    return static_cast<std::uint8_t>((code | sign) ^ 0x55U);  // even bits inverted on the line
}

constexpr std::uint8_t pcmu_of(std::int16_t sample) {
    const std::uint32_t biased = std::min(magnitude_of(sample) >> 2U, kMuLargest) + kMuBias;
    const auto segment = static_cast<std::uint32_t>(std::bit_width(biased)) - 6U;
    const std::uint32_t code = (segment << 4U) | ((biased >> (segment + 1U)) & 15U);
    const std::uint32_t sign = sample < 0 ? 0x80U : 0x00U;
    return static_cast<std::uint8_t>(~(code | sign));  // all bits inverted on the line
}

constexpr std::int16_t linear_of_pcma(std::uint8_t code) {
    const std::uint32_t plain = code ^ 0x55U;
    const std::uint32_t segment = (plain >> 4U) & 7U;
    const std::uint32_t step = plain & 15U;
    const std::uint32_t middle =
        segment == 0 ? (step << 4U) + 8U : (((step + 16U) << 4U) + 8U) << (segment - 1U);
    const auto value = static_cast<std::int32_t>(middle);
    return static_cast<std::int16_t>((plain & 0x80U) != 0 ? value : -value);
}

constexpr std::int16_t linear_of_pcmu(std::uint8_t code) {
    const std::uint32_t plain = ~static_cast<std::uint32_t>(code) & 0xFFU;
    const std::uint32_t segment = (plain >> 4U) & 7U;
    const std::uint32_t step = plain & 15U;
    const auto value =
        static_cast<std::int32_t>((((step * 2U + kMuBias) << segment) - kMuBias) * 4U);
    return static_cast<std::int16_t>((plain & 0x80U) != 0 ? -value : value);
}

template <typename Entry, typename Of>
constexpr std::array<Entry, 256> table_of(Of of) {
    std::array<Entry, 256> table{};
    for (std::size_t code = 0; code < table.size(); code++) {
        table[code] = of(static_cast<std::uint8_t>(code));
    }
    return table;
}

constexpr DecodeTable kPcma = table_of<std::int16_t>(linear_of_pcma);
constexpr DecodeTable kPcmu = table_of<std::int16_t>(linear_of_pcmu);
constexpr TranscodeTable kSame = table_of<std::uint8_t>([](std::uint8_t code) { return code; });
constexpr TranscodeTable kPcmaToPcmu =
    table_of<std::uint8_t>([](std::uint8_t code) { return pcmu_of(linear_of_pcma(code)); });
constexpr TranscodeTable kPcmuToPcma =
    table_of<std::uint8_t>([](std::uint8_t code) { return pcma_of(linear_of_pcmu(code)); });

}  // namespace

std::uint8_t encode_pcma(std::int16_t sample) noexcept { return pcma_of(sample); }

std::uint8_t encode_pcmu(std::int16_t sample) noexcept { return pcmu_of(sample); }

std::uint8_t encode(Codec codec, std::int16_t sample) noexcept {
    return codec == Codec::pcma ? pcma_of(sample) : pcmu_of(sample);
}

const DecodeTable& decode_table(Codec codec) noexcept {
    return codec == Codec::pcma ? kPcma : kPcmu;
}

const TranscodeTable& transcode_table(Codec from, Codec to) noexcept {
    if (from == to) return kSame;
    return from == Codec::pcma ? kPcmaToPcmu : kPcmuToPcma;
}

}  // namespace amer::media

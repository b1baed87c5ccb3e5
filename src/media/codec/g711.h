#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "media/sdp/session.h"

namespace amer::media {

// ITU-T G.711: one byte per 8 kHz sample. Linear values are 16 bits, the law's own 13 (A) or
// 14 (mu) bits lying at the top. Pure functions and tables, usable on any thread.
std::uint8_t encode_pcma(std::int16_t sample) noexcept;
std::uint8_t encode_pcmu(std::int16_t sample) noexcept;
std::uint8_t encode(Codec codec, std::int16_t sample) noexcept;

using DecodeTable = std::array<std::int16_t, 256>;
const DecodeTable& decode_table(Codec codec) noexcept;

// The nearest code of the other law for each code of `from`.
using TranscodeTable = std::array<std::uint8_t, 256>;
const TranscodeTable& transcode_table(Codec from, Codec to) noexcept;

// What a far side plays as nothing.
constexpr std::uint8_t silence_code(Codec codec) { return codec == Codec::pcma ? 0xD5 : 0xFF; }

}  // namespace amer::media

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace amer::media {

// Big-endian fields at an offset that the caller has checked.
inline std::uint16_t read_u16(std::span<const std::uint8_t> bytes, std::size_t at) noexcept {
    return static_cast<std::uint16_t>((bytes[at] << 8) | bytes[at + 1]);
}

inline std::uint32_t read_u32(std::span<const std::uint8_t> bytes, std::size_t at) noexcept {
    return (static_cast<std::uint32_t>(read_u16(bytes, at)) << 16U) | read_u16(bytes, at + 2);
}

inline void write_u16(std::span<std::uint8_t> bytes, std::size_t at, std::uint16_t value) noexcept {
    bytes[at] = static_cast<std::uint8_t>(value >> 8U);
    bytes[at + 1] = static_cast<std::uint8_t>(value & 0xFFU);
}

inline void write_u32(std::span<std::uint8_t> bytes, std::size_t at, std::uint32_t value) noexcept {
    write_u16(bytes, at, static_cast<std::uint16_t>(value >> 16U));
    write_u16(bytes, at + 2, static_cast<std::uint16_t>(value & 0xFFFFU));
}

// Counters that wrap are compared by the sign of their difference.
constexpr bool is_after(std::uint16_t one, std::uint16_t other) {
    return static_cast<std::int16_t>(static_cast<std::uint16_t>(one - other)) > 0;
}

constexpr bool is_after(std::uint32_t one, std::uint32_t other) {
    return static_cast<std::int32_t>(one - other) > 0;
}

}  // namespace amer::media

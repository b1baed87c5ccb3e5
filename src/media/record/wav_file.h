#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "base/result.h"

namespace amer::media {

constexpr std::size_t kWavHeaderSize = 44;

// The header of our recordings: PCM, 16 bit, 8 kHz, one or two channels.
std::array<std::uint8_t, kWavHeaderSize> wav_header(std::uint16_t channels,
                                                    std::uint32_t data_bytes) noexcept;

// A recording while it is written. Sound goes to the disk before the header that counts it, so a
// reader or a crash at any moment finds a header that promises nothing that is not there.
class WavFile {
public:
    WavFile() = default;
    ~WavFile();
    WavFile(WavFile&& other) noexcept;
    WavFile& operator=(WavFile&& other) noexcept;

    // Creates the file with an empty header, readable by its owner only; never overwrites one.
    static Result<WavFile> create(const std::filesystem::path& path, std::uint16_t channels);

    // False when the disk refused; what was written before stays true.
    bool append(std::span<const std::uint8_t> data) noexcept;
    // fsync of the file and of the folder that names it.
    bool finish() noexcept;

    const std::filesystem::path& path() const { return path_; }
    std::uint64_t bytes() const { return kWavHeaderSize + data_bytes_; }
    std::chrono::milliseconds length() const;

private:
    int descriptor_ = -1;
    std::filesystem::path path_;
    std::uint16_t channels_ = 1;
    std::uint32_t data_bytes_ = 0;
};

// SHA-256 of a whole file, lower-case hex.
Result<std::string> sha256_of_file(const std::filesystem::path& path);

}  // namespace amer::media

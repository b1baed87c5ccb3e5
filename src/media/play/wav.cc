#include "media/play/wav.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "media/codec/g711.h"

namespace amer::media {
namespace {

using Bytes = std::span<const std::uint8_t>;

// RIFF is little-endian.
std::uint16_t word(Bytes bytes, std::size_t at) {
    return static_cast<std::uint16_t>(bytes[at] | (bytes[at + 1] << 8));
}

std::uint32_t long_word(Bytes bytes, std::size_t at) {
    return word(bytes, at) | (static_cast<std::uint32_t>(word(bytes, at + 2)) << 16U);
}

bool is_tag(Bytes bytes, std::size_t at, std::string_view tag) {
    return std::memcmp(bytes.data() + at, tag.data(), tag.size()) == 0;
}

constexpr std::uint16_t kPcm = 1, kPcma = 6, kPcmu = 7, kExtensible = 0xFFFE;

struct Format {
    std::uint16_t coding = 0;
    std::uint16_t channels = 0;
    std::uint32_t rate_hz = 0;
    std::uint16_t bits = 0;
};

Result<Format> read_format(Bytes chunk) {
    if (chunk.size() < 16) return failure("WAV: the fmt chunk is shorter than 16 bytes");
    Format format{word(chunk, 0), word(chunk, 2), long_word(chunk, 4), word(chunk, 14)};
    // The sub-format's first two bytes are the plain coding (mmreg.h, KSDATAFORMAT_SUBTYPE_*).
    if (format.coding == kExtensible) {
        if (chunk.size() < 40)
            return failure("WAV: the extensible fmt chunk is shorter than 40 bytes");
        format.coding = word(chunk, 24);
    }
    const bool is_law = format.coding == kPcma || format.coding == kPcmu;
    if (format.coding != kPcm && !is_law) {
        return failure("WAV: coding " + std::to_string(format.coding) +
                       " is neither PCM, A-law nor mu-law");
    }
    const int bits = is_law ? 8 : 16;
    if (format.bits != bits) {
        return failure("WAV: " + std::to_string(format.bits) + " bits a sample, expected " +
                       std::to_string(bits));
    }
    if (format.channels != 1 && format.channels != 2) {
        return failure("WAV: " + std::to_string(format.channels) + " channels, expected 1 or 2");
    }
    constexpr std::uint32_t kRates[] = {8'000, 16'000, 22'050, 24'000, 44'100, 48'000};
    if (std::find(std::begin(kRates), std::end(kRates), format.rate_hz) == std::end(kRates)) {
        return failure("WAV: " + std::to_string(format.rate_hz) +
                       " samples a second, expected 8000, 16000, 22050, 24000, 44100 or 48000");
    }
    return format;
}

std::int16_t sample_at(const Format& format, Bytes data, std::size_t place) {
    if (format.coding == kPcm) return static_cast<std::int16_t>(word(data, 2 * place));
    return decode_table(format.coding == kPcma ? Codec::pcma : Codec::pcmu)[data[place]];
}

WavSound read_samples(const Format& format, Bytes data) {
    WavSound sound{format.rate_hz, {}};
    const std::size_t frame = std::size_t{format.channels} * format.bits / 8U;
    sound.samples.resize(data.size() / frame);
    for (std::size_t i = 0; i < sound.samples.size(); i++) {
        if (format.channels == 1) {
            sound.samples[i] = sample_at(format, data, i);
        } else {
            const int both = sample_at(format, data, 2 * i) + sample_at(format, data, 2 * i + 1);
            sound.samples[i] = static_cast<std::int16_t>(both / 2);
        }
    }
    return sound;
}

}  // namespace

Result<WavSound> parse_wav(Bytes file) {
    if (file.size() < 12 || !is_tag(file, 0, "RIFF") || !is_tag(file, 8, "WAVE")) {
        return failure("not a WAV file: it does not begin with RIFF and WAVE");
    }
    std::optional<Format> format;
    std::size_t at = 12;
    while (file.size() - at >= 8) {
        const std::size_t stated = long_word(file, at + 4);
        const std::size_t begin = at + 8;
        const std::size_t left = file.size() - begin;
        if (is_tag(file, at, "data")) {
            if (!format) return failure("WAV: the data chunk comes before the fmt chunk");
            const std::size_t size = stated == 0 ? left : std::min(stated, left);
            return read_samples(*format, file.subspan(begin, size));
        }
        if (stated > left) return failure("WAV: a chunk reaches beyond the end of the file");
        if (is_tag(file, at, "fmt ")) {
            auto read = read_format(file.subspan(begin, stated));
            if (!read) return tl::unexpected(read.error());
            format = *read;
        }
        at = begin + stated + std::min(stated % 2, left - stated);  // chunks are padded to words
    }
    return failure("WAV: no data chunk");
}

}  // namespace amer::media

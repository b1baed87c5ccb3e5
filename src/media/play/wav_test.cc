#include "media/play/wav.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "media/plane.h"
#include "media/play/tone_meter.h"

using namespace amer::media;

namespace {

using Bytes = std::vector<std::uint8_t>;

void put(Bytes& bytes, std::uint32_t value, int size) {
    for (int i = 0; i < size; i++) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void put(Bytes& bytes, std::string_view tag) { bytes.insert(bytes.end(), tag.begin(), tag.end()); }

struct Wav {
    std::uint32_t coding = 1, channels = 1, rate = 8000, bits = 16;
    Bytes data;
    std::uint32_t stated_data = 0xFFFFFFFE;  // this: the true size
    Bytes before_data;                       // chunks between fmt and data

    Bytes file() const {
        Bytes bytes;
        put(bytes, "RIFF");
        put(bytes, 0, 4);  // readers do not trust it
        put(bytes, "WAVEfmt ");
        put(bytes, 16, 4);
        put(bytes, coding, 2);
        put(bytes, channels, 2);
        put(bytes, rate, 4);
        put(bytes, rate * channels * bits / 8, 4);
        put(bytes, channels * bits / 8, 2);
        put(bytes, bits, 2);
        bytes.insert(bytes.end(), before_data.begin(), before_data.end());
        put(bytes, "data");
        put(bytes,
            stated_data == 0xFFFFFFFE ? static_cast<std::uint32_t>(data.size()) : stated_data, 4);
        bytes.insert(bytes.end(), data.begin(), data.end());
        return bytes;
    }
};

using Samples = std::vector<std::int16_t>;

std::string refusal(const Bytes& file) {
    const auto sound = parse_wav(file);
    REQUIRE_FALSE(sound);
    return sound.error().what;
}

// A sine as PCM of `rate`, one second long.
Wav tone(std::uint32_t rate, double frequency, std::uint32_t channels = 1) {
    Wav wav;
    wav.rate = rate;
    wav.channels = channels;
    for (std::uint32_t i = 0; i < rate; i++) {
        const double turn = 2 * 3.14159265358979 * frequency * i / rate;
        const auto sample = static_cast<std::int16_t>(16000 * std::sin(turn));
        for (std::uint32_t channel = 0; channel < channels; channel++) {
            put(wav.data, static_cast<std::uint16_t>(sample), 2);
        }
    }
    return wav;
}

struct TemporaryFile {
    explicit TemporaryFile(const Bytes& bytes)
        : path{std::filesystem::path{AMER_BINARY_DIR} / "wav_test.wav"} {
        std::ofstream file{path, std::ios::binary};
        file.write(reinterpret_cast<const char*>(bytes.data()),
                   static_cast<std::streamsize>(bytes.size()));
    }
    ~TemporaryFile() { std::filesystem::remove(path); }
    std::filesystem::path path;
};

}  // namespace

TEST_CASE("PCM, A-law and mu-law are read to linear samples") {
    Wav wav;
    SUBCASE("PCM") { wav.data = {0x08, 0x00, 0xF8, 0xFF}; }
    SUBCASE("A-law") {
        wav.coding = 6;
        wav.bits = 8;
        wav.data = {0xD5, 0x55};
    }
    SUBCASE("mu-law") {
        wav.coding = 7;
        wav.bits = 8;
        wav.data = {0xFE, 0x7E};
    }
    const auto sound = parse_wav(wav.file());
    REQUIRE(sound);
    CHECK(sound->samples == Samples{8, -8});
}

TEST_CASE("stereo becomes the mean of both sides; half a frame at the end is left out") {
    Wav wav;
    wav.channels = 2;
    wav.rate = 44'100;
    put(wav.data, 1000, 2);
    put(wav.data, 3000, 2);
    put(wav.data, 7, 2);
    const auto sound = parse_wav(wav.file());
    REQUIRE(sound);
    CHECK(sound->samples == Samples{2000});
    CHECK(sound->rate_hz == 44'100);
}

TEST_CASE("other chunks are stepped over, odd ones with their padding byte") {
    Wav wav;
    wav.data = {1, 0};
    put(wav.before_data, "LIST");
    put(wav.before_data, 3, 4);
    wav.before_data.insert(wav.before_data.end(), {'a', 'b', 'c', 0});
    const auto sound = parse_wav(wav.file());
    REQUIRE(sound);
    CHECK(sound->samples == Samples{1});
}

TEST_CASE("a streaming writer's open data length means to the end of the file") {
    Wav wav;
    wav.data = {1, 0, 2, 0};
    for (const std::uint32_t stated : {0U, 0xFFFFFFFFU, 0x7FFFF000U}) {
        wav.stated_data = stated;
        const auto sound = parse_wav(wav.file());
        REQUIRE(sound);
        CHECK(sound->samples == Samples{1, 2});
    }
}

TEST_CASE("an extensible header says its coding further down") {
    Bytes bytes;
    put(bytes, "RIFF");
    put(bytes, 0, 4);
    put(bytes, "WAVEfmt ");
    put(bytes, 40, 4);
    put(bytes, 0xFFFE, 2);
    put(bytes, 1, 2);
    put(bytes, 16'000, 4);
    put(bytes, 32'000, 4);
    put(bytes, 2, 2);
    put(bytes, 16, 2);
    put(bytes, 22, 2);
    put(bytes, 16, 2);
    put(bytes, 4, 4);
    put(bytes, 1, 2);
    bytes.resize(bytes.size() + 14);
    put(bytes, "data");
    put(bytes, 2, 4);
    put(bytes, 5, 2);
    const auto sound = parse_wav(bytes);
    REQUIRE(sound);
    CHECK(sound->samples == Samples{5});
}

TEST_CASE("what cannot be read says why") {
    Wav wav;
    wav.data = {1, 0};
    CHECK(refusal({}) == "not a WAV file: it does not begin with RIFF and WAVE");
    CHECK(refusal(Bytes(100, 'x')).starts_with("not a WAV file"));
    Wav eight_bits = wav;
    eight_bits.bits = 8;
    CHECK(refusal(eight_bits.file()) == "WAV: 8 bits a sample, expected 16");
    Wav mp3 = wav;
    mp3.coding = 0x55;
    CHECK(refusal(mp3.file()) == "WAV: coding 85 is neither PCM, A-law nor mu-law");
    Wav surround = wav;
    surround.channels = 6;
    CHECK(refusal(surround.file()) == "WAV: 6 channels, expected 1 or 2");
    Wav odd_rate = wav;
    odd_rate.rate = 11'025;
    CHECK(refusal(odd_rate.file()).find("11025 samples a second") != std::string::npos);
    Bytes cut = wav.file();
    cut.resize(36);
    CHECK(refusal(cut) == "WAV: no data chunk");
    cut.resize(30);
    CHECK(refusal(cut) == "WAV: a chunk reaches beyond the end of the file");
}

TEST_CASE("a clip of any rate keeps its length and its tone") {
    for (const std::uint32_t rate : {8'000U, 16'000U, 22'050U, 24'000U, 44'100U, 48'000U}) {
        CAPTURE(rate);
        const TemporaryFile file{tone(rate, 1000, rate == 24'000 ? 2 : 1).file()};
        const auto clip = load_clip(file.path);
        REQUIRE(clip);
        CHECK((*clip)->samples.size() == 8000);
        CHECK((*clip)->pcma.size() == 8000);
        CHECK((*clip)->pcmu.size() == 8000);
        CHECK(tone_level_dbfs((*clip)->samples, 1000) == doctest::Approx(-6.2).epsilon(0.05));
    }
}

TEST_CASE("what 8 kHz cannot carry does not come back as another tone") {
    const TemporaryFile file{tone(48'000, 7000).file()};
    const auto clip = load_clip(file.path);
    REQUIRE(clip);
    CHECK(tone_level_dbfs((*clip)->samples, 1000) < -60.0);
}

TEST_CASE("a missing or broken file is named in the failure") {
    const auto missing = load_clip("/nowhere/greeting.wav");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().what.starts_with("/nowhere/greeting.wav: "));
    const TemporaryFile file{Bytes{'h', 'i'}};
    const auto broken = load_clip(file.path);
    REQUIRE_FALSE(broken);
    CHECK(broken.error().what.find("not a WAV file") != std::string::npos);
}

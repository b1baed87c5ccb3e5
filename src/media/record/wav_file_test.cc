#include "media/record/wav_file.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "media/plane.h"
#include "media/play/wav.h"

using namespace amer::media;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<std::uint8_t>;

struct Folder {
    Folder() : path{fs::path{AMER_BINARY_DIR} / "wav_file_test"} {
        fs::remove_all(path);
        fs::create_directories(path);
    }
    ~Folder() { fs::remove_all(path); }
    fs::path path;
};

Bytes read(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void write(const fs::path& path, const Bytes& bytes) {
    std::ofstream file{path, std::ios::binary};
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

TEST_CASE("a recording is a readable WAV after each append") {
    const Folder folder;
    auto file = WavFile::create(folder.path / "a.wav", 2);
    REQUIRE(file);
    CHECK(parse_wav(read(folder.path / "a.wav"))->samples.empty());
    for (int i = 1; i <= 3; i++) {
        REQUIRE(file->append(Bytes(640, 1)));
        const auto sound = parse_wav(read(folder.path / "a.wav"));
        REQUIRE(sound);
        CHECK(sound->samples.size() == static_cast<std::size_t>(160 * i));
        CHECK(sound->samples[0] == 0x0101);
    }
    CHECK(file->length() == 60ms);
    CHECK(file->bytes() == 44 + 3 * 640);
    CHECK(file->finish());
    CHECK(fs::file_size(folder.path / "a.wav") == file->bytes());
    CHECK((fs::status(folder.path / "a.wav").permissions() & fs::perms::others_all) ==
          fs::perms::none);
}

TEST_CASE("a recording never overwrites a file, and says when there is no folder for it") {
    const Folder folder;
    write(folder.path / "kept.wav", {1, 2, 3});
    CHECK_FALSE(WavFile::create(folder.path / "kept.wav", 1));
    CHECK(read(folder.path / "kept.wav") == Bytes{1, 2, 3});
    const auto nowhere = WavFile::create(folder.path / "none" / "a.wav", 1);
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().what.find("cannot create the recording") != std::string::npos);
}

TEST_CASE("a crash between sound and header is repaired, a torn frame cut off") {
    const Folder folder;
    const fs::path path = folder.path / "torn.wav";
    const auto header = wav_header(2, 640);
    Bytes torn{header.begin(), header.end()};
    torn.resize(44 + 640 + 640 + 3, 9);  // 40 ms of sound of which the header counts 20, and a bit
    write(path, torn);
    const auto recovered = recover_recording(path);
    REQUIRE(recovered);
    CHECK(recovered->length == 40ms);
    CHECK(recovered->bytes == 44 + 1280);
    CHECK(fs::file_size(path) == 44 + 1280);
    CHECK(parse_wav(read(path))->samples.size() == 320);
    CHECK(recovered->sha256 == sha256_of_file(path).value());
    const auto again = recover_recording(path);
    REQUIRE(again);
    CHECK(again->sha256 == recovered->sha256);
}

TEST_CASE("a recording that has nothing but its header is recovered as empty") {
    const Folder folder;
    REQUIRE(WavFile::create(folder.path / "empty.wav", 1));
    const auto recovered = recover_recording(folder.path / "empty.wav");
    REQUIRE(recovered);
    CHECK(recovered->length == 0ms);
    CHECK(recovered->bytes == 44);
}

TEST_CASE("files that are not ours are left alone") {
    const Folder folder;
    Bytes other(100, 'x');
    SUBCASE("no WAV") {}
    SUBCASE("shorter than a header") { other.resize(43); }
    SUBCASE("a WAV of 16 kHz") {
        const auto header = wav_header(1, 56);
        std::copy(header.begin(), header.end(), other.begin());
        other[25] = 0x3E;
    }
    write(folder.path / "other", other);
    CHECK_FALSE(recover_recording(folder.path / "other"));
    CHECK(read(folder.path / "other") == other);
    CHECK_FALSE(recover_recording(folder.path / "missing"));
}

TEST_CASE("the digest is SHA-256 as FIPS 180 gives it") {
    const Folder folder;
    write(folder.path / "abc", {'a', 'b', 'c'});
    CHECK(sha256_of_file(folder.path / "abc").value() ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

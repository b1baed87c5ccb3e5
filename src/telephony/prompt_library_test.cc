#include "telephony/prompt_library.h"

#include <cstdint>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

using namespace amer;
using namespace std::chrono_literals;

namespace {

// A folder of prompts whose lengths tell them apart; gone with the test.
struct PromptFolder {
    std::filesystem::path path = std::filesystem::path{AMER_BINARY_DIR} / "prompt_library_test";

    PromptFolder() { std::filesystem::remove_all(path); }
    ~PromptFolder() { std::filesystem::remove_all(path); }

    // A WAV of this many silent samples: RIFF, 16 bit, mono, 8 kHz.
    void add(const std::string& file, std::uint32_t samples) const {
        std::filesystem::create_directories((path / file).parent_path());
        std::ofstream out{path / file, std::ios::binary};
        const auto number = [&](std::uint32_t value, int bytes) {
            for (int i = 0; i < bytes; i++) out.put(static_cast<char>(value >> (8 * i)));
        };
        out << "RIFF";
        number(36 + samples * 2, 4);
        out << "WAVEfmt ";
        number(16, 4);
        number(1, 2);
        number(1, 2);
        number(8000, 4);
        number(16000, 4);
        number(2, 2);
        number(16, 2);
        out << "data";
        number(samples * 2, 4);
        for (std::uint32_t i = 0; i < samples; i++) number(0, 2);
    }

    void index(const std::string& language, const std::string& lines) const {
        std::filesystem::create_directories(path / language);
        std::ofstream{path / language / "index"} << lines;
    }
};

std::vector<std::size_t> lengths(const std::vector<media::ClipPtr>& clips) {
    std::vector<std::size_t> all;
    for (const auto& clip : clips) all.push_back(clip->samples.size());
    return all;
}

Saying say(const char* prompt, std::vector<SpokenValue> values = {}) {
    return Saying{PromptId{prompt}, std::move(values)};
}

}  // namespace

TEST_CASE("a prompt without placeholders is one clip, in the language asked for") {
    const PromptFolder folder;
    folder.add("ar/GRT-U.wav", 800);
    folder.add("en/GRT-U.wav", 1600);
    telephony::PromptLibrary library{folder.path};
    CHECK(lengths(library.clips(Language::arabic, {say("GRT-U")})) ==
          std::vector<std::size_t>{800});
    CHECK(lengths(library.clips(Language::english, {say("GRT-U")})) ==
          std::vector<std::size_t>{1600});
}

TEST_CASE("values are spoken where the language puts them") {
    const PromptFolder folder;
    folder.index("ar", "X X.1 {a} X.2 {b}\n");
    folder.index("en", "X {b} X.1 {a}\n");
    folder.add("ar/X.1.wav", 100);
    folder.add("ar/X.2.wav", 200);
    folder.add("en/X.1.wav", 300);
    for (const char* language : {"ar", "en"}) {
        folder.add(std::string{language} + "/UNIT-a.wav", 1000);
        folder.add(std::string{language} + "/UNIT-b.wav", 2000);
    }
    telephony::PromptLibrary library{folder.path};
    const auto value = [](const char* placeholder, const char* prompt) {
        return SpokenValue{placeholder, SpokenValue::Kind::prompt, 0, prompt};
    };
    const std::vector<Saying> sayings{say("X", {value("a", "UNIT-a"), value("b", "UNIT-b")})};
    CHECK(lengths(library.clips(Language::arabic, sayings)) ==
          std::vector<std::size_t>{100, 1000, 200, 2000});
    CHECK(lengths(library.clips(Language::english, sayings)) ==
          std::vector<std::size_t>{2000, 300, 1000});
}

TEST_CASE("what is missing or broken is left out and the rest is spoken") {
    const PromptFolder folder;
    folder.add("ar/INV.wav", 400);
    std::filesystem::create_directories(folder.path / "ar");
    std::ofstream{folder.path / "ar/BAD.wav"} << "this is no WAV";
    telephony::PromptLibrary library{folder.path};
    CHECK(lengths(library.clips(Language::arabic, {say("NONE"), say("BAD"), say("INV")})) ==
          std::vector<std::size_t>{400});
}

TEST_CASE("a clip is loaded once and shared") {
    const PromptFolder folder;
    folder.add("common/MUSIC.wav", 8000);
    telephony::PromptLibrary library{folder.path};
    CHECK(library.music(PromptId{"MUSIC"}) == library.music(PromptId{"MUSIC"}));
    CHECK(library.music(PromptId{"NONE"})->samples.size() == 8000);
    CHECK(library.tone_before_message()->samples.size() == 2400);
    CHECK(library.ring_back()->samples.size() == 40000);
}

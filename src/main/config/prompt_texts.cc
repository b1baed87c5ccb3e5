#include "main/config/prompt_texts.h"

#include <array>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "main/config/toml_value.h"

namespace amer::config {
namespace {

namespace fs = std::filesystem;

constexpr std::array kLanguages = {std::pair{Language::arabic, "ar"},
                                   std::pair{Language::english, "en"}};
constexpr std::string_view kMinistry = "{ministry}";
const char* const kSpellings = "spellings";  // how names are pronounced: no prompt

std::string filled(std::string text, const std::string& ministry) {
    for (std::size_t at = text.find(kMinistry); at != std::string::npos;
         at = text.find(kMinistry, at + ministry.size())) {
        text.replace(at, kMinistry.size(), ministry);
    }
    return text;
}

class Reading {
public:
    Reading(const centre::Configuration& centre, Findings& findings)
        : centre_{centre}, findings_{findings} {}

    void read(const fs::path& path, Language language) {
        std::ifstream stream{path, std::ios::binary};
        const std::string text{std::istreambuf_iterator<char>{stream}, {}};
        if (!stream) return findings_.add({path.string(), 0, 0}, "this file cannot be read");
        const auto file = parse_toml(text, path.string());
        if (!file) return findings_.add(file.error().place, file.error().text);
        for (const TomlMember& member : file->members) {
            if (member.key == kSpellings) continue;
            const TomlMember* display = member.value.find("display");
            if (display == nullptr || display->value.kind != TomlValue::Kind::text) {
                findings_.add(
                    member.place,
                    fmt::format("prompt '{}' has no text: expected 'display'", member.key));
                continue;
            }
            put(PromptId{member.key}, language, display->value.text);
        }
    }

    void name_rows() {
        for (const centre::Unit& unit : centre_.units) {
            put_unless_written(unit.spoken, unit.title.ar, unit.title.en);
        }
        for (const calendar::Holiday& holiday : centre_.calendar.holidays) {
            put_unless_written(PromptId{"HOL-" + holiday.id}, holiday.name_ar, holiday.name_en);
        }
    }

    PromptTexts take() { return std::move(texts_); }

private:
    void put(const PromptId& prompt, Language language, std::string text) {
        const bool is_arabic = language == Language::arabic;
        texts_[prompt][language] =
            filled(std::move(text), is_arabic ? centre_.ministry.ar : centre_.ministry.en);
    }

    void put_unless_written(const PromptId& prompt, const std::string& ar, const std::string& en) {
        if (texts_.contains(prompt)) return;
        put(prompt, Language::arabic, ar);
        put(prompt, Language::english, en);
    }

    const centre::Configuration& centre_;
    Findings& findings_;
    PromptTexts texts_;
};

std::set<std::string> placeholders_in(const std::string& text) {
    std::set<std::string> found;
    for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
        const std::size_t end = text.find('}', at);
        if (end == std::string::npos) break;
        found.insert(text.substr(at + 1, end - at - 1));
    }
    return found;
}

}  // namespace

bool has_prompt_texts(const fs::path& folder) {
    std::error_code failed;
    for (const auto& [language, name] : kLanguages) {
        if (!fs::is_regular_file(folder / (std::string{name} + ".toml"), failed)) return false;
    }
    return true;
}

PromptTexts read_prompt_texts(const fs::path& folder, const fs::path& configuration_folder,
                              const centre::Configuration& centre, Findings& findings) {
    Reading reading{centre, findings};
    for (const auto& [language, name] : kLanguages) {
        reading.read(folder / (std::string{name} + ".toml"), language);
    }
    reading.name_rows();
    for (const auto& [language, name] : kLanguages) {
        std::error_code failed;
        const fs::path own = configuration_folder / ("prompts." + std::string{name} + ".toml");
        if (fs::exists(own, failed)) reading.read(own, language);
    }
    return reading.take();
}

centre::KnownPrompts known_prompts(const PromptTexts& texts) {
    centre::KnownPrompts known;
    for (const auto& [prompt, languages] : texts) {
        for (const auto& [language, text] : languages) {
            known[prompt][language] = placeholders_in(text);
        }
    }
    return known;
}

}  // namespace amer::config

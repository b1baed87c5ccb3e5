#include "telephony/prompt_library.h"

#include <charconv>
#include <chrono>
#include <fstream>

#include <spdlog/spdlog.h>

namespace amer::telephony {

using namespace std::chrono_literals;

namespace {

const char* folder_of(Language language) { return language == Language::arabic ? "ar" : "en"; }

// Stand-ins for what no file gives, so that a bare installation still works.
media::ClipPtr beep() { return media::make_tone(1000, 300ms); }

// ITU-T E.180, United Arab Emirates and most of the world: 425 Hz, here 1 s on and 4 s off.
media::ClipPtr ringing_tone() {
    std::vector<std::int16_t> samples = media::make_tone(425, 1s)->samples;
    samples.resize(samples.size() * 5, 0);
    return media::make_clip(std::move(samples));
}

}  // namespace

PromptLibrary::PromptLibrary(std::filesystem::path folder, std::optional<RecordingShelf> recordings)
    : folder_{std::move(folder)}, recordings_{std::move(recordings)} {
    for (const Language language : {Language::arabic, Language::english}) {
        scripts_[static_cast<std::size_t>(language)] = read_index(language);
    }
}

PromptLibrary::Scripts PromptLibrary::read_index(Language language) const {
    Scripts scripts;
    std::ifstream index{folder_ / folder_of(language) / "index"};
    std::string line;
    while (std::getline(index, line)) {
        if (line.empty() || line.front() == '#') continue;
        auto script = spoken::parse_script(line);
        if (!script) {
            spdlog::error("{}: {}", folder_of(language), script.error().what);
            continue;
        }
        scripts.insert_or_assign(script->prompt, std::move(*script));
    }
    return scripts;
}

media::ClipPtr PromptLibrary::load(const std::string& relative) {
    const auto known = loaded_.find(relative);
    if (known != loaded_.end()) return known->second;
    auto clip = media::load_clip(folder_ / relative);
    if (!clip) spdlog::warn("prompt {} is missing: {}", relative, clip.error().what);
    return loaded_.emplace(relative, clip ? *clip : nullptr).first->second;
}

media::ClipPtr PromptLibrary::load_recording(std::string_view number) const {
    RecordingId id;
    const auto read = std::from_chars(number.data(), number.data() + number.size(), id.value);
    if (read.ec != std::errc{} || !recordings_) return nullptr;
    auto clip = media::load_clip(recordings_->file_of(id));
    if (!clip) spdlog::warn("recording {} cannot be heard: {}", id.value, clip.error().what);
    return clip ? *clip : nullptr;
}

std::vector<media::ClipPtr> PromptLibrary::clips(Language language,
                                                 const std::vector<Saying>& sayings) {
    const Scripts& scripts = scripts_[static_cast<std::size_t>(language)];
    std::vector<media::ClipPtr> all;
    for (const Saying& saying : sayings) {
        const auto script = scripts.find(saying.prompt.value);
        const spoken::PieceIds pieces =
            script == scripts.end() ? spoken::PieceIds{saying.prompt.value}
                                    : spoken::say_script(script->second, saying.values, language);
        for (const std::string& piece : pieces) {
            if (piece.starts_with(spoken::kRecordingPiece)) {
                auto clip =
                    load_recording(std::string_view{piece}.substr(spoken::kRecordingPiece.size()));
                if (clip) all.push_back(std::move(clip));
                continue;
            }
            const std::string file = std::string{folder_of(language)} + "/" + piece + ".wav";
            if (auto clip = load(file)) all.push_back(std::move(clip));
        }
    }
    return all;
}

media::ClipPtr PromptLibrary::music(const PromptId& music) {
    auto clip = load("common/" + music.value + ".wav");
    return clip ? clip : media::make_silence(1s);
}

media::ClipPtr PromptLibrary::tone_before_message() {
    auto clip = load("common/BEEP.wav");
    return clip ? clip : beep();
}

media::ClipPtr PromptLibrary::ring_back() {
    auto& clip = loaded_["common/RINGING"];
    if (!clip) clip = ringing_tone();
    return clip;
}

}  // namespace amer::telephony

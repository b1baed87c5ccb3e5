#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/spoken/spoken.h"
#include "core/terms/terms.h"
#include "media/plane.h"
#include "telephony/recording_shelf.h"

namespace amer::telephony {

// Turns what the core wants said into clips: a prompt's pieces and the spoken values between them,
// from the folder of rendered WAV files: <folder>/<ar|en>/<piece>.wav and, in the file `index`
// beside them, one line for each prompt that is cut into pieces (core/spoken, Script). A prompt
// without a line is one piece of its own name. <folder>/common has music and tones. Clips are
// loaded once and shared; recordings (a message its caller hears) are loaded each time. What is
// missing is left out and told once in the log; speech never stops for it.
// Signalling thread only.
class PromptLibrary {
public:
    // `folder` holds ar/, en/ and common/ (music, tones).
    explicit PromptLibrary(std::filesystem::path folder,
                           std::optional<RecordingShelf> recordings = std::nullopt);

    std::vector<media::ClipPtr> clips(Language language, const std::vector<Saying>& sayings);
    media::ClipPtr music(const PromptId& music);
    media::ClipPtr tone_before_message();
    media::ClipPtr ring_back();  // what an agent hears while the citizen's phone rings

private:
    using Scripts = std::unordered_map<std::string, spoken::Script>;

    media::ClipPtr load(const std::string& relative);
    media::ClipPtr load_recording(std::string_view number) const;
    Scripts read_index(Language language) const;

    std::filesystem::path folder_;
    std::optional<RecordingShelf> recordings_;
    std::array<Scripts, 2> scripts_;  // by Language
    std::unordered_map<std::string, media::ClipPtr> loaded_;
};

}  // namespace amer::telephony

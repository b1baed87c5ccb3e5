#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "main/rehearsal/ear.h"
#include "main/rehearsal/script.h"
#include "main/rehearsal/transcript.h"
#include "media/endpoint/rtp_endpoint.h"
#include "media/plane.h"

namespace amer::rehearsal {

// What one side of a rehearsal call does once it is connected.
struct Manners {
    media::ClipPtr voice;  // said once or on and on; none: silence
    bool says_on_and_on = false;
    std::vector<ScriptItem> script;
    std::vector<double> tones;         // counted in what is heard
    std::filesystem::path keep_heard;  // "": not kept; a WAV file otherwise
};

// The media of one rehearsal call and the script played in it. Ticks on the line's thread; tells
// the transcript what happens.
class Conversation {
public:
    static Result<std::unique_ptr<Conversation>> open(int number, const std::string& address,
                                                      const Manners& manners,
                                                      const Transcript& transcript);

    std::string make_offer() { return media::make_offer(local_); }
    // Their answer to our offer; an error when nothing was agreed.
    Result<void> accept(std::string_view answer);
    // Their offer, first or later; our answer.
    Result<std::string> answer(std::string_view offer);

    void begin();  // connected
    // Every 20 ms. True when the script says to hang up.
    bool tick();
    // The script is done and what the other side said to its last item is over.
    bool is_done() const;
    // How it was: length, sound heard, keys heard, tones; writes the WAV.
    Json end();

private:
    Conversation(int number, Manners manners, const Transcript& transcript);
    void speak();
    bool perform(const ScriptItem& item);

    int number_;
    Manners manners_;
    const Transcript& transcript_;
    std::unique_ptr<media::RtpEndpoint> sound_;
    media::LocalAudio local_;
    media::ClipPtr silence_;
    Ear ear_;
    std::size_t samples_listened_ = 0;
    std::size_t digits_told_ = 0;
    std::size_t script_at_ = 0;
    bool heard_since_item_ = false;
    bool is_voice_over_ = false;
    std::optional<MonotonicInstant> began_;
    MonotonicInstant last_item_{};
};

}  // namespace amer::rehearsal

#pragma once

#include <chrono>
#include <cstdint>
#include <span>

#include "media/listen/steady_tone.h"
#include "media/listen/voice_activity.h"

namespace amer::media {

enum class Answerer : std::uint8_t { unknown, person, machine };

// Who has answered, judged by what comes from there after the answer: a person says a short word
// and listens; a machine speaks on, or its words end with a tone. In doubt it is a person. Time is
// counted in frames of 20 ms.
class AnswerDetector {
public:
    static constexpr std::chrono::milliseconds kFrame = VoiceActivity::kFrame;

    // Words that go on so long are a machine's; pauses of up to 400 ms are bridged.
    explicit AnswerDetector(std::chrono::milliseconds machine_after) noexcept
        : machine_after_{machine_after} {}

    // What came, and how loud we spoke meanwhile: our own echo is nobody's voice. What it says
    // first but unknown stays so.
    Answerer hear(std::span<const std::int16_t> frame, double sent_dbfs) noexcept;

private:
    bool is_above_echo(double sent_dbfs) noexcept;
    void count(bool is_voice, bool is_tone) noexcept;
    Answerer judge(std::chrono::milliseconds tone) const noexcept;

    std::chrono::milliseconds machine_after_;
    VoiceActivity voice_{VoiceActivity::Steady::is_noise};
    SteadyTone tone_;
    double echo_dbfs_ = -120.0;
    int voice_frames_ = 0;
    std::chrono::milliseconds words_{0};   // since these began, bridged pauses included
    std::chrono::milliseconds voiced_{0};  // of that
    std::chrono::milliseconds run_{0};     // of that, on end until now
    std::chrono::milliseconds pause_{0};   // since the last voice
    std::chrono::milliseconds listened_{0};
    Answerer answerer_ = Answerer::unknown;
};

}  // namespace amer::media

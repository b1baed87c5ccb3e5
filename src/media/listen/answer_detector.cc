#include "media/listen/answer_detector.h"

#include <algorithm>
#include <utility>

namespace amer::media {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kBridged{400};
constexpr milliseconds kListening{800};     // a person waits for an answer to his word
constexpr milliseconds kShortestWord{120};  // of voice; less may be the line's
constexpr milliseconds kBeep{200};
constexpr milliseconds kLongest{20'000};
// An echo comes back 20 dB weaker, or the network's own rules are broken (ITU-T G.131), and up to
// 400 ms late.
constexpr double kEchoLoss = 20.0;
constexpr double kEchoFadesPerFrame = 1.0;

}  // namespace

Answerer AnswerDetector::hear(std::span<const std::int16_t> frame, double sent_dbfs) noexcept {
    if (answerer_ != Answerer::unknown) return answerer_;
    listened_ += kFrame;
    const bool stands_out = voice_.hear(frame);
    const bool is_theirs = is_above_echo(sent_dbfs) && stands_out;
    if (!is_theirs) tone_ = SteadyTone{};
    const milliseconds tone = is_theirs ? tone_.hear(frame) : milliseconds{0};
    const bool is_tone = tone.count() > 0;
    voice_frames_ = is_theirs && !is_tone ? voice_frames_ + 1 : 0;
    count(voice_frames_ >= VoiceActivity::kFramesOfVoice, is_tone);
    answerer_ = judge(tone);
    return answerer_;
}

bool AnswerDetector::is_above_echo(double sent_dbfs) noexcept {
    echo_dbfs_ = std::max(sent_dbfs - kEchoLoss, echo_dbfs_ - kEchoFadesPerFrame);
    return voice_.level() > echo_dbfs_;
}

void AnswerDetector::count(bool is_voice, bool is_tone) noexcept {
    words_ += kFrame;
    // A tone is no pause: a machine's may begin while we wait for it to be silent long enough.
    if (!is_tone) pause_ += kFrame;
    // What has been at one level until now was noise from its beginning.
    if (voice_.has_been_noise()) voiced_ -= std::exchange(run_, {});
    if (!is_voice) {
        run_ = {};
        return;
    }
    if (voiced_.count() == 0 || pause_ > kBridged) {
        words_ = {};
        voiced_ = {};
        run_ = {};
    }
    voiced_ += kFrame;
    run_ += kFrame;
    pause_ = {};
}

Answerer AnswerDetector::judge(milliseconds tone) const noexcept {
    const bool has_spoken = voiced_ >= kShortestWord;
    // The pause at their end is no part of the words; what is mostly pauses is a noise now and
    // then.
    const milliseconds lasted = words_ - pause_;
    const bool speaks_on = lasted >= machine_after_ && 3 * voiced_ >= lasted;
    if (has_spoken && (speaks_on || tone >= kBeep)) return Answerer::machine;
    if (voiced_.count() > 0 && pause_ >= kListening) return Answerer::person;
    if (listened_ >= kLongest) return Answerer::person;
    return Answerer::unknown;
}

}  // namespace amer::media

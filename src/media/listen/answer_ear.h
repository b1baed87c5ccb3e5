#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

#include "media/codec/g711.h"
#include "media/listen/answer_detector.h"
#include "media/record/capture.h"

namespace amer::media {

// Listens to one far side from its answer until it is judged who has answered. Made by whoever asks
// for it; on the media thread it takes no memory.
class AnswerEar {
public:
    explicit AnswerEar(std::chrono::milliseconds machine_after) noexcept
        : detector_{machine_after} {}

    Capture& voice() noexcept { return voice_; }  // where the leg's packets go
    // What the far side hears of us in these 20 ms.
    void note_sent(Codec codec, std::span<const std::uint8_t> codes) noexcept;
    // Once per 20 ms; the judgement, once.
    std::optional<Answerer> tick() noexcept;

private:
    Capture voice_{kRecordedDepth};
    AnswerDetector detector_;
    double sent_dbfs_ = kNothingDbfs;
    bool has_judged_ = false;

    static constexpr double kNothingDbfs = -120.0;
};

}  // namespace amer::media

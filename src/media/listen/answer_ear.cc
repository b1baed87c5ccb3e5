#include "media/listen/answer_ear.h"

#include <algorithm>
#include <utility>

namespace amer::media {

void AnswerEar::note_sent(Codec codec, std::span<const std::uint8_t> codes) noexcept {
    const DecodeTable& decode = decode_table(codec);
    std::array<std::int16_t, Capture::kFrame> samples{};
    const std::size_t count = std::min(codes.size(), samples.size());
    std::transform(codes.begin(), codes.begin() + static_cast<std::ptrdiff_t>(count),
                   samples.begin(), [&](std::uint8_t code) { return decode[code]; });
    sent_dbfs_ = level_dbfs(std::span{samples}.first(count));
}

std::optional<Answerer> AnswerEar::tick() noexcept {
    if (has_judged_) return std::nullopt;
    std::array<std::int16_t, Capture::kFrame> frame;
    const double sent_dbfs = std::exchange(sent_dbfs_, kNothingDbfs);
    // What has not begun is no silence of his line.
    if (!voice_.pull(frame)) return std::nullopt;
    const Answerer answerer = detector_.hear(frame, sent_dbfs);
    if (answerer == Answerer::unknown) return std::nullopt;
    has_judged_ = true;
    return answerer;
}

}  // namespace amer::media

#include <cmath>
#include <fstream>
#include <iterator>
#include <numbers>

#include "media/codec/g711.h"
#include "media/codec/resample.h"
#include "media/plane.h"
#include "media/play/wav.h"

namespace amer::media {
namespace {

constexpr std::uintmax_t kLargestFile = 256U << 20U;  // 45 minutes at 48 kHz stereo

std::size_t samples_in(std::chrono::milliseconds length) {
    return static_cast<std::size_t>(std::max<std::chrono::milliseconds::rep>(length.count(), 0)) *
           8;
}

}  // namespace

ClipPtr make_clip(std::vector<std::int16_t> samples) {
    auto clip = std::make_shared<Clip>();
    clip->samples = std::move(samples);
    clip->pcma.reserve(clip->samples.size());
    clip->pcmu.reserve(clip->samples.size());
    for (const std::int16_t sample : clip->samples) {
        clip->pcma.push_back(encode_pcma(sample));
        clip->pcmu.push_back(encode_pcmu(sample));
    }
    return clip;
}

Result<ClipPtr> load_clip(const std::filesystem::path& wav) {
    std::error_code trouble;
    const auto size = std::filesystem::file_size(wav, trouble);
    if (trouble) return failure(wav.string() + ": " + trouble.message());
    if (size > kLargestFile) return failure(wav.string() + ": longer than 256 MB");
    std::ifstream file{wav, std::ios::binary};
    const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>{file}, {}};
    if (!file) return failure(wav.string() + ": cannot be read");
    const auto sound = parse_wav(bytes);
    if (!sound) return failure(wav.string() + ": " + sound.error().what);
    auto samples = resample_to_8k(sound->samples, sound->rate_hz);
    if (!samples) return failure(wav.string() + ": " + samples.error().what);
    return make_clip(std::move(*samples));
}

ClipPtr make_tone(double frequency_hz, std::chrono::milliseconds length, double level_dbfs) {
    const double peak = 32767.0 * std::pow(10.0, level_dbfs / 20.0);
    std::vector<std::int16_t> samples(samples_in(length));
    for (std::size_t i = 0; i < samples.size(); i++) {
        const double turns = frequency_hz * static_cast<double>(i) / 8000.0;
        samples[i] =
            static_cast<std::int16_t>(std::lround(peak * std::sin(2.0 * std::numbers::pi * turns)));
    }
    return make_clip(std::move(samples));
}

ClipPtr make_silence(std::chrono::milliseconds length) {
    return make_clip(std::vector<std::int16_t>(samples_in(length)));
}

}  // namespace amer::media

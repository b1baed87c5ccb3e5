#include "media/codec/resample.h"

#include <speex/speex_resampler.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

namespace amer::media {
namespace {

constexpr std::uint32_t kRate = 8'000;
constexpr int kQuality = 8;  // of 0-10; at load time only, so generous

struct Destroy {
    void operator()(SpeexResamplerState* state) const { speex_resampler_destroy(state); }
};

}  // namespace

Result<std::vector<std::int16_t>> resample_to_8k(std::span<const std::int16_t> samples,
                                                 std::uint32_t rate_hz) {
    if (rate_hz == kRate) return std::vector<std::int16_t>{samples.begin(), samples.end()};
    int trouble = RESAMPLER_ERR_SUCCESS;
    const std::unique_ptr<SpeexResamplerState, Destroy> resampler{
        speex_resampler_init(1, rate_hz, kRate, kQuality, &trouble)};
    if (!resampler) {
        return failure(std::string{"cannot resample: "} + speex_resampler_strerror(trouble));
    }
    speex_resampler_skip_zeros(resampler.get());

    const std::size_t wanted = (samples.size() * kRate + rate_hz / 2) / rate_hz;
    std::vector<std::int16_t> result(wanted);
    // The filter looks ahead: silence behind the end brings the last samples out of it.
    constexpr std::array<std::int16_t, 1024> kSilence{};
    std::size_t taken = 0;
    std::size_t made = 0;
    while (made < wanted) {
        const bool is_over = taken == samples.size();
        const auto input =
            is_over ? std::span<const std::int16_t>{kSilence} : samples.subspan(taken);
        auto in = static_cast<spx_uint32_t>(std::min<std::size_t>(input.size(), 1U << 16U));
        auto out = static_cast<spx_uint32_t>(std::min<std::size_t>(wanted - made, 1U << 16U));
        speex_resampler_process_int(resampler.get(), 0, input.data(), &in, result.data() + made,
                                    &out);
        if (!is_over) taken += in;
        made += out;
        if (in == 0 && out == 0) return failure("the resampler stands still");
    }
    return result;
}

}  // namespace amer::media

#include "core/queue/requirement.h"

namespace amer::queue {

std::optional<std::int64_t> ends_after_ms(const std::vector<Step>& steps, std::int32_t number) {
    std::int64_t sum = 0;
    for (std::int32_t at = 0; at < static_cast<std::int32_t>(steps.size()); ++at) {
        const std::int32_t lasts = steps[static_cast<std::size_t>(at)].lasts_ms;
        if (lasts == 0) return std::nullopt;
        sum += lasts;
        if (at == number) return sum;
    }
    return std::nullopt;
}

}  // namespace amer::queue

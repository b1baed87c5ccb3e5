#include "measure/honesty.h"

#include <algorithm>
#include <numeric>

namespace amer::measure {

namespace {

std::optional<std::int64_t> median_ms(std::vector<std::int64_t> errors_us) {
    if (errors_us.empty()) return std::nullopt;
    std::sort(errors_us.begin(), errors_us.end());
    const std::size_t middle = errors_us.size() / 2;
    if (errors_us.size() % 2 == 1) return mean_of("", errors_us[middle], 1).mean_ms;
    return mean_of("", errors_us[middle - 1] + errors_us[middle], 2).mean_ms;
}

Honesty honesty_of(const ToldRecord& record) {
    const ToldWaits& waits = record.waits;
    return Honesty{waits,
                   {rate_of({"wait_coverage", waits.in_range, waits.answered})},
                   {wait_error("told_error", record.told_errors_us),
                    wait_error("estimate_error", record.estimate_errors_us)}};
}

}  // namespace

WaitError wait_error(std::string formula, std::vector<std::int64_t> errors_us) {
    const std::int64_t total = std::accumulate(errors_us.begin(), errors_us.end(), std::int64_t{0});
    const Mean mean =
        mean_of(std::move(formula), total, static_cast<std::int64_t>(errors_us.size()));
    return WaitError{mean.formula, mean.total_us, mean.of, mean.mean_ms,
                     median_ms(std::move(errors_us))};
}

ToldSection told_section(const WaitBook::Hours& hours) {
    ToldSection section;
    ToldRecord all;
    for (const auto& [hour, record] : hours) {
        section.hours.push_back({hour, honesty_of(record)});
        add(all.waits, record.waits);
        for (const auto& [sum, part] :
             {std::pair{&all.told_errors_us, &record.told_errors_us},
              std::pair{&all.estimate_errors_us, &record.estimate_errors_us}}) {
            sum->insert(sum->end(), part->begin(), part->end());
        }
    }
    section.all = honesty_of(all);
    return section;
}

}  // namespace amer::measure

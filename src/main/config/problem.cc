#include "main/config/problem.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include <fmt/format.h>

namespace amer::config {

std::string Problem::line() const {
    if (place.line == 0) return fmt::format("{}: {}", place.file, text);
    return fmt::format("{}:{}:{}: {}", place.file, place.line, place.column, text);
}

Place Findings::place_of(std::string_view path) const {
    while (!path.empty()) {
        const auto found = places_.find(path);
        if (found != places_.end()) return found->second;
        const std::size_t cut = path.find_last_of(".[");
        path = cut == std::string_view::npos ? std::string_view{} : path.substr(0, cut);
    }
    return {};
}

std::vector<Problem> Findings::sorted() const {
    std::vector<Problem> all = problems_;
    std::stable_sort(all.begin(), all.end(), [](const Problem& left, const Problem& right) {
        return std::tie(left.place.file, left.place.line, left.place.column) <
               std::tie(right.place.file, right.place.line, right.place.column);
    });
    return all;
}

namespace {

// Levenshtein's distance, one row at a time.
std::size_t distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::size_t replaced = diagonal + (left[i] == right[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
    std::string best;
    // Beyond a third of the word a resemblance is chance.
    std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string& candidate : known) {
        const std::size_t away = distance(word, candidate);
        if (away < best_distance) {
            best_distance = away;
            best = candidate;
        }
    }
    return best;
}

}  // namespace amer::config

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace amer::config {

// A place in a file a person edits; lines and columns count from 1, 0 means the whole file.
struct Place {
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

// One thing that is wrong, and what was expected there.
struct Problem {
    Place place;
    std::string text;

    // "config/queues.toml:12:8: 'ring' must be ..."
    std::string line() const;
};

// Everything that is wrong, found in one pass, and where each value of the configuration came from,
// so that what a later check says about "queues.housing.ring_ms" can be shown at its line.
class Findings {
public:
    void add(Place place, std::string text) {
        problems_.push_back({std::move(place), std::move(text)});
    }
    void remember(std::string path, Place place) { places_[std::move(path)] = std::move(place); }

    // The place of `path`, else of the nearest thing around it, else nowhere ("", 0, 0).
    Place place_of(std::string_view path) const;
    // In order of file and line.
    std::vector<Problem> sorted() const;
    bool empty() const { return problems_.empty(); }

private:
    std::vector<Problem> problems_;
    std::map<std::string, Place, std::less<>> places_;
};

// The word of `known` that a typing mistake away from `word`, or "" when none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace amer::config

#include "core/queue/passed_over.h"

#include <charconv>

#include <fmt/format.h>

namespace amer::queue {

void NumberRanges::add(std::uint32_t number) {
    if (!ranges_.empty() && ranges_.back().last + 1 == number) {
        ranges_.back().last = number;
    } else {
        ranges_.push_back(Range{number, number});
    }
}

std::string NumberRanges::text() const {
    std::string text;
    for (const Range& range : ranges_) {
        if (!text.empty()) text += ' ';
        fmt::format_to(std::back_inserter(text), "{}", range.first);
        if (range.last != range.first) {
            fmt::format_to(std::back_inserter(text), "-{}", range.last);
        }
    }
    return text;
}

std::vector<std::uint32_t> numbers_in(const std::string& ranges) {
    std::vector<std::uint32_t> numbers;
    const char* at = ranges.data();
    const char* const end = at + ranges.size();
    while (at != end) {
        std::uint32_t first = 0;
        auto read = std::from_chars(at, end, first);
        if (read.ec != std::errc{}) return numbers;
        std::uint32_t last = first;
        if (read.ptr != end && *read.ptr == '-') {
            read = std::from_chars(read.ptr + 1, end, last);
            if (read.ec != std::errc{}) return numbers;
        }
        for (std::uint32_t number = first; number <= last; ++number) numbers.push_back(number);
        at = read.ptr;
        while (at != end && *at == ' ') ++at;
    }
    return numbers;
}

}  // namespace amer::queue

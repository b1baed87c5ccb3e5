#include "main/icalendar/lines.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "base/utf8.h"
#include "main/icalendar/icalendar.h"

namespace amer::icalendar {
namespace {

struct Line {
    std::uint32_t number = 0;  // where it begins
    std::string text;
};

// A line that begins with a blank goes on with the one before (RFC 5545, 3.1).
std::vector<Line> unfolded(std::string_view text) {
    std::vector<Line> lines;
    std::uint32_t number = 0;
    while (!text.empty()) {
        ++number;
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        const bool goes_on = line.starts_with(' ') || line.starts_with('\t');
        if (goes_on && !lines.empty()) {
            lines.back().text += line.substr(1);
        } else if (!line.empty()) {
            lines.push_back({number, std::string{line}});
        }
    }
    return lines;
}

std::string in_capitals(std::string_view text) {
    std::string capitals{text};
    for (char& letter : capitals) {
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    }
    return capitals;
}

tl::unexpected<Error> failure_at(const Line& line, const std::string& why) {
    return failure(fmt::format("line {}: {}", line.number, why));
}

// Follows BEGIN and END through the file.
class Nesting {
public:
    Result<void> take(const Line& line) {
        const std::string word = in_capitals(line.text);
        if (word.starts_with("BEGIN:")) return begin(line, word.substr(6));
        if (word.starts_with("END:")) return end(line, word.substr(4));
        if (open_.empty()) return failure_at(line, "expected BEGIN:VCALENDAR");
        return {};
    }

    Result<std::vector<std::uint32_t>> events() const {
        if (!open_.empty()) {
            return failure_at(open_.back().at,
                              fmt::format("BEGIN:{} has no END", open_.back().kind));
        }
        if (!has_begun_) return failure("line 1: the file is empty: expected BEGIN:VCALENDAR");
        return events_;
    }

private:
    struct Open {
        Line at;
        std::string kind;
    };

    Result<void> begin(const Line& line, const std::string& kind) {
        const std::string around = open_.empty() ? "" : open_.back().kind;
        const bool is_known =
            (around.empty() && kind == "VCALENDAR") ||
            (around == "VCALENDAR" && (kind == "VEVENT" || kind == "VTIMEZONE")) ||
            (around == "VEVENT" && kind == "VALARM") ||
            (around == "VTIMEZONE" && (kind == "STANDARD" || kind == "DAYLIGHT"));
        if (!is_known) {
            return failure_at(line, fmt::format("{} is not understood {}", kind,
                                                around.empty() ? "here: expected BEGIN:VCALENDAR"
                                                               : "within " + around));
        }
        has_begun_ = true;
        if (kind == "VEVENT") events_.push_back(line.number);
        if (events_.size() > kMostEvents) {
            return failure_at(line, fmt::format("more than {} events", kMostEvents));
        }
        open_.push_back({line, kind});
        return {};
    }

    Result<void> end(const Line& line, const std::string& kind) {
        if (open_.empty() || open_.back().kind != kind) {
            return failure_at(line, fmt::format("END:{} ends nothing that began", kind));
        }
        open_.pop_back();
        return {};
    }

    std::vector<Open> open_;
    std::vector<std::uint32_t> events_;
    bool has_begun_ = false;
};

}  // namespace

Result<std::vector<std::uint32_t>> lines_of_events(std::string_view text) {
    if (text.size() > kLargestFile) return failure("the file is too large: expected at most 1 MiB");
    if (text.find('\0') != std::string_view::npos || valid_utf8(text) != text) {
        return failure("the file is no text in UTF-8");
    }
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    Nesting nesting;
    for (const Line& line : unfolded(text)) {
        if (auto taken = nesting.take(line); !taken) return tl::unexpected<Error>{taken.error()};
    }
    return nesting.events();
}

}  // namespace amer::icalendar

#include "store/archive/segment.h"

#include <charconv>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/sha256.h"
#include "store/files/files.h"
#include "store/journal/event_reader.h"

namespace amer::store {

namespace {

namespace fs = std::filesystem;

std::string marks_of(std::uint64_t first, std::uint64_t last, const std::string& sha256_before) {
    return fmt::format("amer-journal-segment 1 {} {} {}\n", first, last,
                       sha256_before.empty() ? "-" : sha256_before);
}

// Takes what stands before the next blank.
std::string_view word_of(std::string_view& line) {
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return word;
}

template <typename Number>
bool take_number(std::string_view& line, Number& number) {
    const std::string_view word = word_of(line);
    const auto parsed = std::from_chars(word.data(), word.data() + word.size(), number);
    return parsed.ec == std::errc{} && parsed.ptr == word.data() + word.size();
}

bool read_line(std::string_view line, RawEntry& raw) {
    const bool is_good = take_number(line, raw.sequence) && take_number(line, raw.decision) &&
                         take_number(line, raw.at_us) && take_number(line, raw.version);
    raw.type = word_of(line);
    raw.body = line;
    return is_good;
}

// The file as it was written, or what is wrong with it.
Result<std::string> checked_text(const fs::path& data, const Segment& segment,
                                 const std::string& sha256_before) {
    const fs::path file = segment_file(data, segment);
    const auto wrong = [&](const std::string& what) {
        return failure(fmt::format("the archive segment {} with the entries {} to {} {}",
                                   file.string(), segment.first, segment.last, what));
    };
    std::error_code unknown;
    if (!fs::exists(file, unknown)) return wrong("is missing");
    auto text = read_file(file);
    if (!text) return wrong("cannot be read: " + text.error().what);
    if (text->size() != segment.bytes) {
        return wrong(
            fmt::format("was changed: it has {} bytes and had {}", text->size(), segment.bytes));
    }
    if (sha256(*text) != segment.sha256) {
        return wrong("was changed: its SHA-256 is not that of the day it was written");
    }
    if (!text->starts_with(marks_of(segment.first, segment.last, sha256_before))) {
        return wrong("does not follow the segment before it");
    }
    return text;
}

}  // namespace

Result<engine::Entry> decode(const RawEntry& raw) {
    auto event = read_old_event(raw.body, raw.version);
    if (!event) {
        return failure(
            fmt::format("journal entry {} cannot be read: {}", raw.sequence, event.error().what));
    }
    return engine::Entry{raw.sequence, raw.decision, Instant{Duration{raw.at_us}},
                         std::move(*event)};
}

std::string digest_of(const RawEntry& raw) {
    return sha256(
        fmt::format("{} {} {} {} {}", raw.sequence, raw.decision, raw.at_us, raw.type, raw.body));
}

fs::path archive_folder(const fs::path& data) { return data / "archive"; }

fs::path segment_file(const fs::path& data, const Segment& segment) {
    return archive_folder(data) / fmt::format("{:020}-{:020}.entries", segment.first, segment.last);
}

SegmentText::SegmentText(std::uint64_t first, std::uint64_t last, const std::string& sha256_before)
    : next_{first}, text_{marks_of(first, last, sha256_before)} {
    segment_.first = first;
    segment_.last = last;
}

Result<void> SegmentText::add(const RawEntry& raw) {
    if (raw.sequence != next_) return failure(fmt::format("journal entry {} is missing", next_));
    const bool breaks_the_line =
        raw.body.find('\n') != raw.body.npos || raw.type.find_first_of(" \n") != raw.type.npos;
    if (breaks_the_line) {
        return failure(fmt::format("journal entry {} has a line break", raw.sequence));
    }
    const Instant at{Duration{raw.at_us}};
    if (raw.sequence == segment_.first) segment_.from = at;
    segment_.until = at;
    fmt::format_to(std::back_inserter(text_), "{} {} {} {} {} {}\n", raw.sequence, raw.decision,
                   raw.at_us, raw.version, raw.type, raw.body);
    ++next_;
    return {};
}

Segment SegmentText::segment() const {
    Segment segment = segment_;
    segment.bytes = text_.size();
    segment.sha256 = sha256(text_);
    return segment;
}

Result<void> read_segment(const fs::path& data, const Segment& segment,
                          const std::string& sha256_before, std::uint64_t first,
                          const std::function<Result<void>(const RawEntry&)>& take) {
    const auto text = checked_text(data, segment, sha256_before);
    if (!text) return tl::unexpected<Error>{text.error()};
    std::string_view rest{*text};
    rest.remove_prefix(rest.find('\n') + 1);
    std::uint64_t expected = segment.first;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        RawEntry raw;
        if (end == rest.npos || !read_line(rest.substr(0, end), raw) || raw.sequence != expected) {
            return failure(fmt::format("{}: journal entry {} cannot be read",
                                       segment_file(data, segment).string(), expected));
        }
        rest.remove_prefix(end + 1);
        ++expected;
        if (raw.sequence < first) continue;
        if (auto taken = take(raw); !taken) return taken;
    }
    if (expected != segment.last + 1) {
        return failure(fmt::format("{}: journal entry {} is missing",
                                   segment_file(data, segment).string(), expected));
    }
    return {};
}

}  // namespace amer::store

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "engine/journal.h"

namespace amer::store {

// A row of the journal as it stands, byte for byte. The texts live as long as the call it is
// handed to.
struct RawEntry {
    std::uint64_t sequence = 0;
    std::uint64_t decision = 0;
    std::int64_t at_us = 0;
    int version = 1;
    std::string_view type;
    std::string_view body;

    bool operator==(const RawEntry&) const = default;
};

// Fails with the entry's number when its event cannot be read.
Result<engine::Entry> decode(const RawEntry& raw);
// Of the whole row, SHA-256: tells this journal from another with equal numbers.
std::string digest_of(const RawEntry& raw);

// A file of entries that left the journal, as the manifest (table archive_segment) knows it.
struct Segment {
    std::uint64_t first = 0, last = 0;
    Instant from, until;  // instants of these two entries
    std::uint64_t bytes = 0;
    std::string sha256;

    bool operator==(const Segment&) const = default;
};

std::filesystem::path archive_folder(const std::filesystem::path& data);
// <data>/archive/<first>-<last>.entries
std::filesystem::path segment_file(const std::filesystem::path& data, const Segment& segment);

// Makes the text of a segment. Plain, so that it can be read without any program of today: a line
// of marks ("amer-journal-segment 1 FIRST LAST SHA-256-OF-THE-ONE-BEFORE"), then a line an entry:
// sequence, decision, microseconds since 1970 UTC, version, type, body.
class SegmentText {
public:
    SegmentText(std::uint64_t first, std::uint64_t last, const std::string& sha256_before);

    // In order, without gaps. A text that would break the line is an error.
    Result<void> add(const RawEntry& raw);
    // Once all are added: what the manifest keeps of it.
    Segment segment() const;
    const std::string& text() const { return text_; }

private:
    Segment segment_;
    std::uint64_t next_;
    std::string text_;
};

// Reads a segment from the disk and hands out its entries from `first` on. A file that is missing,
// or is not byte for byte the one that was written, is an error that names it and its entries.
Result<void> read_segment(const std::filesystem::path& data, const Segment& segment,
                          const std::string& sha256_before, std::uint64_t first,
                          const std::function<Result<void>(const RawEntry&)>& take);

}  // namespace amer::store

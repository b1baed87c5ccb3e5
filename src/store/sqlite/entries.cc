#include "store/sqlite/entries.h"

#include <algorithm>

#include <fmt/format.h>

#include "store/sqlite/rows.h"
#include "store/sqlite/values.h"

namespace amer::store {

namespace {

// A folder that no program of today has opened for writing yet has an older schema.
constexpr long long kVersionsSince = 3;
constexpr long long kArchiveSince = 5;

std::string select_rows(long long schema, std::uint64_t first, std::uint64_t last) {
    const char* const archived = schema >= kArchiveSince
                                     ? " and sequence > (select coalesce(max(last_sequence), 0) "
                                       "from archive_segment)"
                                     : "";
    return fmt::format(
        "select sequence, decision, at_us, {}, type, body from journal "
        "where sequence between {} and {}{} order by sequence",
        schema >= kVersionsSince ? "version" : "1", column(first), column(last), archived);
}

RawEntry raw_entry(Rows& rows) {
    return RawEntry{.sequence = static_cast<std::uint64_t>(rows.integer(0)),
                    .decision = static_cast<std::uint64_t>(rows.integer(1)),
                    .at_us = rows.integer(2),
                    .version = static_cast<int>(rows.integer(3)),
                    .type = rows.text(4),
                    .body = rows.text(5)};
}

Result<void> missing(std::uint64_t sequence) {
    return failure(fmt::format("journal entry {} is missing", sequence));
}

// What of it lies in the archive; `expected` becomes the first entry after that.
Result<void> each_archived(soci::session& session, const std::filesystem::path& data,
                           std::uint64_t& expected, std::uint64_t last, const TakeEntry& take) {
    const auto within = [&](const RawEntry& raw) {
        return raw.sequence <= last ? take(raw) : Result<void>{};
    };
    std::string sha256_before;
    for (const Segment& segment : archived_segments(session)) {
        if (segment.last >= expected && segment.first <= last) {
            if (segment.first > expected) return missing(expected);
            auto read = read_segment(data, segment, sha256_before, expected, within);
            if (!read) return read;
            expected = segment.last + 1;
        }
        sha256_before = segment.sha256;
    }
    return {};
}

}  // namespace

long long schema_of(soci::session& session) {
    long long tables = 0;
    session << "select count(*) from sqlite_master where name = 'schema_version'",
        soci::into(tables);
    if (tables == 0) return 0;
    long long schema = 0;
    session << "select coalesce(max(version), 0) from schema_version", soci::into(schema);
    return schema;
}

std::vector<Segment> archived_segments(soci::session& session) {
    std::vector<Segment> segments;
    if (schema_of(session) < kArchiveSince) return segments;
    Rows rows{session,
              "select first_sequence, last_sequence, from_us, until_us, bytes, sha256 "
              "from archive_segment order by first_sequence"};
    while (rows.next()) {
        segments.push_back(Segment{.first = static_cast<std::uint64_t>(rows.integer(0)),
                                   .last = static_cast<std::uint64_t>(rows.integer(1)),
                                   .from = Instant{Duration{rows.integer(2)}},
                                   .until = Instant{Duration{rows.integer(3)}},
                                   .bytes = static_cast<std::uint64_t>(rows.integer(4)),
                                   .sha256 = std::string{rows.text(5)}});
    }
    return segments;
}

void record_segment(soci::session& session, const Segment& segment) {
    const long long first = column(segment.first);
    const long long last = column(segment.last);
    const long long from_us = column(segment.from);
    const long long until_us = column(segment.until);
    const long long bytes = column(segment.bytes);
    session << "insert into archive_segment "
               "(first_sequence, last_sequence, from_us, until_us, bytes, sha256) "
               "values (:first, :last, :from_us, :until_us, :bytes, :sha256)",
        soci::use(first), soci::use(last), soci::use(from_us), soci::use(until_us),
        soci::use(bytes), soci::use(segment.sha256);
}

Result<void> each_row(soci::session& session, std::uint64_t first, std::uint64_t last,
                      const TakeEntry& take) {
    Rows rows{session, fmt::format("select sequence, decision, at_us, version, type, body "
                                   "from journal where sequence between {} and {} "
                                   "order by sequence",
                                   column(first), column(last))};
    while (rows.next()) {
        if (auto taken = take(raw_entry(rows)); !taken) return taken;
    }
    return {};
}

// The rows are begun before the archive is read: from then on this connection sees no entry leave.
Result<void> each_entry(soci::session& session, const std::filesystem::path& data,
                        std::uint64_t first, std::uint64_t last, const TakeEntry& take) {
    Rows rows{session, select_rows(schema_of(session), first, last)};
    bool has_row = rows.next();
    std::uint64_t expected = std::max<std::uint64_t>(first, 1);
    if (auto read = each_archived(session, data, expected, last, take); !read) return read;
    for (; has_row; has_row = rows.next()) {
        const RawEntry raw = raw_entry(rows);
        if (raw.sequence != expected) return missing(expected);
        if (auto taken = take(raw); !taken) return taken;
        ++expected;
    }
    return {};
}

Result<void> each_decoded(soci::session& session, const std::filesystem::path& data,
                          std::uint64_t first, std::uint64_t last,
                          const std::function<void(const engine::Entry&)>& take) {
    return each_entry(session, data, first, last, [&](const RawEntry& raw) -> Result<void> {
        auto entry = decode(raw);
        if (!entry) return tl::unexpected<Error>{std::move(entry.error())};
        take(*entry);
        return {};
    });
}

Result<std::string> digest_at(soci::session& session, const std::filesystem::path& data,
                              std::uint64_t sequence) {
    std::string digest;
    auto read = each_entry(session, data, sequence, sequence, [&](const RawEntry& raw) {
        digest = digest_of(raw);
        return Result<void>{};
    });
    if (!read) return tl::unexpected<Error>{std::move(read.error())};
    if (digest.empty()) return failure(fmt::format("journal entry {} is missing", sequence));
    return digest;
}

}  // namespace amer::store

#include "store/snapshot/snapshot.h"

#include <algorithm>
#include <charconv>
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "base/canonical_json.h"
#include "base/sha256.h"
#include "core/centre/centre.h"
#include "store/files/files.h"
#include "store/journal/canonical_reader.h"
#include "store/journal/json_reader.h"
#include "store/sqlite/folder_lock.h"
#include "store/sqlite/journal.h"

namespace amer::store {

namespace {

namespace fs = std::filesystem;

constexpr int kFormat = 1;
constexpr std::size_t kKept = 2;
constexpr std::size_t kDigestLength = 64;

fs::path shelf(const fs::path& folder) { return folder / "snapshots"; }

fs::path file_of(const fs::path& folder, std::uint64_t sequence) {
    return shelf(folder) / fmt::format("{:020}.state", sequence);
}

bool read_state(std::string_view text, centre::State& state) {
    if (read_canonical(text, state)) return true;
    auto read = read_json<centre::State>(text);
    if (read) state = std::move(*read);
    return read.has_value();
}

// The snapshot in `text`, or why it is none that this program may use.
Result<engine::Snapshot> parse(const std::string& text, std::uint64_t named,
                               const std::string& entry_digest) {
    const std::size_t line_end = text.find('\n');
    if (line_end == text.npos || text.size() < line_end + 1 + kDigestLength) {
        return failure("it is cut short");
    }
    const std::string_view marked{text.data(), text.size() - kDigestLength};
    if (sha256(marked) != text.substr(marked.size())) return failure("it is damaged");

    std::istringstream marks{text.substr(0, line_end)};
    std::string magic;
    std::string digest;
    int format = 0;
    int rules = 0;
    std::int64_t at_us = 0;
    engine::Snapshot snapshot;
    marks >> magic >> format >> rules >> snapshot.sequence >> at_us >> digest;
    if (!marks || magic != "amer-snapshot" || format != kFormat || rules != kStateRules) {
        return failure("another version of the program wrote it");
    }
    if (snapshot.sequence != named) return failure("it is of another entry than its name says");
    if (entry_digest.empty()) return failure("the entry it was taken at cannot be read");
    if (digest != entry_digest) return failure("it was taken of another journal");
    snapshot.at = Instant{Duration{at_us}};
    const std::string_view body = marked.substr(line_end + 1);
    // Written again it must be the same text: else the state has other fields than then, and what
    // they would hold only the journal knows.
    if (!read_state(body, snapshot.state) || to_json(snapshot.state) != body) {
        return failure("the state was written differently then");
    }
    centre::rebuild_indexes(snapshot.state);
    return snapshot;
}

}  // namespace

std::vector<std::uint64_t> snapshots_in(const fs::path& folder) {
    std::vector<std::uint64_t> found;
    std::error_code none;
    for (const fs::directory_entry& file : fs::directory_iterator{shelf(folder), none}) {
        const std::string name = file.path().stem().string();
        std::uint64_t sequence = 0;
        const auto parsed = std::from_chars(name.data(), name.data() + name.size(), sequence);
        const bool is_number = parsed.ec == std::errc{} && parsed.ptr == name.data() + name.size();
        if (is_number && file.path().extension() == ".state") found.push_back(sequence);
    }
    std::sort(found.rbegin(), found.rend());
    return found;
}

Result<engine::Snapshot> read_snapshot(const fs::path& folder, std::uint64_t sequence,
                                       const std::string& entry_digest) {
    const fs::path file = file_of(folder, sequence);
    const auto text = read_file(file);
    auto parsed = text ? parse(*text, sequence, entry_digest) : failure(text.error().what);
    if (parsed) return parsed;
    return failure(
        fmt::format("the snapshot {} is not used: {}", file.string(), parsed.error().what));
}

Result<void> write_snapshot(const fs::path& folder, const engine::Snapshot& snapshot,
                            const std::string& entry_digest,
                            const std::function<void(const char*)>& before_step) {
    const auto step = [&](const char* name) {
        if (before_step) before_step(name);
    };
    std::string text =
        fmt::format("amer-snapshot {} {} {} {} {}\n", kFormat, kStateRules, snapshot.sequence,
                    snapshot.at.time_since_epoch().count(), entry_digest);
    append_json(text, snapshot.state);
    text += sha256(text);

    step("make folder");
    if (auto done = make_folder(shelf(folder)); !done) return done;
    const fs::path file = file_of(folder, snapshot.sequence);
    const fs::path beside = shelf(folder) / "new";
    step("write");
    if (auto done = write_file(beside, text); !done) return done;
    step("sync");
    if (auto done = sync_file(beside); !done) return done;
    step("rename");
    if (auto done = rename_file(beside, file); !done) return done;
    step("sync folder");
    if (auto done = sync_folder(shelf(folder)); !done) return done;
    std::error_code problem;
    const auto all = snapshots_in(folder);
    for (std::size_t index = kKept; index < all.size(); ++index) {
        step("remove old");
        fs::remove(file_of(folder, all[index]), problem);
    }
    step("done");
    return {};
}

FoundSnapshot find_snapshot(const fs::path& folder, std::uint64_t until,
                            const std::function<std::string(std::uint64_t)>& entry_digest) {
    FoundSnapshot found;
    for (const std::uint64_t sequence : snapshots_in(folder)) {
        if (sequence > until) continue;
        auto read = read_snapshot(folder, sequence, entry_digest(sequence));
        if (read) {
            found.snapshot = std::move(*read);
            return found;
        }
        found.troubles.push_back(read.error().what);
    }
    return found;
}

Result<std::uint64_t> make_snapshot(const fs::path& folder, std::uint64_t every) {
    const auto opened = SqliteJournal::open_read_only(folder);
    if (!opened) return tl::unexpected<Error>{opened.error()};
    SqliteJournal& journal = **opened;
    const auto last = journal.last_sequence();
    if (!last) return last;
    const auto all = snapshots_in(folder);
    const bool is_needed = all.empty() || *last < all.front() || *last - all.front() >= every;
    if (*last == 0 || !is_needed) return 0;

    // Not two at once: `amer journal archive` makes one too.
    if (auto made = make_folder(shelf(folder)); !made) return tl::unexpected<Error>{made.error()};
    const auto lock = FolderLock::take(shelf(folder));
    if (!lock) return tl::unexpected<Error>{lock.error()};
    engine::Snapshot reached = journal.newest_snapshot(*last).value_or(engine::Snapshot{});
    const auto read = journal.read(
        reached.sequence + 1, [&](const engine::Entry& entry) { engine::advance(reached, entry); });
    if (!read) return tl::unexpected<Error>{read.error()};
    const auto digest = journal.entry_digest(reached.sequence);
    if (!digest) return tl::unexpected<Error>{digest.error()};
    const auto written = write_snapshot(folder, reached, *digest);
    if (!written) return tl::unexpected<Error>{written.error()};
    return reached.sequence;
}

}  // namespace amer::store

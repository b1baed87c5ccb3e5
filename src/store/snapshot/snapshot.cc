#include "store/snapshot/snapshot.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/canonical_json.h"
#include "core/centre/centre.h"
#include "engine/state_hash.h"
#include "store/journal/canonical_reader.h"
#include "store/journal/json_reader.h"
#include "store/sqlite/journal.h"

namespace amer::store {

namespace {

namespace fs = std::filesystem;

constexpr int kFormat = 1;
constexpr std::size_t kKept = 2;
constexpr std::size_t kDigestLength = 64;

fs::path shelf(const fs::path& folder) { return folder / "snapshots"; }

// Newest first.
std::vector<std::pair<std::uint64_t, fs::path>> snapshots_in(const fs::path& folder) {
    std::vector<std::pair<std::uint64_t, fs::path>> found;
    std::error_code none;
    for (const fs::directory_entry& file : fs::directory_iterator{shelf(folder), none}) {
        const std::string name = file.path().stem().string();
        std::uint64_t sequence = 0;
        const auto parsed = std::from_chars(name.data(), name.data() + name.size(), sequence);
        const bool is_number = parsed.ec == std::errc{} && parsed.ptr == name.data() + name.size();
        if (is_number && file.path().extension() == ".state") found.push_back({sequence, file});
    }
    std::sort(found.rbegin(), found.rend());
    return found;
}

Result<void> system_failure(const char* what, const fs::path& file) {
    return failure(fmt::format("cannot {} {}: {}", what, file.string(), std::strerror(errno)));
}

Result<void> sync(const fs::path& file, int flags) {
    const int descriptor = ::open(file.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0) return system_failure("open", file);
    const int result = ::fsync(descriptor);
    const int reason = errno;
    ::close(descriptor);
    errno = reason;
    return result == 0 ? Result<void>{} : system_failure("sync", file);
}

Result<void> write_all(const fs::path& file, const std::string& text) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) return system_failure("open", file);
    std::size_t written = 0;
    while (written < text.size()) {
        const ssize_t count = ::write(descriptor, text.data() + written, text.size() - written);
        if (count < 0) break;
        written += static_cast<std::size_t>(count);
    }
    const int reason = errno;
    ::close(descriptor);
    errno = reason;
    return written == text.size() ? Result<void>{} : system_failure("write", file);
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
    if (engine::sha256(marked) != text.substr(marked.size())) return failure("it is damaged");

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
    text += engine::sha256(text);

    step("make folder");
    std::error_code problem;
    fs::create_directories(shelf(folder), problem);
    fs::permissions(shelf(folder), fs::perms::owner_all, problem);
    if (problem) return failure("cannot make " + shelf(folder).string() + ": " + problem.message());
    const fs::path file = shelf(folder) / fmt::format("{:020}.state", snapshot.sequence);
    const fs::path beside = shelf(folder) / "new";
    step("write");
    if (auto done = write_all(beside, text); !done) return done;
    step("sync");
    if (auto done = sync(beside, O_RDONLY); !done) return done;
    step("rename");
    if (::rename(beside.c_str(), file.c_str()) != 0) return system_failure("rename", beside);
    step("sync folder");
    if (auto done = sync(shelf(folder), O_RDONLY | O_DIRECTORY); !done) return done;
    const auto all = snapshots_in(folder);
    for (std::size_t index = kKept; index < all.size(); ++index) {
        step("remove old");
        fs::remove(all[index].second, problem);
    }
    step("done");
    return {};
}

FoundSnapshot find_snapshot(const fs::path& folder, std::uint64_t until,
                            const std::function<std::string(std::uint64_t)>& entry_digest) {
    FoundSnapshot found;
    for (const auto& [sequence, file] : snapshots_in(folder)) {
        if (sequence > until) continue;
        std::ifstream stream{file, std::ios::binary};
        const std::string text{std::istreambuf_iterator<char>{stream}, {}};
        auto parsed = parse(text, sequence, entry_digest(sequence));
        if (parsed) {
            found.snapshot = std::move(*parsed);
            return found;
        }
        found.troubles.push_back(
            fmt::format("the snapshot {} is not used: {}", file.string(), parsed.error().what));
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
    const bool is_needed =
        all.empty() || *last < all.front().first || *last - all.front().first >= every;
    if (*last == 0 || !is_needed) return 0;

    engine::Snapshot reached = journal.newest_snapshot(*last).value_or(engine::Snapshot{});
    const auto read = journal.read(reached.sequence + 1, [&](const engine::Entry& entry) {
        centre::apply(reached.state, entry.event, entry.at);
        reached.sequence = entry.sequence;
        reached.at = entry.at;
    });
    if (!read) return tl::unexpected<Error>{read.error()};
    const auto digest = journal.entry_digest(reached.sequence);
    if (!digest) return tl::unexpected<Error>{digest.error()};
    const auto written = write_snapshot(folder, reached, *digest);
    if (!written) return tl::unexpected<Error>{written.error()};
    return reached.sequence;
}

}  // namespace amer::store

#include "store/check/check.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "core/centre/centre.h"
#include "engine/state_hash.h"
#include "store/check/sealed_days.h"
#include "store/migrations/migrations.h"
#include "store/snapshot/snapshot.h"
#include "store/sqlite/entries.h"
#include "store/sqlite/projections.h"

namespace amer::store {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kTellEvery = 100'000;

std::uint64_t size_of(const fs::path& file) {
    std::error_code unknown;
    const auto size = fs::file_size(file, unknown);
    return unknown ? 0 : size;
}

class Checking {
public:
    Checking(fs::path data, std::function<void(std::uint64_t)> progress)
        : data_{std::move(data)},
          progress_{std::move(progress)},
          session_{soci::sqlite3,
                   "db=\"" + (data_ / "amer.db").string() + "\" timeout=10 readonly=true"} {}

    CheckedJournal check();

private:
    long long number(const std::string& select);
    void fault(std::string what) { found_.faults.push_back(std::move(what)); }
    void measure();
    void check_pages();
    void look_for_strays();
    void read_snapshots();
    void make_empty_tables();
    void take(const engine::Entry& entry);
    void compare_state(const engine::Entry& entry);
    void compare_tables();
    void compare_table(const std::string& table);

    const fs::path data_;
    const std::function<void(std::uint64_t)> progress_;
    soci::session session_;
    std::unique_ptr<Projections> tables_;  // none: those that are there are of other rules
    std::map<std::uint64_t, std::string> state_hashes_;  // of the snapshots, by their entries
    centre::State state_;
    SealedDays days_;
    Instant last_at_;
    CheckedJournal found_;
};

long long Checking::number(const std::string& select) {
    long long found = 0;
    session_ << select, soci::into(found);
    return found;
}

void Checking::measure() {
    JournalSizes& sizes = found_.sizes;
    for (const Segment& segment : archived_segments(session_)) {
        sizes.segments += 1;
        sizes.entries_archived += segment.last - segment.first + 1;
        sizes.archive_bytes += segment.bytes;
    }
    const auto unsigned_number = [&](const char* select) {
        return static_cast<std::uint64_t>(number(select));
    };
    sizes.entries_in_database = unsigned_number("select count(*) from journal");
    sizes.database_bytes = size_of(data_ / "amer.db");
    sizes.log_bytes = size_of(data_ / "amer.db-wal");
    sizes.free_bytes =
        unsigned_number("pragma freelist_count") * unsigned_number("pragma page_size");
    std::error_code none;
    for (const fs::directory_entry& file : fs::directory_iterator{data_ / "snapshots", none}) {
        if (file.path().extension() == ".state") sizes.snapshot_bytes += size_of(file.path());
    }
    sizes.snapshots = snapshots_in(data_).size();
}

void Checking::check_pages() {
    const soci::rowset<std::string> verdicts = session_.prepare << "pragma integrity_check(20)";
    for (const std::string& verdict : verdicts) {
        if (verdict != "ok") fault("the database is damaged: " + verdict);
    }
}

// A file that nobody recorded holds nothing that the journal does not.
void Checking::look_for_strays() {
    std::set<std::string> known;
    for (const Segment& segment : archived_segments(session_)) {
        known.insert(segment_file(data_, segment).filename().string());
    }
    std::error_code none;
    for (const fs::directory_entry& file : fs::directory_iterator{archive_folder(data_), none}) {
        const std::string name = file.path().filename().string();
        if (file.path().extension() != ".entries" || known.contains(name)) continue;
        found_.remarks.push_back(fmt::format(
            "{} is no part of this journal: an archiving was cut off before it was recorded",
            file.path().string()));
    }
}

void Checking::read_snapshots() {
    for (const std::uint64_t sequence : snapshots_in(data_)) {
        const auto digest = digest_at(session_, data_, sequence);
        const auto snapshot = read_snapshot(data_, sequence, digest.value_or(""));
        if (snapshot) {
            state_hashes_[sequence] = engine::state_hash(snapshot->state);
        } else {
            found_.remarks.push_back(snapshot.error().what);
        }
    }
}

// Under the names that the folding knows: temporary tables come before those of the file.
void Checking::make_empty_tables() {
    if (number("select rules from projection") != kProjectionRules) {
        found_.remarks.push_back(
            "the lists were filled by another version of the program: they are refilled at the "
            "next start and were not compared");
        return;
    }
    for (const std::string& table : projection_tables()) {
        std::string made;
        session_ << "select sql from main.sqlite_master where type = 'table' and name = :name",
            soci::into(made), soci::use(table);
        constexpr std::string_view kBegin = "create table ";
        const std::string_view rest = std::string_view{made}.substr(kBegin.size());
        session_ << "create temporary table " + std::string{rest};
    }
    tables_ = std::make_unique<Projections>(session_);
}

void Checking::take(const engine::Entry& entry) {
    if (found_.sequence == 0) found_.from = entry.at;
    if (entry.at < last_at_) {
        fault(fmt::format("journal entry {} is earlier than the one before it", entry.sequence));
    }
    if (entry.decision > entry.sequence) {
        fault(fmt::format("journal entry {} is of a decision that follows it", entry.sequence));
    }
    last_at_ = entry.at;
    found_.until = entry.at;
    found_.sequence = entry.sequence;
    centre::apply(state_, entry.event, entry.at);
    days_.take(entry);
    if (tables_) tables_->fold(entry);
    compare_state(entry);
    if (progress_ && entry.sequence % kTellEvery == 0) progress_(entry.sequence);
}

void Checking::compare_state(const engine::Entry& entry) {
    const auto snapshot = state_hashes_.find(entry.sequence);
    if (snapshot == state_hashes_.end()) return;
    if (engine::state_hash(state_) == snapshot->second) {
        found_.agreeing_snapshots.push_back(entry.sequence);
    } else {
        fault(fmt::format("the snapshot of entry {} is not the state that its entries lead to",
                          entry.sequence));
    }
}

void Checking::compare_tables() {
    if (!tables_) return;
    for (const std::string& table : projection_tables()) compare_table(table);
}

void Checking::compare_table(const std::string& table) {
    const std::string there = "select * from main." + table;
    const std::string rebuilt = "select * from temp." + table;
    const auto without = [&](const std::string& these, const std::string& those) {
        return number("select count(*) from (" + these + " except " + those + ")");
    };
    const long long lacking = without(rebuilt, there);
    const long long too_many = without(there, rebuilt);
    if (lacking == 0 && too_many == 0) return;
    // The first column is what the row is about.
    std::string name;
    session_ << "select name from pragma_table_info('" + table + "') where cid = 0",
        soci::into(name);
    std::string key;
    session_ << fmt::format(
        "select cast(min({}) as text) from (select * from ({} except {}) "
        "union all select * from ({} except {}))",
        name, rebuilt, there, there, rebuilt),
        soci::into(key);
    fault(
        fmt::format("the list {} is not what the journal says: {} rows are wrong or too many, {} "
                    "are lacking, the first is {} {}",
                    table, too_many, lacking, name, key));
}

CheckedJournal Checking::check() {
    check_pages();
    if (!found_.is_good()) return std::move(found_);
    if (schema_of(session_) != migrations().back().number()) {
        fault(
            "another version of the program wrote this folder last: start the centre with this "
            "one first");
        return std::move(found_);
    }
    const soci::transaction one_state{session_};
    measure();
    look_for_strays();
    read_snapshots();
    make_empty_tables();
    const auto read = each_decoded(session_, data_, 1, kLastEntry,
                                   [&](const engine::Entry& entry) { take(entry); });
    if (!read) {
        fault(read.error().what);
        return std::move(found_);
    }
    for (const auto& [sequence, hash] : state_hashes_) {
        if (sequence > found_.sequence) {
            fault(fmt::format("there is a snapshot of entry {} and no such entry", sequence));
        }
    }
    for (const CheckedSeal& seal : days_.seals()) {
        if (!seal.is_good) fault(fault_of(seal));
    }
    compare_tables();
    found_.state_hash = engine::state_hash(state_);
    found_.calendar = state_.configuration.calendar;
    return std::move(found_);
}

}  // namespace

Result<CheckedJournal> check_journal(const fs::path& data,
                                     const std::function<void(std::uint64_t)>& progress) {
    std::error_code unknown;
    if (!fs::exists(data / "amer.db", unknown)) {
        return failure("there is no journal in " + data.string());
    }
    try {
        return Checking{data, progress}.check();
    } catch (const std::exception& why) {
        return failure(
            fmt::format("cannot check the journal of {}: {}", data.string(), why.what()));
    }
}

}  // namespace amer::store

#include "store/check/ledger_check.h"

#include <system_error>

#include <fmt/format.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "store/check/ledger_lists.h"
#include "store/migrations/migrations.h"
#include "store/sqlite/entries.h"
#include "store/sqlite/projections.h"

namespace amer::store {

namespace {

class Checking {
public:
    Checking(std::filesystem::path data, std::optional<std::uint64_t> lines_asked)
        : data_{std::move(data)},
          lines_asked_{lines_asked},
          session_{soci::sqlite3,
                   "db=\"" + (data_ / "amer.db").string() + "\" timeout=10 readonly=true"} {}

    CheckedLedger check() {
        const soci::transaction one_state{session_};
        const auto read = each_decoded(session_, data_, 1, kLastEntry,
                                       [&](const engine::Entry& entry) { take(entry); });
        if (!read) found_.faults.push_back(read.error().what);
        tell_seals();
        if (read) compare_lists();
        return std::move(found_);
    }

private:
    void take(const engine::Entry& entry) {
        found_.sequence = entry.sequence;
        if (const auto* published = std::get_if<centre::ConfigurationPublished>(&entry.event)) {
            found_.calendar = published->configuration.calendar;
        }
        if (!days_.take(entry)) return;
        lists_.take(entry.event, entry.at);
        if (const auto* left = std::get_if<centre::MessageLeft>(&entry.event)) {
            found_.messages.push_back({left->promise, left->recording, entry.at, left->sha256});
        }
        if (days_.chain().lines() == lines_asked_) found_.head_asked = days_.chain().head();
    }

    void tell_seals() {
        found_.seals = days_.seals();
        found_.lines = days_.chain().lines();
        found_.head = days_.chain().head();
        found_.unsealed = days_.unsealed();
        for (const CheckedSeal& seal : found_.seals) {
            if (!seal.is_good) found_.faults.push_back(fault_of(seal));
        }
    }

    void compare_lists() {
        if (schema_of(session_) != migrations().back().number() || !is_filled_by_us()) {
            found_.remarks.push_back(
                "the lists were filled by another version of the program: they are refilled at "
                "the next start and were not compared");
            return;
        }
        for (std::string& difference : lists_.differences(session_)) {
            found_.faults.push_back(std::move(difference));
        }
    }

    bool is_filled_by_us() {
        long long rules = 0;
        session_ << "select rules from projection", soci::into(rules);
        return rules == kProjectionRules;
    }

    const std::filesystem::path data_;
    const std::optional<std::uint64_t> lines_asked_;
    soci::session session_;
    SealedDays days_;
    LedgerLists lists_;
    CheckedLedger found_;
};

}  // namespace

Result<CheckedLedger> check_ledger(const std::filesystem::path& data,
                                   std::optional<std::uint64_t> lines_asked) {
    std::error_code unknown;
    if (!std::filesystem::exists(data / "amer.db", unknown)) {
        return failure("there is no journal in " + data.string());
    }
    try {
        return Checking{data, lines_asked}.check();
    } catch (const std::exception& why) {
        return failure(fmt::format("cannot check the ledger of {}: {}", data.string(), why.what()));
    }
}

}  // namespace amer::store

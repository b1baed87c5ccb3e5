#pragma once

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "disk.h"
#include "engine/journal.h"

namespace amer::year {

using sim::Mishap;
using sim::ProcessDied;

// A journal that outlives the process: the newest snapshot and what follows it. Who reads along
// keeps what he needs of the rest: a year of entries is more than a test may keep in memory.
class JournalOfYear final : public engine::Journal {
public:
    // What happens to the next write but so many.
    void plan(std::uint64_t later, Mishap mishap) { mishaps_[writes_ + 1 + later] = mishap; }
    std::uint64_t writes() const { return writes_; }
    std::uint64_t failures() const { return failures_; }
    std::uint64_t last() const { return first_ + entries_.size() - 1; }
    const engine::Entry& entry(std::uint64_t sequence) const {
        return entries_.at(sequence - first_);
    }
    std::uint64_t first() const { return first_; }

    // The state that all entries lead to; entries before it are no longer read.
    void keep_snapshot(const centre::State& state) {
        snapshot_ = engine::Snapshot{last(), entries_.back().at, state};
        first_ = last() + 1;
        entries_.clear();
    }

    Result<void> append(const std::vector<engine::Entry>& batch) override {
        if (batch.empty()) return {};
        const auto planned = mishaps_.find(++writes_);
        if (planned == mishaps_.end()) {
            keep(batch);
            return {};
        }
        const Mishap mishap = planned->second;
        mishaps_.erase(planned);
        if (mishap == Mishap::dies_after) keep(batch);
        if (mishap != Mishap::fails) throw ProcessDied{};
        ++failures_;
        return failure("the disk is full");
    }

    Result<void> read(std::uint64_t first,
                      const std::function<void(const engine::Entry&)>& take) override {
        if (first < first_) return failure("what is before the snapshot was not kept");
        for (std::uint64_t at = first; at <= last(); ++at) take(entry(at));
        return {};
    }

    std::optional<engine::Snapshot> newest_snapshot(std::uint64_t until) override {
        if (!snapshot_ || snapshot_->sequence > until) return std::nullopt;
        return snapshot_;
    }

private:
    void keep(const std::vector<engine::Entry>& batch) {
        entries_.insert(entries_.end(), batch.begin(), batch.end());
    }

    std::vector<engine::Entry> entries_;
    std::uint64_t first_ = 1;  // of entries_
    std::optional<engine::Snapshot> snapshot_;
    std::map<std::uint64_t, Mishap> mishaps_;
    std::uint64_t writes_ = 0;
    std::uint64_t failures_ = 0;
};

}  // namespace amer::year

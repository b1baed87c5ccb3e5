#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "engine/journal.h"

namespace amer::sim {

// The process is no more: thrown through the engine, which is thrown away with all it held.
struct ProcessDied {};

enum class Mishap : std::uint8_t {
    fails,        // the write fails and nothing of it is there
    dies_before,  // the process dies, the batch is lost
    dies_after,   // the batch is on disk, nobody heard of it
};

// A journal that outlives the process. Writes are numbered from 1; mishaps are planned by number.
class Disk final : public engine::Journal {
public:
    void plan(std::uint64_t write, Mishap mishap) { mishaps_[write] = mishap; }
    std::uint64_t writes() const { return writes_; }
    std::uint64_t mishaps_met() const { return mishaps_met_; }
    const std::vector<engine::Entry>& entries() const { return entries_; }

    // Mishaps are numbered by what is written; a mere try is no such thing.
    Result<void> append(const std::vector<engine::Entry>& batch) override {
        if (batch.empty()) return {};
        const auto planned = mishaps_.find(++writes_);
        if (planned == mishaps_.end()) {
            keep(batch);
            return {};
        }
        ++mishaps_met_;
        const Mishap mishap = planned->second;
        if (mishap == Mishap::dies_before) throw ProcessDied{};
        if (mishap != Mishap::fails) keep(batch);
        if (mishap == Mishap::dies_after) throw ProcessDied{};
        return failure("the disk is full");
    }

    Result<void> read(std::uint64_t first,
                      const std::function<void(const engine::Entry&)>& take) override {
        for (std::size_t at = first - 1; at < entries_.size(); ++at) take(entries_[at]);
        return {};
    }

private:
    void keep(const std::vector<engine::Entry>& batch) {
        entries_.insert(entries_.end(), batch.begin(), batch.end());
    }

    std::vector<engine::Entry> entries_;
    std::map<std::uint64_t, Mishap> mishaps_;
    std::uint64_t writes_ = 0;
    std::uint64_t mishaps_met_ = 0;
};

}  // namespace amer::sim

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/check.h"
#include "base/guarded.h"
#include "engine/journal.h"

namespace amer::engine {

// A journal in memory that refuses writes or reads on demand: for tests and simulations. Any
// thread may set and look; it checks what every journal may rely on.
class MemoryJournal final : public Journal {
public:
    Result<void> append(const std::vector<Entry>& entries) override {
        return inside_.with([&](Inside& inside) -> Result<void> {
            ++inside.appends;
            if (inside.appends >= inside.fail_from && inside.appends < inside.fail_until) {
                return failure("the disk is full");
            }
            for (const Entry& entry : entries) {
                AMER_CHECK(entry.sequence == inside.entries.size() + 1);
                AMER_CHECK(inside.entries.empty() || entry.at >= inside.entries.back().at);
                inside.entries.push_back(entry);
            }
            if (entries.empty()) return {};
            inside.batches.push_back(entries.size());
            return {};
        });
    }

    Result<void> read(std::uint64_t first, const std::function<void(const Entry&)>& take) override {
        const auto [entries, fails] = inside_.with([](Inside& inside) {
            const bool is_to_fail = inside.reads_to_fail > 0;
            if (is_to_fail) --inside.reads_to_fail;
            return std::pair{inside.entries, is_to_fail};
        });
        if (fails) return failure("the disk cannot be read");
        for (const Entry& entry : entries) {
            if (entry.sequence >= first) take(entry);
        }
        return {};
    }

    // The n-th append from now (1: the next) fails, and `count - 1` after it.
    void fail_append(std::size_t nth, std::size_t count = 1) {
        inside_.with([&](Inside& inside) {
            inside.fail_from = inside.appends + nth;
            inside.fail_until = inside.fail_from + count;
        });
    }
    void fail_reads(std::size_t count) {
        inside_.with([&](Inside& inside) { inside.reads_to_fail = count; });
    }

    std::vector<Entry> entries() const {
        return inside_.with([](const Inside& inside) { return inside.entries; });
    }
    // How many entries each successful append had.
    std::vector<std::size_t> batches() const {
        return inside_.with([](const Inside& inside) { return inside.batches; });
    }
    std::size_t appends() const {
        return inside_.with([](const Inside& inside) { return inside.appends; });
    }

private:
    struct Inside {
        std::vector<Entry> entries;
        std::vector<std::size_t> batches;
        std::size_t appends = 0;
        std::size_t fail_from = 0, fail_until = 0;
        std::size_t reads_to_fail = 0;
    };
    Guarded<Inside> inside_;
};

}  // namespace amer::engine

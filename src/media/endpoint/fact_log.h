#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "media/plane.h"

namespace amer::media {

// A sink that keeps what it is told, for rehearsals and tests: facts are waited for, not polled.
class FactLog {
public:
    std::function<void(const Fact&)> sink() {
        return [this](const Fact& fact) {
            const std::scoped_lock hold{mutex_};
            facts_.push_back(fact);
            has_news_.notify_all();
        };
    }

    // The first fact of a kind that `is_it` accepts, if it is told before `longest` passes.
    template <typename Kind, typename IsIt>
    std::optional<Kind> wait_if(IsIt is_it,
                                std::chrono::milliseconds longest = std::chrono::seconds{5}) const {
        std::unique_lock hold{mutex_};
        std::optional<Kind> found;
        has_news_.wait_for(hold, longest, [&] { return (found = first<Kind>(is_it)).has_value(); });
        return found;
    }

    // The n-th fact of a kind (0: the first).
    template <typename Kind>
    std::optional<Kind> wait(std::size_t which = 0,
                             std::chrono::milliseconds longest = std::chrono::seconds{5}) const {
        std::unique_lock hold{mutex_};
        std::optional<Kind> found;
        has_news_.wait_for(hold, longest, [&] {
            std::size_t seen = 0;
            found = first<Kind>([&](const Kind&) { return seen++ == which; });
            return found.has_value();
        });
        return found;
    }

    template <typename Kind>
    std::vector<Kind> all() const {
        const std::scoped_lock hold{mutex_};
        std::vector<Kind> result;
        for (const Fact& fact : facts_) {
            if (const auto* known = std::get_if<Kind>(&fact)) result.push_back(*known);
        }
        return result;
    }

private:
    template <typename Kind, typename IsIt>
    std::optional<Kind> first(IsIt&& is_it) const {
        for (const Fact& fact : facts_) {
            const auto* known = std::get_if<Kind>(&fact);
            if (known != nullptr && is_it(*known)) return *known;
        }
        return std::nullopt;
    }

    // Told by media threads, read by the test's.
    mutable std::mutex mutex_;
    mutable std::condition_variable has_news_;
    std::vector<Fact> facts_;
};

}  // namespace amer::media

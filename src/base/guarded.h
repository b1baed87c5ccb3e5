#pragma once

#include <mutex>
#include <utility>

namespace amer {

// A value that can only be reached while its lock is held, so forgetting the lock does not compile.
template <typename T>
class Guarded {
public:
    Guarded() = default;
    explicit Guarded(T value) : value_{std::move(value)} {}

    template <typename Use>
    decltype(auto) with(Use&& use) {
        const std::scoped_lock hold{mutex_};
        return std::forward<Use>(use)(value_);
    }

    template <typename Use>
    decltype(auto) with(Use&& use) const {
        const std::scoped_lock hold{mutex_};
        return std::forward<Use>(use)(value_);
    }

private:
    mutable std::mutex mutex_;
    T value_{};
};

}  // namespace amer

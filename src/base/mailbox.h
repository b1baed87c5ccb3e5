#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

#include "base/instant.h"

namespace amer {

// The only thing that two threads share: a bounded queue of values from many posters to one
// reader. When it is full, post() refuses and the poster applies its own policy (503, 429, drop
// and count). The optional wake function is called, outside the lock, by a post that found the
// mailbox empty; it must be cheap and callable from any thread.
template <typename T>
class Mailbox {
public:
    explicit Mailbox(std::size_t capacity, std::function<void()> wake = {})
        : capacity_{capacity}, wake_{std::move(wake)} {}

    [[nodiscard]] bool post(T value) {
        bool was_empty = false;
        {
            const std::scoped_lock hold{mutex_};
            if (values_.size() >= capacity_) return false;
            was_empty = values_.empty();
            values_.push_back(std::move(value));
        }
        if (was_empty) {
            filled_.notify_one();
            if (wake_) wake_();
        }
        return true;
    }

    // Everything that waits, at once; empty when nothing does.
    std::deque<T> take_all() {
        const std::scoped_lock hold{mutex_};
        return std::exchange(values_, {});
    }

    // Blocks until something waits, `until` passes (none: for ever) or close() is called.
    std::deque<T> wait(std::optional<std::chrono::steady_clock::time_point> until) {
        std::unique_lock hold{mutex_};
        const auto ready = [this] { return !values_.empty() || closed_; };
        if (until) {
            filled_.wait_until(hold, *until, ready);
        } else {
            filled_.wait(hold, ready);
        }
        return std::exchange(values_, {});
    }

    // Wakes the reader for the last time.
    void close() {
        {
            const std::scoped_lock hold{mutex_};
            closed_ = true;
        }
        filled_.notify_all();
    }

    bool is_closed() const {
        const std::scoped_lock hold{mutex_};
        return closed_;
    }

private:
    const std::size_t capacity_;
    const std::function<void()> wake_;
    mutable std::mutex mutex_;
    std::condition_variable filled_;
    std::deque<T> values_;
    bool closed_ = false;
};

}  // namespace amer

#include "store/sqlite/read_ahead.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "store/sqlite/entries.h"

namespace amer::store {

namespace {

using Batch = std::vector<engine::Entry>;

constexpr std::size_t kBatch = 64;
constexpr std::size_t kMostBatches = 8;

// Batches on their way from one thread to the other, and back when they are used: whoever filled
// one also clears it, so that no memory is freed by a thread that did not get it, which would lock.
class Belt {
public:
    // The filled one becomes an empty one. False: nobody takes them any more.
    bool put(Batch& batch) {
        {
            std::unique_lock lock{mutex_};
            room_.wait(lock, [&] { return filled_.size() < kMostBatches || is_stopped_; });
            if (is_stopped_) return false;
            filled_.push_back(std::exchange(batch, {}));
            if (!used_.empty()) {
                batch = std::move(used_.back());
                used_.pop_back();
            }
        }
        news_.notify_one();
        batch.clear();
        return true;
    }
    void end() {
        const std::lock_guard lock{mutex_};
        has_ended_ = true;
        news_.notify_one();
    }
    // The used one becomes the next one; empty: there are no more.
    void take(Batch& batch) {
        {
            std::unique_lock lock{mutex_};
            if (!batch.empty()) used_.push_back(std::exchange(batch, {}));
            news_.wait(lock, [&] { return !filled_.empty() || has_ended_; });
            if (filled_.empty()) return;
            batch = std::move(filled_.front());
            filled_.pop_front();
        }
        room_.notify_one();
    }
    void stop() {
        const std::lock_guard lock{mutex_};
        is_stopped_ = true;
        room_.notify_one();
    }

private:
    std::mutex mutex_;
    std::condition_variable room_;
    std::condition_variable news_;
    std::deque<Batch> filled_;
    std::vector<Batch> used_;
    bool has_ended_ = false;
    bool is_stopped_ = false;
};

// Also when `take` throws: the thread ends before what it works with.
class Reading {
public:
    template <typename Read>
    Reading(Belt& belt, Read read) : belt_{belt}, thread_{std::move(read)} {}
    ~Reading() { join(); }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

    void join() {
        belt_.stop();
        if (thread_.joinable()) thread_.join();
    }

private:
    Belt& belt_;
    std::thread thread_;
};

}  // namespace

Result<void> each_decoded_ahead(soci::session& session, const std::filesystem::path& data,
                                std::uint64_t first, std::uint64_t last,
                                const std::function<void(const engine::Entry&)>& take) {
    Belt belt;
    Result<void> read;
    std::exception_ptr thrown;
    Reading reading{belt, [&] {
                        Batch filling;
                        try {
                            read = each_entry(session, data, first, last, [&](const RawEntry& raw) {
                                auto entry = decode(raw);
                                if (!entry) {
                                    return Result<void>{tl::unexpect, std::move(entry.error())};
                                }
                                filling.push_back(std::move(*entry));
                                const bool goes_on = filling.size() < kBatch || belt.put(filling);
                                return goes_on ? Result<void>{} : failure("nobody reads on");
                            });
                        } catch (...) {
                            thrown = std::current_exception();
                        }
                        // Those before a damaged one are told as well.
                        if (!filling.empty()) belt.put(filling);
                        belt.end();
                    }};
    Batch batch;
    for (belt.take(batch); !batch.empty(); belt.take(batch)) {
        for (const engine::Entry& entry : batch) take(entry);
    }
    reading.join();
    if (thrown) std::rethrow_exception(thrown);
    return read;
}

}  // namespace amer::store

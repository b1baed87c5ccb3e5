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

// The thread that fills the belt. It ends before what it works with, also when `take` throws.
class Reader {
public:
    Reader(Belt& belt, const std::function<Result<void>(const TakeEntry&)>& read_all)
        : belt_{belt}, thread_{[this, read_all] { fill(read_all); }} {}
    ~Reader() { stop(); }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    // How the reading ended; throws what it threw.
    Result<void> end() {
        stop();
        if (thrown_) std::rethrow_exception(thrown_);
        return std::move(result_);
    }

private:
    void stop() {
        belt_.stop();
        if (thread_.joinable()) thread_.join();
    }
    void fill(const std::function<Result<void>(const TakeEntry&)>& read_all) {
        try {
            result_ = read_all([this](const RawEntry& raw) { return put(raw); });
        } catch (...) {
            thrown_ = std::current_exception();
        }
        // Those before a damaged one are told as well.
        if (!filling_.empty()) belt_.put(filling_);
        belt_.end();
    }
    Result<void> put(const RawEntry& raw) {
        auto entry = decode(raw);
        if (!entry) return tl::unexpected<Error>{std::move(entry.error())};
        filling_.push_back(std::move(*entry));
        const bool goes_on = filling_.size() < kBatch || belt_.put(filling_);
        return goes_on ? Result<void>{} : failure("nobody reads on");
    }

    Belt& belt_;
    Batch filling_;
    Result<void> result_;
    std::exception_ptr thrown_;
    std::thread thread_;  // last: it uses the others
};

}  // namespace

Result<void> each_decoded_ahead(soci::session& session, const std::filesystem::path& data,
                                std::uint64_t first, std::uint64_t last,
                                const std::function<void(const engine::Entry&)>& take) {
    Belt belt;
    Reader reader{belt, [&](const TakeEntry& entry) {
                      return each_entry(session, data, first, last, entry);
                  }};
    Batch batch;
    for (belt.take(batch); !batch.empty(); belt.take(batch)) {
        for (const engine::Entry& entry : batch) take(entry);
    }
    return reader.end();
}

}  // namespace amer::store

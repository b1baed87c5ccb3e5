#include "store/snapshot/keeper.h"

#include <utility>

#include <spdlog/spdlog.h>

#include "store/snapshot/snapshot.h"

namespace amer::store {

SnapshotKeeper::SnapshotKeeper(std::filesystem::path folder, std::uint64_t every,
                               std::chrono::milliseconds look_every)
    : folder_{std::move(folder)}, every_{every}, look_every_{look_every}, thread_{[this] {
          loop();
      }} {}

SnapshotKeeper::~SnapshotKeeper() {
    {
        const std::scoped_lock hold{mutex_};
        is_over_ = true;
    }
    ended_.notify_all();
    thread_.join();
}

void SnapshotKeeper::loop() {
    std::unique_lock hold{mutex_};
    while (!ended_.wait_for(hold, look_every_, [this] { return is_over_; })) {
        hold.unlock();
        const auto made = make_snapshot(folder_, every_);
        if (!made) spdlog::error("no snapshot could be made: {}", made.error().what);
        hold.lock();
    }
}

}  // namespace amer::store

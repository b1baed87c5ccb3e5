#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <thread>

namespace amer::store {

// Makes a snapshot now and then as long as it lives, on a thread of its own, from the journal as it
// lies on the disk: the engine never waits for it. What goes wrong is logged and tried again.
class SnapshotKeeper {
public:
    // At 500 000 entries a second, what is left to read at a start takes a fifth of one.
    static constexpr std::uint64_t kEvery = 100'000;

    explicit SnapshotKeeper(std::filesystem::path folder, std::uint64_t every = kEvery,
                            std::chrono::milliseconds look_every = std::chrono::seconds{10});
    ~SnapshotKeeper();
    SnapshotKeeper(const SnapshotKeeper&) = delete;
    SnapshotKeeper& operator=(const SnapshotKeeper&) = delete;

private:
    void loop();

    const std::filesystem::path folder_;
    const std::uint64_t every_;
    const std::chrono::milliseconds look_every_;
    // Only to end the waiting: guards is_over_.
    std::mutex mutex_;
    std::condition_variable ended_;
    bool is_over_ = false;
    std::thread thread_;
};

}  // namespace amer::store

#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>

namespace amer::media {

// 20 ms of a recording on its way to the disk.
struct RecordedFrame {
    std::uint32_t silence_before = 0;         // frames that found the ring full: written as silence
    std::array<std::int16_t, 320> samples{};  // interleaved when stereo; a mono frame uses half
};

// One media thread pushes, the writer thread pops; nobody waits. 2.5 s deep, so that a disk may
// stall that long before sound is lost.
class FrameRing {
public:
    static constexpr std::size_t kCapacity = 128;

    // The place of the next frame, or nullptr when the writer is that far behind.
    RecordedFrame* begin_push() noexcept {
        const std::size_t pushed = pushed_.load(std::memory_order_relaxed);
        if (pushed - popped_.load(std::memory_order_acquire) == kCapacity) return nullptr;
        return &frames_[pushed % kCapacity];
    }
    void end_push() noexcept {
        pushed_.store(pushed_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
    }

    const RecordedFrame* front() const noexcept {
        const std::size_t popped = popped_.load(std::memory_order_relaxed);
        if (popped == pushed_.load(std::memory_order_acquire)) return nullptr;
        return &frames_[popped % kCapacity];
    }
    void pop() noexcept {
        popped_.store(popped_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
    }

private:
    // On lines of their own: the two threads would otherwise fight over one.
    alignas(64) std::atomic<std::size_t> pushed_{0};
    alignas(64) std::atomic<std::size_t> popped_{0};
    alignas(64) std::array<RecordedFrame, kCapacity> frames_{};
};

}  // namespace amer::media

#include "media/record/writer.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "base/check.h"

namespace amer::media {
namespace {

constexpr std::size_t kMostWaiting = 1U << 20U;
// The disk is asked to take no more silence than this in one piece.
constexpr std::size_t kMostSilence = 8'000;  // frames: 160 s

}  // namespace

RecordingWriter::RecordingWriter(std::chrono::milliseconds flush_every,
                                 std::function<void(const Fact&)> sink)
    // Half the promise is slept, so that a slow round of writing still keeps it.
    : pause_{std::max(flush_every / 2, std::chrono::milliseconds{20})},
      sink_{std::move(sink)},
      begun_{kMostWaiting},
      thread_{[this] { run(); }} {}

RecordingWriter::~RecordingWriter() {
    begun_.close();
    thread_.join();
}

void RecordingWriter::begin(SpoolPtr spool) { AMER_CHECK(begun_.post(std::move(spool))); }

void RecordingWriter::wake() { AMER_CHECK(begun_.post(nullptr)); }

void RecordingWriter::run() {
    while (true) {
        const bool is_last = begun_.is_closed();
        // Monotonic time of a media thread's own (house.md 3.6).
        auto begun = begun_.wait(std::chrono::steady_clock::now() + pause_);
        for (SpoolPtr& spool : begun) {
            if (spool) open_.push_back({std::move(spool)});
        }
        // Closing takes an fsync and a read: one at a time, and the living are served between.
        while (flush_all()) {
        }
        if (is_last) return;
    }
}

// True when a recording was closed and others may have waited meanwhile.
bool RecordingWriter::flush_all() {
    std::size_t ended = open_.size();
    for (std::size_t i = 0; i < open_.size(); i++) {
        const bool is_over = open_[i].spool->is_over.load(std::memory_order_acquire);
        flush(open_[i], is_over);
        if (is_over && ended == open_.size()) ended = i;
    }
    if (ended == open_.size()) return false;
    close(open_[ended]);
    std::swap(open_[ended], open_.back());
    open_.pop_back();
    return true;
}

// `is_over` was read before the ring: whatever the media thread pushed then is in it.
void RecordingWriter::flush(Open& open, bool is_over) {
    RecordingSpool& spool = *open.spool;
    const std::size_t frame_bytes = spool.channels * std::size_t{320};
    batch_.clear();
    const auto add_silence = [&](std::uint32_t frames) {
        batch_.resize(batch_.size() + std::min<std::size_t>(frames, kMostSilence) * frame_bytes);
    };
    while (const RecordedFrame* frame = spool.ring.front()) {
        add_silence(frame->silence_before);
        const std::size_t at = batch_.size();
        batch_.resize(at + frame_bytes);
        static_assert(std::endian::native == std::endian::little, "WAV is little-endian");
        std::memcpy(batch_.data() + at, frame->samples.data(), frame_bytes);
        spool.ring.pop();
    }
    if (is_over) add_silence(std::exchange(spool.silence_at_end, 0));
    if (!open.has_failed && !spool.file.append(batch_)) open.has_failed = true;
}

void RecordingWriter::close(Open& open) {
    RecordingSpool& spool = *open.spool;
    if (!spool.file.finish()) open.has_failed = true;
    const auto digest = sha256_of_file(spool.file.path());
    sink_(RecordingClosed{.recording = spool.id,
                          .file = spool.file.path(),
                          .length = spool.file.length(),
                          .bytes = spool.file.bytes(),
                          .sha256 = digest ? *digest : std::string{},
                          .was_cut_by_key = spool.was_cut_by_key,
                          .was_cut_by_silence = spool.was_cut_by_silence,
                          .has_failed = open.has_failed || !digest});
}

}  // namespace amer::media

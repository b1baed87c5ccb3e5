#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "base/mailbox.h"
#include "media/plane.h"
#include "media/record/frame_ring.h"
#include "media/record/wav_file.h"

namespace amer::media {

// What the media thread and the writer thread share of one recording.
struct RecordingSpool {
    RecordingId id;
    WavFile file;  // the writer's, once it has begun
    std::uint16_t channels = 2;
    FrameRing ring;

    // Set by the media thread before `is_over`, read by the writer after it.
    std::uint32_t silence_at_end = 0;
    bool was_cut_by_key = false;
    bool was_cut_by_silence = false;
    std::atomic<bool> is_over{false};
};
using SpoolPtr = std::shared_ptr<RecordingSpool>;

// The one thread that writes recordings: gathers what the media threads left in the rings, some
// hundred milliseconds at a time, and closes what is over (fsync, digest, RecordingClosed).
class RecordingWriter {
public:
    RecordingWriter(std::chrono::milliseconds flush_every, std::function<void(const Fact&)> sink);
    ~RecordingWriter();  // writes and closes everything that is over; the media threads end first
    RecordingWriter(const RecordingWriter&) = delete;
    RecordingWriter& operator=(const RecordingWriter&) = delete;

    void begin(SpoolPtr spool);  // any thread
    void wake();                 // a recording is over

private:
    struct Open {
        SpoolPtr spool;
        bool has_failed = false;
    };
    void run();
    void flush(Open& open, bool is_over);
    void close(Open& open);
    bool flush_all();

    const std::chrono::milliseconds pause_;
    const std::function<void(const Fact&)> sink_;
    Mailbox<SpoolPtr> begun_;  // a null pointer only wakes
    std::vector<Open> open_;
    std::vector<std::uint8_t> batch_;
    std::thread thread_;
};

}  // namespace amer::media

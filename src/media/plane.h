#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "media/listen/answer_detector.h"
#include "media/sdp/session.h"

namespace amer::media {

// One RTP stream pair with one far side. The number is the owner's; unique while the leg lives.
using LegId = Id<struct LegTag>;
using PlaybackId = Id<struct PlaybackTag>;
using RecordingId = Id<struct RecordingTag>;

// Speech or music ready to send: encoded once for both laws, shared by everybody who hears it.
// Samples are 8 kHz mono.
struct Clip {
    std::vector<std::int16_t> samples;
    std::vector<std::uint8_t> pcma;
    std::vector<std::uint8_t> pcmu;
};
using ClipPtr = std::shared_ptr<const Clip>;

ClipPtr make_clip(std::vector<std::int16_t> samples);
// WAV: PCM 16 bit, A-law or mu-law, mono or stereo, 8/16/22.05/24/44.1/48 kHz; resampled to 8 kHz
// mono.
Result<ClipPtr> load_clip(const std::filesystem::path& wav);
ClipPtr make_tone(double frequency_hz, std::chrono::milliseconds length, double level_dbfs = -16.0);
ClipPtr make_silence(std::chrono::milliseconds length);

// --- facts, told on a media thread (RecordingClosed: on the writer thread) through the sink; the
// sink must only post and return, and may be called by several threads at once ---
struct PlaybackFinished {  // played to its end, or cut by a key
    LegId leg;
    PlaybackId playback;
    bool was_cut = false;
};
struct DigitReceived {  // RFC 4733, once per key press, at its end or after 40 ms of silence
    LegId leg;
    char digit = 0;  // 0-9 * # A-D
    std::chrono::milliseconds length{0};
};
struct MediaStarted {  // first accepted packet of a leg
    LegId leg;
};
struct MediaLost {  // no packet for Options::lost_after although the direction promises some
    LegId leg;
};
struct RecordingClosed {  // file complete and fsynced
    RecordingId recording;
    std::filesystem::path file;
    std::chrono::milliseconds length{0};
    std::uint64_t bytes = 0;
    std::string sha256;           // of the file, lower-case hex
    bool was_cut_by_key = false;  // ended by a key of its end_keys
    bool was_cut_by_silence = false;
    bool has_failed = false;  // disk trouble: what was written is kept
};
struct AnswerJudged {  // by judge_answer, once: a person or a machine
    LegId leg;
    Answerer answerer = Answerer::person;
};
using Fact = std::variant<PlaybackFinished, DigitReceived, MediaStarted, MediaLost, RecordingClosed,
                          AnswerJudged>;

struct Options {
    int threads = 1;
    std::uint16_t port_low = 20'000;  // even ports are RTP, the next odd one RTCP
    std::uint16_t port_high = 29'999;
    std::chrono::milliseconds lost_after{10'000};
    std::chrono::milliseconds flush_every{500};  // recordings reach the kernel at least this often
    std::size_t max_legs = 8'192;
};

struct LegStatistics {
    std::uint64_t packets_received = 0, packets_sent = 0, packets_strange = 0, packets_bad = 0,
                  packets_lost = 0;
    std::uint32_t jitter_us = 0;
    std::uint32_t round_trip_us = 0;  // as RTCP tells; 0 while unknown
};

// The media threads and everything on them. All calls may come from one control thread (the
// signalling thread); they are carried to the leg's media thread in order and take effect there
// within one tick (20 ms). Legs, their bridges and recordings that belong together must be opened
// with the same `together` value: they then live on one media thread.
// Calls that name an unknown or closed leg do nothing. A leg on another thread cannot be bridged
// and is silence in a recording. When a media thread is 16 000 orders behind, a call waits for it.
// A leg that may send but has nothing to say sends one frame of silence every 5 s (RFC 6263).
class Plane {
public:
    Plane(Options options, std::function<void(const Fact&)> sink);
    ~Plane();  // closes every leg and recording
    Plane(const Plane&) = delete;
    Plane& operator=(const Plane&) = delete;

    // Binds a port pair on `address`; returns the RTP port. Silent until set_remote.
    Result<std::uint16_t> open_leg(LegId leg, std::uint64_t together, const std::string& address);
    // Ends the leg's bridge, its playback (not told any more) and its message recording (told).
    void close_leg(LegId leg);

    // The far side as negotiated; may change with each re-offer. Packets are accepted from the
    // negotiated address and port; symmetric RTP: if the first packets within 2 s of this call come
    // from another port of the same address, or (with `latch_any_address`, for phones behind NAT)
    // from another address, that source is locked in. Afterwards strangers are neither heard nor
    // answered until the next set_remote that changes the address.
    void set_remote(LegId leg, const AudioAgreement& audio, bool latch_any_address = false);

    // Plays the clips one after another; replaces what the leg was playing (the earlier playback
    // finishes with was_cut). With cut_by_key, a digit ends it (and is still told as a digit).
    void play(LegId leg, PlaybackId playback, std::vector<ClipPtr> clips, bool cut_by_key);
    // Endless shared music from now on, under nothing; play() interrupts it and it resumes after.
    void play_music(LegId leg, ClipPtr music);
    void stop_music(LegId leg);
    void stop_playing(LegId leg);

    // Both legs hear each other from now on and nobody else, nor does anybody else hear them any
    // more; packets are relayed without transcoding when the codecs agree. A playback or music on a
    // leg takes precedence over whatever that leg hears.
    void bridge(LegId one, LegId other);
    void unbridge(LegId leg);  // the leg hears nobody and nobody hears it
    // `leg` hears these from now on, and what others hear stays as it is: supervision, consultation
    // and conferences are made of this. Nobody: it hears nothing. One: that leg's packets are
    // relayed to it as they come, keys too. Several (the first seven): their sum, 40 to 60 ms late,
    // without keys; those who were heard before and still are go on without a seam. Unknown legs,
    // the leg itself and repetitions are left out; a closed leg vanishes from what others hear.
    void set_heard(LegId leg, std::vector<LegId> heard);
    void send_digit(LegId leg, char digit);  // RFC 4733, 160 ms, when agreed

    // The leg has just answered: who is it? Told as AnswerJudged within some seconds, by what comes
    // from there only; words that go on for `machine_after` are a machine's. See listen/.
    void judge_answer(LegId leg, std::chrono::milliseconds machine_after);
    void stop_judging(LegId leg);

    // Stereo, left = caller, right = agent; either may be absent (id 0) and may change while the
    // recording runs, so that one contact is one continuous file. 8 kHz 16 bit WAV whose header is
    // right at each flush. Fails when the file exists: a recording is never overwritten.
    Result<void> start_recording(RecordingId recording, std::uint64_t together,
                                 const std::filesystem::path& file, LegId left, LegId right);
    // The right side is the sum of all named (the first seven); an id 0 among them is nobody.
    void set_recorded(RecordingId recording, LegId left, std::vector<LegId> right);
    // From a tick later until it is resumed both sides are silence of the same length: nothing that
    // comes in a pause is ever in the file. Pausing twice is pausing once. Messages do not pause.
    void pause_recording(RecordingId recording);
    void resume_recording(RecordingId recording);
    // A caller's message: mono, ends by itself at `longest`, at a key of end_keys (the key's tone
    // is not in it), or after `silence` without speech.
    Result<void> start_message(RecordingId recording, std::uint64_t together,
                               const std::filesystem::path& file, LegId leg,
                               std::chrono::milliseconds longest, std::chrono::milliseconds silence,
                               std::string end_keys);
    void stop_recording(RecordingId recording);

    LegStatistics statistics(LegId leg) const;
    std::size_t legs() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Makes a recording that a crash left behind readable (length fields in its header, torn last
// frame) and measures it. Works on any file start_recording or start_message began.
struct RecoveredRecording {
    std::chrono::milliseconds length{0};
    std::uint64_t bytes = 0;
    std::string sha256;
};
Result<RecoveredRecording> recover_recording(const std::filesystem::path& file);

}  // namespace amer::media

#pragma once

#include <memory>
#include <variant>
#include <vector>

#include "media/leg/leg.h"
#include "media/record/recorder.h"

namespace amer::media {

// What the control thread asks of a media thread, in order. Whatever needs memory or a system
// call that may wait was prepared by the asker.
namespace control {

struct Open {
    std::unique_ptr<Leg> leg;
};
struct Close {
    LegId leg;
};
struct SetRemote {
    LegId leg;
    AudioAgreement audio;
    Address rtp;
    Address rtcp;
    bool latch_any_address = false;
};
struct Play {
    LegId leg;
    PlaybackId playback;
    std::vector<ClipPtr> clips;
    bool cut_by_key = false;
};
struct PlayMusic {
    LegId leg;
    ClipPtr music;
};
struct StopMusic {
    LegId leg;
};
struct StopPlaying {
    LegId leg;
};
struct Bridge {
    LegId one;
    LegId other;
};
struct Unbridge {
    LegId leg;
};
struct SetHeard {
    LegId leg;
    std::vector<LegId> heard;
};
struct SendDigit {
    LegId leg;
    char digit = 0;
};
struct JudgeAnswer {
    LegId leg;
    std::unique_ptr<AnswerEar> ear;  // nothing: not any more
};
struct Record {
    std::unique_ptr<Recorder> recorder;
    LegId left;
    std::vector<LegId> right;
};
struct SetRecorded {
    RecordingId recording;
    LegId left;
    std::vector<LegId> right;
};
struct PauseRecording {
    RecordingId recording;
    bool is_paused = false;  // or goes on
};
struct StopRecording {
    RecordingId recording;
};
struct Stop {};  // close everything and end the thread

}  // namespace control

using Control =
    std::variant<control::Open, control::Close, control::SetRemote, control::Play,
                 control::PlayMusic, control::StopMusic, control::StopPlaying, control::Bridge,
                 control::Unbridge, control::SetHeard, control::SendDigit, control::JudgeAnswer,
                 control::Record, control::SetRecorded, control::PauseRecording,
                 control::StopRecording, control::Stop>;

}  // namespace amer::media

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
struct SendDigit {
    LegId leg;
    char digit = 0;
};
struct Record {
    std::unique_ptr<Recorder> recorder;
    LegId left;
    LegId right;
};
struct SetRecorded {
    RecordingId recording;
    LegId left;
    LegId right;
};
struct StopRecording {
    RecordingId recording;
};
struct Stop {};  // close everything and end the thread

}  // namespace control

using Control =
    std::variant<control::Open, control::Close, control::SetRemote, control::Play,
                 control::PlayMusic, control::StopMusic, control::StopPlaying, control::Bridge,
                 control::Unbridge, control::SendDigit, control::Record, control::SetRecorded,
                 control::StopRecording, control::Stop>;

}  // namespace amer::media

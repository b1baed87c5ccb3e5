#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "media/plane.h"
#include "media/sdp/session.h"
#include "sip/user_agent.h"

namespace amer::telephony {

// One call of ours with its sound: the leg on the media plane and what both sides have agreed on.
struct CallLeg {
    sip::CallId call;  // 0: no call on this side
    media::LegId media;
    media::LocalAudio local;
    media::Codec codec = media::Codec::pcma;
    bool is_up = false;    // both sides have agreed on media
    bool is_held = false;  // the far side wants nothing from us

    explicit operator bool() const { return static_cast<bool>(call); }
};

// Opens its sound under this number, on the thread of its media group. False: there is no port, the
// log says so, and the leg is as it was.
bool open_sound(CallLeg& leg, media::Plane& plane, media::LegId number, std::uint64_t together,
                const std::string& address);

// What we say to their offer (RFC 3264), in force at once; to none, our own offer. Fails when
// nothing in it is ours.
Result<std::string> answer_offer(CallLeg& leg, media::Plane& plane, std::string_view offer);

// Their answer to our offer, in force at once. Fails when it gives no usable audio.
Result<void> accept_answer(CallLeg& leg, media::Plane& plane, std::string_view answer);

}  // namespace amer::telephony

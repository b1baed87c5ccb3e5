#include "telephony/call_leg.h"

#include <utility>

#include <spdlog/spdlog.h>

namespace amer::telephony {

namespace {

void agree(CallLeg& leg, media::Plane& plane, const media::AudioAgreement& audio) {
    leg.codec = audio.codec;
    leg.is_up = true;
    leg.is_held = audio.local_direction == media::Direction::recvonly ||
                  audio.local_direction == media::Direction::inactive;
    plane.set_remote(leg.media, audio);
}

}  // namespace

bool open_sound(CallLeg& leg, media::Plane& plane, media::LegId number, std::uint64_t together,
                const std::string& address) {
    const auto port = plane.open_leg(number, together, address);
    if (!port) {
        spdlog::error("no media port for a call: {}", port.error().what);
        return false;
    }
    leg.media = number;
    leg.local.address = address;
    leg.local.port = *port;
    leg.local.session_id = number.value;
    return true;
}

Result<std::string> answer_offer(CallLeg& leg, media::Plane& plane, std::string_view offer) {
    if (offer.empty()) return media::make_offer(leg.local);
    auto negotiated = media::answer_offer(leg.local, offer);
    if (!negotiated) return tl::unexpected<Error>{negotiated.error()};
    agree(leg, plane, negotiated->audio);
    return std::move(negotiated->answer);
}

Result<void> accept_answer(CallLeg& leg, media::Plane& plane, std::string_view answer) {
    const auto audio = media::accept_answer(leg.local, answer);
    if (!audio) return tl::unexpected<Error>{audio.error()};
    agree(leg, plane, *audio);
    return {};
}

}  // namespace amer::telephony

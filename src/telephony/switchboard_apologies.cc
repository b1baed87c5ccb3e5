#include <algorithm>
#include <iterator>
#include <utility>

#include "telephony/switchboard.h"

// Callers who come while nothing can be written down. Nobody may be promised anything that could be
// forgotten, so each is answered, asked in both languages to call again, and hung up on. They are
// answered first because many networks let no sound through before that.
namespace amer::telephony {

namespace {

// What Saying has no language for: he has not been asked yet.
std::vector<media::ClipPtr> words(PromptLibrary& prompts) {
    const std::vector<Saying> sayings{Saying{PromptId{"TECH-END"}, {}}};
    std::vector<media::ClipPtr> all = prompts.clips(Language::arabic, sayings);
    std::ranges::move(prompts.clips(Language::english, sayings), std::back_inserter(all));
    return all;
}

}  // namespace

void Switchboard::take_no_new_calls() {
    takes_calls_ = false;
    while (!apologies_.empty()) end_apology(apologies_.begin()->first, true);
}

// Makes an arrival one who is told; false when there is no room for more, or no such arrival.
bool Switchboard::apologise(sip::CallId call) {
    const auto leg = arrival_of_call_.find(call);
    if (leg == arrival_of_call_.end() || apologies_.size() >= wiring_.limits.apologies) {
        return false;
    }
    Arrival arrival = std::move(arrivals_.extract(leg->second).mapped());
    arrival_of_call_.erase(leg);
    apologies_.emplace(call, std::move(arrival.leg));
    sip_->answer(call, std::move(arrival.answer));
    return true;
}

// He can hear us.
bool Switchboard::tell_apology(sip::CallId call, std::string_view sdp) {
    const auto found = apologies_.find(call);
    if (found == apologies_.end()) return false;
    Leg& leg = found->second;
    if (!sdp.empty() && !accept_answer(leg, wiring_.media, sdp)) return end_apology(call, true);
    wiring_.media.play(leg.media, media::PlaybackId{next_own_playback_++}, words(wiring_.prompts),
                       false);
    return true;
}

bool Switchboard::end_apology(sip::CallId call, bool hang_up) {
    const auto found = apologies_.find(call);
    if (found == apologies_.end()) return false;
    close(found->second, hang_up, "");
    apologies_.erase(found);
    return true;
}

bool Switchboard::end_apology(media::LegId leg) {
    const auto found = std::ranges::find_if(
        apologies_, [&](const auto& apology) { return apology.second.media == leg; });
    return found != apologies_.end() && end_apology(found->first, true);
}

}  // namespace amer::telephony

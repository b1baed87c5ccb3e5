// Agents and their telephones: they answer, reject, miss, answer too late, talk, break off, rest.
#include "day.h"

namespace amer::sim {

using namespace centre;
using namespace std::chrono_literals;

void Day::ring_phone(const OfferMade& made) {
    const OfferId offer = made.offer;
    const std::uint64_t mood = draws.below(100);
    if (mood < 4)
        return post_in(draws.between(20ms, 2s), DeclineOffer{offer, DeclineReason::unreachable});
    post_in(draws.between(20ms, 500ms), ReportRinging{offer});
    if (draws.chance(5)) post_in(600ms, ReportRinging{offer});
    if (draws.chance(3)) post_in(draws.between(1s, 4s), LogOut{made.agent});
    if (draws.chance(3)) post_in(draws.between(1s, 4s), SetNotReady{made.agent, "prayer"});
    if (draws.chance(2)) post_in(draws.between(1s, 4s), UnregisterPhone{made.agent});
    if (mood < 75) {
        post_in(draws.lognormal(3500ms), AcceptOffer{offer});
    } else if (mood < 82) {
        post_in(draws.lognormal(3s), DeclineOffer{offer, DeclineReason::rejected});
    } else if (mood < 87) {
        post_in(draws.lognormal(1s), DeclineOffer{offer, DeclineReason::busy});
    } else if (mood < 94) {  // at the very moment the ringing ends
        const Duration rings = made.ring_until - clock_.now();
        post_in(rings + draws.between(-2ms, 2ms), AcceptOffer{offer});
    }
}

// His 200 crosses our CANCEL.
void Day::cancel_phone(const OfferEnded& ended) {
    if (draws.chance(10)) post_in(draws.between(0ms, 60ms), AcceptOffer{ended.offer});
}

void Day::talk(const ContactConnected& connected) {
    const ContactId contact = connected.contact;
    const AgentId agent = connected.agent;
    const Duration lasts = draws.lognormal(100s);
    const std::uint64_t who = draws.below(100);
    if (who < 45) {
        in(lasts, [this, contact] { hang_up(contact); });
        if (draws.chance(30)) post_in(lasts + 10ms, AgentLeft{contact, agent});
    } else if (who < 90) {
        post_in(lasts, AgentLeft{contact, agent});
        if (draws.chance(30)) post_in(lasts + 10ms, CallerLeft{contact});
    } else {
        post_in(lasts, LoseAgent{contact, agent});
        post_in(lasts + draws.lognormal(8s), RegisterPhone{agent});
    }
    for (std::uint64_t acts = draws.below(3); acts > 0; --acts) {
        in(draws.exponential(40s), [this, contact] { act_on_talk(contact); });
    }
    if (draws.chance(5)) post_in(draws.exponential(60s), SetNotReady{agent, "lunch"});
    if (draws.chance(3)) post_in(draws.exponential(60s), UnregisterPhone{agent});
}

void Day::live_agent(const AgentStateChanged& changed) {
    const AgentId agent = changed.agent;
    using agent::AgentState;
    if (changed.state == AgentState::wrap_up) {
        if (draws.chance(30)) post_in(draws.exponential(10s), FinishWrapUp{agent});
        if (draws.chance(15)) post_in(draws.exponential(5s), ExtendWrapUp{agent, 30'000});
        if (draws.chance(10)) post_in(draws.exponential(5s), SetReady{agent});
        return;
    }
    if (changed.state == AgentState::not_ready) {
        post_in(draws.lognormal(90s), SetReady{agent});
        return;
    }
    const bool lost_phone =
        changed.state == AgentState::logged_out && changed.reason == agent::kUnregistered;
    if (lost_phone) post_in(draws.lognormal(30s), RegisterPhone{agent});
}

}  // namespace amer::sim

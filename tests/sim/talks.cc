// What is done to talks: colleagues are asked, supervisors come, callers are sent on, recordings
// paused.
#include "day.h"

namespace amer::sim {

using namespace centre;
using namespace std::chrono_literals;

namespace {

AgentId somebody(Draws& draws, const State& state) {
    const auto which = static_cast<std::ptrdiff_t>(draws.below(state.agents.size()));
    return std::next(state.agents.begin(), which)->first;
}

}  // namespace

// Whatever comes into their heads, whether it can be done or not.
void Day::act_on_talk(ContactId contact) {
    const State& state = witness.state();
    if (!lives(contact) || state.agents.empty()) return;
    const AgentId agent = somebody(draws, state);
    switch (draws.below(9)) {
        case 0: {
            const auto& queues = state.configuration.queues;
            return post(TransferContact{contact, queues[draws.below(queues.size())].id, "agent"});
        }
        case 1:
        case 2:
        case 3: return post(ConsultAgent{contact, agent});
        case 4: {
            const auto part = static_cast<std::uint8_t>(contact::Part::listening) + draws.below(3);
            return post(Supervise{contact, agent, static_cast<contact::Part>(part)});
        }
        case 5: return post(PauseRecording{contact, "agent"});
        case 6: return post(ResumeRecording{contact, "agent"});
        case 7: return post(ConferAll{contact});
        default: return post(DismissParty{contact, agent});
    }
}

// A colleague or supervisor is like anybody who is rung: he comes, or does not.
void Day::ring_party(const PartyInvited& invited) {
    const OfferId offer = invited.invitation;
    const std::uint64_t mood = draws.below(100);
    post_in(draws.between(20ms, 500ms), ReportRinging{offer});
    if (mood < 75) {
        post_in(draws.lognormal(4s), AcceptOffer{offer});
    } else if (mood < 85) {
        post_in(draws.lognormal(2s), DeclineOffer{offer, DeclineReason::busy});
    }
}

void Day::join_talk(const PartyJoined& joined) {
    const ContactId contact = joined.contact;
    const AgentId agent = joined.agent;
    const Duration stays = draws.lognormal(20s);
    switch (draws.below(5)) {
        case 0: return post_in(stays, ConferAll{contact});
        case 1: return post_in(stays, HandOver{contact});
        case 2: return post_in(stays, AgentLeft{contact, agent});
        case 3: return post_in(stays, LoseAgent{contact, agent});
        default: return post_in(stays, Supervise{contact, agent, contact::Part::barging});
    }
}

// Who has it now talks on; he who had it is done with it.
void Day::go_on_talking(const ContactHandedOver& over) {
    post_in(draws.lognormal(40s), AgentLeft{over.contact, over.to});
}

}  // namespace amer::sim

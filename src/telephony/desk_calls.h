#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/centre/configuration.h"
#include "engine/engine.h"
#include "media/plane.h"
#include "sip/user_agent.h"
#include "telephony/call_leg.h"
#include "telephony/desk_code.h"

namespace amer::telephony {

struct Wiring;

// Calls of agents' own phones to a code of the configuration: the command is given, he hears what
// came of it, and we end the call. It is no contact, the core never hears of the call itself; each
// agent has one at a time, and it makes way for an offer. Signalling thread only.
class DeskCalls {
public:
    DeskCalls(const Wiring& wiring, const centre::Configuration& configuration)
        : wiring_{wiring}, configuration_{configuration} {}

    void use(sip::UserAgent& user_agent) { sip_ = &user_agent; }

    // An agent's phone dials; `leg`: a number for its sound.
    void take(const sip::IncomingCall& incoming, media::LegId leg);
    // The same events as the listener's; false when the call is none of these.
    bool on_confirmed(sip::CallId call, std::string_view sdp);
    bool on_offer(sip::CallId call, std::string_view sdp);
    bool on_ended(sip::CallId call);
    bool on_played(media::LegId leg);
    // He is about to be rung.
    void make_way(const AgentId& agent);

private:
    struct DeskCall {
        CallLeg leg;
        std::string answer;
        PromptId says;
        bool is_heard = false;  // what is said has begun
    };
    using Calls = std::map<AgentId, DeskCall>;

    const DeskCode* code_of(const std::string& dialled) const;
    int begin(DeskCall& desk_call, media::LegId number, std::string_view offer);
    void on_outcome(const AgentId& agent, sip::CallId call, const DeskCode& code,
                    const engine::Outcome& outcome);
    Calls::iterator find(sip::CallId call);
    void end(Calls::iterator ending);
    Language language_of(const AgentId& agent) const;

    const Wiring& wiring_;
    const centre::Configuration& configuration_;
    sip::UserAgent* sip_ = nullptr;
    Calls calls_;
};

}  // namespace amer::telephony

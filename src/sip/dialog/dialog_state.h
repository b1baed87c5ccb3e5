#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sip/transport/flow.h"
#include "sip/wire/message.h"

namespace amer::sip {

// A dialog as plain data (RFC 3261 section 12): all that is needed to carry a call on after a
// restart. Without timers and without passwords.
struct DialogState {
    std::string call_id;
    NameAddress local;                   // our From or To, with our tag
    NameAddress remote;                  // theirs, with their tag once there is one
    Uri remote_target;                   // their Contact
    std::vector<NameAddress> route_set;  // in the order of the Route headers we send
    std::uint32_t local_cseq = 0;
    std::optional<std::uint32_t> remote_cseq;
    bool is_caller = false;      // we sent the INVITE that made it
    Flow flow;                   // the way the other side was last known to be at
    bool is_flow_fixed = false;  // requests follow `flow` whatever Contact says (phones behind NAT)
    std::string peer;            // trunk name or user, as in IncomingCall
    bool is_registered_user = false;
    std::string local_sdp;  // the last description each side gave
    std::string remote_sdp;
    bool is_last_offer_ours = false;

    std::string_view local_tag() const { return local.tag(); }
    std::string_view remote_tag() const { return remote.tag(); }
    bool operator==(const DialogState&) const = default;
};

}  // namespace amer::sip

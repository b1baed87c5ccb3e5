#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sip/authentication/credentials.h"
#include "sip/dialog/dialog_state.h"
#include "sip/transaction/transactions.h"

namespace amer::sip {

enum class Phase : std::uint8_t {
    incoming,       // their INVITE waits for our final response
    answered,       // our 2xx waits for its ACK
    calling,        // our INVITE waits for a final response
    acknowledging,  // a 2xx with an offer waits for the owner's answer
    talking,
    leaving,  // our BYE waits for its response
};

// Our 2xx to an INVITE, repeated until it is acknowledged (RFC 3261 section 13.3.1.4).
struct UnackedOk {
    std::string bytes;
    Flow flow;
    std::uint32_t cseq = 0;
    bool carries_offer = false;
    Duration interval{};
    TimerId again;
    TimerId unheard;
};

// Their re-INVITE or UPDATE that the owner has not decided about.
struct TheirOffer {
    ServerId server;
    bool is_invite = false;
    bool has_sdp = false;
    std::uint32_t cseq = 0;
    std::optional<Uri> target;
};

// One dialog usage with everything that is not worth writing down.
struct Call {
    CallId id;
    Phase phase = Phase::talking;
    bool is_told = false;
    std::string leave_reason;  // for a Reason header; empty: none
                               // the owner has let go or was told of the end: no more events
    DialogState dialog;

    ServerId invite_server;  // incoming
    bool has_their_offer = false;
    TimerId ring_again;
    std::optional<UnackedOk> unacked;
    std::optional<TheirOffer> their_offer;

    ClientId invite_client;  // outgoing
    bool has_our_offer = false;
    std::string early_sdp;
    std::optional<Message> unacked_invite;  // its 2xx waits for acknowledge()
    Credentials credentials;
    TimerId doomed;

    std::string sent_offer;  // our re-INVITE on its way
    bool is_offering = false;
    std::optional<std::string> queued_offer;
    TimerId offer_again;
};

}  // namespace amer::sip

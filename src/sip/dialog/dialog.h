#pragma once

#include "sip/dialog/dialog_state.h"

namespace amer::sip {

// The dialog that an INVITE to us opens (RFC 3261 section 12.1.1).
DialogState dialog_of_callee(const Message& invite, const Flow& flow, const std::string& local_tag);
// The dialog that a response to our INVITE opens (section 12.1.2).
void learn_from_response(DialogState& dialog, const Message& response);

// A request inside the dialog with the next CSeq (section 12.2.1.1); Contact and Via are missing.
Message request_in(DialogState& dialog, Method method);
// The ACK to the 2xx of the INVITE with this CSeq (section 13.2.2.4).
Message ack_in(const DialogState& dialog, const Message& invite);
// Where such a request goes next: the first route, else their Contact.
const Uri& next_hop(const DialogState& dialog);

// sip:user@address:port of ours, as the other side can reach it.
NameAddress contact_at(const Endpoint& own, Transport transport, std::string_view user);

}  // namespace amer::sip

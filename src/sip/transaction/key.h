#pragma once

#include <string>

#include "sip/transport/flow.h"
#include "sip/wire/message.h"

namespace amer::sip {

// Which transaction a request belongs to (RFC 3261 section 17.2.3; without the magic cookie by the
// rules for RFC 2543). An ACK has the key of its INVITE. The source address is part of it, so that
// a stranger who guesses a branch reaches nothing.
std::string server_key(const Message& request, const Flow& flow);
// The key that the INVITE had which this CANCEL wants to end (section 9.2).
std::string cancelled_key(const Message& cancel, const Flow& flow);
// What two copies of one request have in common that came by different ways (section 8.2.2.2).
std::string merge_key(const Message& request);
// Which of our requests a response belongs to (section 17.1.3).
std::string client_key(std::string_view branch, std::string_view method);

// Writes down where a request really came from (RFC 3261 section 18.2.1, RFC 3581 section 4).
void note_source(Message& request, const Flow& flow);
// The way of its response (RFC 3261 section 18.2.2, RFC 3581 section 4). maddr is not followed:
// it would let a stranger aim our answers at others.
Flow reply_flow(const Message& request, const Flow& flow);

std::string_view via_transport(Transport transport);

}  // namespace amer::sip

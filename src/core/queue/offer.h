#pragma once

#include "base/fields.h"
#include "core/terms/terms.h"

namespace amer::queue {

// One contact held out to one agent; lives until he answers or it ends otherwise.
struct Offer {
    OfferId id;
    ContactId contact;
    AgentId agent;
    QueueId queue;
    Instant ring_until;

    AMER_FIELDS(Offer, id, contact, agent, queue, ring_until)
};

}  // namespace amer::queue

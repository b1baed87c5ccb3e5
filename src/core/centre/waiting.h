#pragma once

#include <cstdint>
#include <optional>

#include "core/centre/world.h"
#include "core/queue/expected_wait.h"

namespace amer::centre {

// What time does to a contact that waits in a queue, and how it stands there.

// The first instant at which something happens to it by itself, seen from `at`: it is spoken to,
// less is asked of an agent, a wait is over, the day closes. Nothing: it waits for an agent only.
std::optional<Instant> next_while_waiting(const World& world, const contact::Contact& contact,
                                          Instant at);

// The day closed over an inbound contact at this instant, unless it closes later or never.
bool is_after_closing(const contact::Contact& contact, Instant now);

struct Standing {
    QueueId queue;              // of several the first in which somebody is there
    std::int64_t position = 1;  // in its queue and language; 1 is served next
    // Callers served before it who want agents that it wants; of queues that share only some of its
    // agents, that part of the callers.
    std::int64_t ahead = 0;
    std::int64_t agents = 0;  // logged in, whom it could be offered
};

// What is known of its wait from now on, as it stands, or would with the place that it had.
std::optional<queue::WaitEstimate> estimate_for(const World& world, const Standing& standing,
                                                Instant now);

Standing standing_of(const World& world, const contact::Contact& contact, Instant now);

}  // namespace amer::centre

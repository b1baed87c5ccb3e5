#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/centre/world.h"
#include "core/queue/passed_over.h"

namespace amer::centre {

// Whom a contact is offered to: acd.md 6.2.
struct Choice {
    AgentId agent;
    std::uint64_t draw = 0;  // strategies with chance: what decided
};

// The agent for a contact of this pool; nothing when nobody who may serve it is ready.
// `offer` seeds the draw, so that the same offer of the same history draws the same.
std::optional<Choice> choose_agent(const World& world, const queue::Pool& pool, OfferId offer);

// All other agents of the queue, by the first rule that removed each. Who could have been offered
// it was ranked after the chosen one, or passed over because the contact was meant for that one.
std::vector<queue::PassedOver> passed_over(const World& world, const queue::Pool& pool,
                                           const AgentId& chosen, bool is_meant_for_him);

}  // namespace amer::centre

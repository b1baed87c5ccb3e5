#pragma once

#include "core/centre/event.h"
#include "core/centre/world.h"

namespace amer::centre {

// apply() of centre.h on either form of the world.
void apply_to(World& world, const Event& event, Instant at);

}  // namespace amer::centre

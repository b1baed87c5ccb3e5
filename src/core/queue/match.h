#pragma once

#include "core/terms/terms.h"

namespace amer::queue {

// An agent of the queue as a decision sees him.
struct Seeker {
    bool is_logged_in = false;
    bool is_busy = false;  // reserved, ringing, talking, wrap-up
    bool is_ready = false;
    bool speaks_it = false;
    bool is_chosen = false;
};

// The first rule that removes him (acd.md section 5, 6); "" for the chosen one.
inline const char* removed_by(const Seeker& agent) {
    if (agent.is_chosen) return "";
    if (!agent.is_logged_in) return "unregistered";
    if (agent.is_busy) return "busy";
    if (!agent.is_ready) return "not_ready";
    if (!agent.speaks_it) return "language";
    return "idle_shorter";
}

}  // namespace amer::queue

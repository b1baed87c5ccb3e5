#pragma once

#include <cstdint>

namespace amer::agent {

// An agent is in exactly one of these (acd.md 6.1, I1).
enum class AgentState : std::uint8_t {
    logged_out,
    not_ready,
    ready,
    reserved,  // chosen, his phone not yet ringing
    ringing,
    talking,
    wrap_up,
};

}  // namespace amer::agent

#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/contact/contact.h"
#include "media/plane.h"

namespace amer::telephony {

// One who is on a contact that is being talked on.
struct Seated {
    enum class Seat : std::uint8_t { caller, agent, party };

    media::LegId leg;
    Seat seat = Seat::party;
    contact::Part part = contact::Part::consulted;  // of a party
};

// A leg and those whom it hears.
using Hearing = std::pair<media::LegId, std::vector<media::LegId>>;

// Who hears whom, by their parts: a listener is heard by nobody, a whisperer by the agent alone,
// and a caller who was set aside, from when a colleague is rung, neither hears nor is heard.
std::vector<Hearing> who_hears_whom(const std::vector<Seated>& seated, bool is_caller_aside);

}  // namespace amer::telephony

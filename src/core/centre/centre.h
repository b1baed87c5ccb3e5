#pragma once

#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "base/instant.h"
#include "core/centre/command.h"
#include "core/centre/event.h"
#include "core/centre/state.h"

// The only door into the core. Pure: no I/O, clock, thread, randomness or log; the same inputs
// give the same outputs on every compiler and machine.
namespace amer::centre {

enum class RejectionReason : std::uint8_t {
    unknown_number,  // 404 to the caller
    unknown_contact,
    unknown_agent,
    unknown_promise,
    unknown_reason,   // for not being ready; the text lists those there are
    not_allowed_now,  // the state forbids it: the text says why
    bad_configuration,
};

// A refusal people are told about (translated by what shows it); `text` is English, for operators.
struct Rejection {
    RejectionReason reason = RejectionReason::not_allowed_now;
    std::string text;

    bool operator==(const Rejection&) const = default;
};

using Decision = tl::expected<std::vector<Event>, Rejection>;

// What follows from `command` in `state` at `now`. Changes nothing. Everything that follows at
// once is in the one decision: a freed agent and his next offer, a due promise and its contact.
Decision decide(const State& state, const Command& command, Instant now);

// Total: never refuses. `at` is the instant of the decision that made the event.
void apply(State& state, const Event& event, Instant at);

// When a Tick is due; nothing when no deadline is pending.
std::optional<Instant> next_deadline(const State& state);

}  // namespace amer::centre

#pragma once

#include <optional>
#include <string>

#include "core/centre/event.h"

namespace amer::centre {

// The line of an event in the promise ledger, without its end; nothing when it is none of the
// ledger's. "<UTC instant> <promise> <what> <name>=<value> ...", fit for `sha256sum` and for eyes.
// What a released version wrote is written so for ever: ledger_line_test.cc holds a line of each.
std::optional<std::string> ledger_line(const Event& event, Instant at);

// The promise that such an event is about.
PromiseId promise_of_line(const Event& event);

}  // namespace amer::centre

#pragma once

#include <string_view>

#include "base/result.h"
#include "core/centre/command.h"
#include "core/centre/event.h"

namespace amer::store {

// An event or a command from its canonical text, {"type":"ContactOpened",...}. Unknown fields are
// ignored and missing ones keep their default: that is how journals of other versions stay
// readable. Errors name the field: "OfferMade.passed_over[2].rule: a text expected".
Result<centre::Event> read_event(std::string_view text);
// As an older program wrote it: `version` is that of the event's type (journal/upcast.h).
Result<centre::Event> read_old_event(std::string_view text, int version);
Result<centre::Command> read_command(std::string_view text);

}  // namespace amer::store

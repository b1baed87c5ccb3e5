#pragma once

#include <string>

namespace amer::store {

// docs/api/events.md: every event, every command and what they are made of, from the field lists
// themselves. Markdown.
std::string events_document();

}  // namespace amer::store

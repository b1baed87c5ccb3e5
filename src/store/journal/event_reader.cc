#include "store/journal/event_reader.h"

#include "store/journal/json_reader.h"

namespace amer::store {

Result<centre::Event> read_event(std::string_view text) { return read_json<centre::Event>(text); }

Result<centre::Command> read_command(std::string_view text) {
    return read_json<centre::Command>(text);
}

}  // namespace amer::store

#include "store/journal/event_reader.h"

#include "store/journal/json_reader.h"
#include "store/journal/upcast.h"

namespace amer::store {

Result<centre::Event> read_event(std::string_view text) { return read_json<centre::Event>(text); }

Result<centre::Event> read_old_event(std::string_view text, int version) {
    return read_json<centre::Event>(text,
                                    [version](nlohmann::json& json) { upcast(json, version); });
}

Result<centre::Command> read_command(std::string_view text) {
    return read_json<centre::Command>(text);
}

}  // namespace amer::store

#include "store/journal/event_reader.h"

#include "store/journal/canonical_reader.h"
#include "store/journal/json_reader.h"
#include "store/journal/upcast.h"

namespace amer::store {

Result<centre::Event> read_event(std::string_view text) {
    centre::Event event;
    if (read_canonical(text, event)) return event;
    return read_json<centre::Event>(text);
}

Result<centre::Event> read_old_event(std::string_view text, int version) {
    if (centre::Event event; read_canonical(text, event)) {
        const auto type = std::visit([](const auto& one) { return one.kTypeName; }, event);
        if (version == version_of(type)) return event;
    }
    return read_json<centre::Event>(text,
                                    [version](nlohmann::json& json) { upcast(json, version); });
}

Result<centre::Command> read_command(std::string_view text) {
    return read_json<centre::Command>(text);
}

}  // namespace amer::store

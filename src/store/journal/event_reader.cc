#include "store/journal/event_reader.h"

#include "store/journal/canonical_reader.h"
#include "store/journal/json_reader.h"
#include "store/journal/upcast.h"

namespace amer::store {

namespace {

// Begun with a small one: the first alternative is a whole configuration, made for nothing.
centre::Event any_event() { return centre::CentreRecovered{}; }

}  // namespace

Result<centre::Event> read_event(std::string_view text) {
    centre::Event event = any_event();
    if (read_canonical(text, event)) return event;
    return read_json<centre::Event>(text);
}

Result<centre::Event> read_old_event(std::string_view text, int version) {
    if (centre::Event event = any_event(); read_canonical(text, event)) {
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

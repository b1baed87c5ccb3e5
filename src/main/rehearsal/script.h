#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace amer::rehearsal {

// What a rehearsal caller does, one thing after another:
//   script = item ("," item)*       item = action ["@" length]
//   action = keys "0" to "9", "*", "#", pressed in a row ("123#"); "say": begin to speak;
//            "bye": hang up
// Without "@" an item is done as soon as what the other side says falls silent (after it was heard
// since the item before); with "@1.5s" so long after the item before, or after the answer.
struct ScriptItem {
    enum class Action : std::uint8_t { press, say, hang_up };

    Action action = Action::press;
    std::string keys;
    std::optional<std::chrono::milliseconds> after;
};

Result<std::vector<ScriptItem>> parse_script(std::string_view text);

// "20s", "1.5s", "500ms", "2m".
Result<std::chrono::milliseconds> parse_length(std::string_view text);

}  // namespace amer::rehearsal

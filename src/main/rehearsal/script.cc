#include "main/rehearsal/script.h"

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

namespace amer::rehearsal {
namespace {

constexpr std::string_view kKeys = "0123456789*#";

Result<ScriptItem> parse_item(std::string_view text) {
    ScriptItem item;
    const std::size_t at = text.find('@');
    const std::string_view action = text.substr(0, at);
    if (at != std::string_view::npos) {
        const auto after = parse_length(text.substr(at + 1));
        if (!after) return tl::unexpected<Error>{after.error()};
        item.after = *after;
    }
    if (action == "say") {
        item.action = ScriptItem::Action::say;
    } else if (action == "bye") {
        item.action = ScriptItem::Action::hang_up;
    } else if (!action.empty() && action.find_first_not_of(kKeys) == std::string_view::npos) {
        item.keys = std::string{action};
    } else {
        return failure(fmt::format(
            "\"{}\" cannot be pressed: expected keys such as 1 or 123#, \"say\" or \"bye\"",
            action));
    }
    return item;
}

}  // namespace

Result<std::vector<ScriptItem>> parse_script(std::string_view text) {
    std::vector<ScriptItem> items;
    if (text.empty()) return items;
    for (;;) {
        const std::size_t comma = text.find(',');
        auto item = parse_item(text.substr(0, comma));
        if (!item) return tl::unexpected<Error>{item.error()};
        items.push_back(std::move(*item));
        if (comma == std::string_view::npos) return items;
        text.remove_prefix(comma + 1);
    }
}

Result<std::chrono::milliseconds> parse_length(std::string_view text) {
    const auto wrong = failure(fmt::format(
        "\"{}\" is not a length of time: expected such as 20s, 1.5s, 500ms or 2m", text));
    const std::size_t unit_at = text.find_first_not_of("0123456789.");
    if (unit_at == 0 || unit_at == std::string_view::npos || unit_at > 9) return wrong;
    const std::string amount{text.substr(0, unit_at)};
    const std::string_view unit = text.substr(unit_at);
    char* end = nullptr;
    const double number = std::strtod(amount.c_str(), &end);
    if (end != amount.c_str() + amount.size() || amount == ".") return wrong;
    double each = 0;
    if (unit == "ms") each = 1;
    if (unit == "s") each = 1'000;
    if (unit == "m") each = 60'000;
    if (unit == "h") each = 3'600'000;
    if (each == 0 || number * each > 24.0 * 3'600'000) return wrong;
    return std::chrono::milliseconds{std::llround(number * each)};
}

}  // namespace amer::rehearsal

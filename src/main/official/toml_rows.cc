#include "main/official/toml_rows.h"

#include <fmt/format.h>

#include "base/reflected_name.h"
#include "main/instant_text.h"

namespace amer::official {
namespace {

// A basic string of TOML 1.0.
std::string quoted(std::string_view text) {
    std::string all{"\""};
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (letter == '"' || letter == '\\') {
            all += fmt::format("\\{}", letter);
        } else if (byte < 0x20 || byte == 0x7F) {
            all += fmt::format("\\u{:04X}", byte);
        } else {
            all += letter;
        }
    }
    return all + "\"";
}

std::string name_line(const std::string& arabic, const std::string& english) {
    return fmt::format("name = {{ ar = {}, en = {} }}\n", quoted(arabic), quoted(english));
}

std::string scope_line(const calendar::Scope& scope) {
    if (scope.kind == calendar::Scope::Kind::federal) return "";
    return fmt::format("{} = {}\n", enum_name(scope.kind), quoted(scope.where));
}

}  // namespace

std::string as_toml(const calendar::Holiday& holiday) {
    std::string row = fmt::format(
        "[[holiday]]\nid = {}\n{}first_day = {}\nlast_day = {}\nstatus = \"{}\"\nsource = {}\n",
        quoted(holiday.id), name_line(holiday.name_ar, holiday.name_en),
        calendar::text_of(holiday.first_day), calendar::text_of(holiday.last_day),
        enum_name(holiday.status), quoted(holiday.source));
    if (!holiday.rule.empty()) row += fmt::format("rule = {}\n", quoted(holiday.rule));
    if (holiday.announced_on) {
        row += fmt::format("announced_on = {}\n", calendar::text_of(*holiday.announced_on));
    }
    return row + scope_line(holiday.scope);
}

std::string as_toml(const calendar::Closure& closure) {
    return fmt::format("[[closure]]\nid = {}\n{}from = {}\nuntil = {}\nsource = {}\n{}",
                       quoted(closure.id), name_line(closure.name_ar, closure.name_en),
                       format_instant(closure.from, 0), format_instant(closure.until, 0),
                       quoted(closure.source), scope_line(closure.scope));
}

}  // namespace amer::official

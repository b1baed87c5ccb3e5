#include "sip/wire/parameters.h"

#include "sip/wire/grammar.h"

namespace amer::sip {

std::optional<std::string_view> Parameters::find(std::string_view name) const {
    for (const Parameter& parameter : all_) {
        if (!equals_ignoring_case(parameter.name, name)) continue;
        return parameter.value ? std::string_view{*parameter.value} : std::string_view{};
    }
    return std::nullopt;
}

void Parameters::set(std::string_view name, std::optional<std::string> value) {
    for (Parameter& parameter : all_) {
        if (!equals_ignoring_case(parameter.name, name)) continue;
        parameter.value = std::move(value);
        return;
    }
    all_.push_back(Parameter{std::string{name}, std::move(value)});
}

void Parameters::remove(std::string_view name) {
    std::erase_if(all_, [name](const Parameter& parameter) {
        return equals_ignoring_case(parameter.name, name);
    });
}

std::optional<std::string> read_quoted(Cursor& cursor) {
    std::string result;
    std::size_t i = cursor.at + 1;
    for (; i < cursor.text.size(); i++) {
        char c = cursor.text[i];
        if (c == '"') {
            cursor.at = i + 1;
            return result;
        }
        if (c == '\\') {
            i++;
            if (i == cursor.text.size()) break;
            c = cursor.text[i];
        }
        if (c == '\r' || c == '\n') break;
        result.push_back(c);
    }
    return std::nullopt;
}

bool read_parameters(Cursor& cursor, Parameters& parameters) {
    while (cursor.take(';')) {
        cursor.skip_space();
        const std::string_view name = cursor.take_while(kToken);
        if (name.empty()) return false;
        std::optional<std::string> value;
        if (cursor.take('=')) {
            cursor.skip_space();
            value = cursor.is_at('"') ? read_quoted(cursor)
                                      : std::string{cursor.take_while(kPlainValue)};
            if (!value) return false;
        }
        parameters.add(Parameter{std::string{name}, std::move(value)});
    }
    return cursor.is_done() || cursor.is_at(',');
}

// Control characters only ever come as quoted pairs; CR and LF may not appear at all.
void append_quoted(std::string& out, std::string_view text) {
    out.push_back('"');
    for (const char c : text) {
        if (c == '\r' || c == '\n') continue;
        if (c == '"' || c == '\\' || is_of(c, kControl)) out.push_back('\\');
        out.push_back(c);
    }
    out.push_back('"');
}

void append_parameters(std::string& out, const Parameters& parameters) {
    for (const Parameter& parameter : parameters.all()) {
        out.push_back(';');
        out.append(parameter.name);
        if (!parameter.value) continue;
        out.push_back('=');
        if (!parameter.value->empty() && all_of(*parameter.value, kPlainValue)) {
            out.append(*parameter.value);
        } else {
            append_quoted(out, *parameter.value);
        }
    }
}

}  // namespace amer::sip

#include <algorithm>

#include "core/spoken/spoken.h"

namespace amer::spoken {
namespace {

bool is_name(std::string_view word) {
    const auto is_allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.';
    };
    // Names become file names: no word of dots alone, no slash.
    return !word.empty() && word.front() != '.' &&
           std::all_of(word.begin(), word.end(), is_allowed);
}

}  // namespace

Result<Script> parse_script(std::string_view line) {
    Script script;
    std::size_t begin = line.find_first_not_of(" \t");
    while (begin != std::string_view::npos) {
        const std::size_t end = std::min(line.find_first_of(" \t", begin), line.size());
        std::string_view word = line.substr(begin, end - begin);
        const bool is_placeholder = word.size() > 2 && word.front() == '{' && word.back() == '}';
        if (is_placeholder) word = word.substr(1, word.size() - 2);
        if (!is_name(word))
            return failure("prompt index: \"" + std::string{word} + "\" is no name");
        if (script.prompt.empty()) {
            if (is_placeholder) return failure("prompt index: a line begins with a placeholder");
            script.prompt = std::string{word};
        } else {
            script.parts.push_back(Script::Part{is_placeholder, std::string{word}});
        }
        begin = line.find_first_not_of(" \t", end);
    }
    if (script.parts.empty()) return failure("prompt index: a line without parts");
    return script;
}

PieceIds say_script(const Script& script, const std::vector<SpokenValue>& values,
                    Language language) {
    PieceIds pieces;
    for (const Script::Part& part : script.parts) {
        if (!part.is_placeholder) {
            pieces.push_back(part.name);
            continue;
        }
        const auto value = std::find_if(values.begin(), values.end(), [&](const SpokenValue& one) {
            return one.placeholder == part.name;
        });
        if (value == values.end()) continue;
        const PieceIds said = say_value(*value, language);
        pieces.insert(pieces.end(), said.begin(), said.end());
    }
    return pieces;
}

}  // namespace amer::spoken

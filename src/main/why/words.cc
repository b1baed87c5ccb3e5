#include "main/why/words.h"

#include "base/check.h"
#include "main/config/toml_value.h"
#include "main/why/texts.h"

namespace amer::why {

namespace {

void gather(const config::TomlValue& table, const std::string& prefix,
            std::map<std::string, std::string>& sentences) {
    for (const config::TomlMember& member : table.members) {
        const std::string& key = member.key;
        const config::TomlValue& value = member.value;
        if (value.kind == config::TomlValue::Kind::table) {
            gather(value, prefix + key + ".", sentences);
        } else {
            sentences.emplace(prefix + key, value.text);
        }
    }
}

}  // namespace

Words Words::of(Language language) {
    const bool is_arabic = language == Language::arabic;
    const auto parsed = config::parse_toml(is_arabic ? kArabic : kEnglish, "texts/why");
    AMER_CHECK(parsed.has_value());
    Words words;
    words.language_ = language;
    gather(*parsed, "", words.sentences_);
    return words;
}

std::string Words::say(const std::string& key, const Values& values) const {
    const auto found = sentences_.find(key);
    if (found == sentences_.end()) return key;
    const bool is_isolated = language_ == Language::arabic;
    std::string said;
    const std::string& text = found->second;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = text.find('{', at);
        const std::size_t close = text.find('}', open);
        said += text.substr(at, open - at);
        if (open == text.npos || close == text.npos) break;
        const std::string_view name = std::string_view{text}.substr(open + 1, close - open - 1);
        for (const auto& [word, value] : values) {
            if (word != name) continue;
            if (is_isolated) said += "\u2068";
            said += value;
            if (is_isolated) said += "\u2069";
        }
        at = close + 1;
    }
    return said;
}

}  // namespace amer::why

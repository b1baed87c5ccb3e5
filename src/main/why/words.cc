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
    return from(language, language == Language::arabic ? kArabic : kEnglish);
}

Words Words::from(Language language, std::string_view toml) {
    const auto parsed = config::parse_toml(toml, "texts");
    AMER_CHECK(parsed.has_value());
    Words words;
    words.language_ = language;
    gather(*parsed, "", words.sentences_);
    return words;
}

std::string Words::isolated(std::string_view text) const {
    if (language_ != Language::arabic || text.empty()) return std::string{text};
    return "\u2068" + std::string{text} + "\u2069";
}

std::string Words::say(const std::string& key, const Values& values) const {
    const auto found = sentences_.find(key);
    if (found == sentences_.end()) return key;
    std::string said;
    const std::string& text = found->second;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = text.find('{', at);
        const std::size_t close = text.find('}', open);
        said += text.substr(at, open - at);
        if (open == text.npos || close == text.npos) break;
        const std::string_view name = std::string_view{text}.substr(open + 1, close - open - 1);
        for (const auto& [word, value] : values) {
            if (word == name) said += isolated(value);
        }
        at = close + 1;
    }
    return said;
}

}  // namespace amer::why

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/terms/terms.h"

namespace amer::why {

// The sentences of one language (texts/<name>.<language>.toml, kept inside the program).
class Words {
public:
    // Of `amer why`.
    static Words of(Language language);
    // Of this resource. Aborts when it is damaged: it is part of the program.
    static Words from(Language language, std::string_view toml);

    using Values = std::vector<std::pair<std::string_view, std::string>>;
    // The sentence of this key ("because.linear") with its words filled in, each isolated
    // (U+2068, U+2069) where the language runs from right to left. The key itself when there is
    // none.
    std::string say(const std::string& key, const Values& values = {}) const;

    // A text of no language: a number, a day, a formula's name.
    std::string isolated(std::string_view text) const;

    Language language() const { return language_; }
    const std::map<std::string, std::string>& all() const { return sentences_; }

private:
    Language language_ = Language::english;
    std::map<std::string, std::string> sentences_;
};

}  // namespace amer::why
